"""The real public files, each read once."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from aiqyn.intake import Intake, read

TODAY = date(2026, 8, 1)


@pytest.fixture(scope="session")
def reading(shared):
    """``reading("ctdc/file.csv.gz")``: that shared file through the mapping that fits."""

    @cache
    def through(name: str) -> Intake:
        return read(shared / "data" / name, today=TODAY)

    return through
