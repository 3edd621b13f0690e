"""What every test may ask for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real public files beside the checkout; its data are not ours to copy."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the real files (../shared/data) are not beside this checkout")
    return SHARED


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


@pytest.fixture
def typed(monkeypatch, capsys) -> Callable[..., Answer]:
    """Type a command as a person does: ``typed("check", "a.csv", "--lang", "kk")``."""
    from aiqyn.cli import main

    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("AIQYN_LANG", raising=False)

    def run(*words: object) -> Answer:
        monkeypatch.setattr("sys.argv", ["aiqyn", *map(str, words)])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return run
