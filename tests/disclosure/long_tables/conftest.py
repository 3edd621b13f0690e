"""Tables as files, and a slow reader who tries every possible table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def csv_of(tmp_path: Path) -> Callable[..., Path]:
    """Write a table given as lines of words: ``csv_of("a", "region sex count", "Total F 5")``."""

    def write(name: str, heading: str, *rows: str) -> Path:
        path = tmp_path / f"{name}.csv"
        lines = [",".join(line.split()).replace("_", " ") for line in (heading, *rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
