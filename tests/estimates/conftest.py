"""Small tables, and files of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aiqyn.estimates import CaptureTable, capture_table

# Western: sex-trafficking victims at a Western U.S. site, five anonymised lists.
# Farrell et al. (2019), NIJ 2015-VF-GX-0105; counts as in the R package SparseMSE.
WESTERN = {
    "A": 52,
    "B": 90,
    "C": 114,
    "D": 45,
    "E": 21,
    "AC": 4,
    "AD": 2,
    "AE": 5,
    "BC": 6,
    "BD": 1,
    "DE": 3,
    "ACE": 1,
    "BCD": 1,
}


@pytest.fixture
def western() -> CaptureTable:
    return table_of(WESTERN)


def table_of(counts: dict[str, int], lists: str = "") -> CaptureTable:
    """A table from histories written as letters."""
    return capture_table({tuple(h): n for h, n in counts.items()}, lists=list(lists) or None)


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        file = tmp_path / "table.csv"
        file.write_text(text, encoding="utf-8")
        return file

    return write
