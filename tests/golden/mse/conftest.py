"""R's results on the published tables, and the tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aiqyn.estimates import CaptureTable, read_table


@pytest.fixture(scope="session")
def golden(shared: Path) -> Callable[[str], list[dict[str, Any]]]:
    """Records of R by the beginning of their method's name."""
    text = (shared / "golden" / "mse" / "expected.json").read_text(encoding="utf-8")
    records = json.loads(text)["records"]

    def found(method: str) -> list[dict[str, Any]]:
        chosen = [r for r in records if r["method"].startswith(method)]
        assert chosen, f"no record of {method}"
        return chosen

    return found


@pytest.fixture(scope="session")
def published(shared: Path) -> Callable[[str], CaptureTable]:
    return lambda name: read_table(shared / "data" / "mse" / f"{name}.csv")
