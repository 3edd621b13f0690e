"""A sheet as it stands in the file: cells as text, and what a reader of cells would not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

BLANKS = " \t\r\n\u00a0\u202f\u2007\u200b\u2060\ufeff\u3000"


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in a spreadsheet beside the values. Rows and columns count from 0.

    Attributes
    ----------
    formulas : cells (row, column) that hold a formula, with its text
    errors : cells (row, column) that show an error such as ``#REF!``
    hidden_rows : rows that the sender's screen did not show
    merged : rectangles (top, left, bottom, right)
    at_left_edge : the first column is known to hold something
    seen : False where the format hides these facts from us (old .xls)
    """

    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    errors: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    at_left_edge: bool = False
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet.

    Attributes
    ----------
    sheet : its name; None for a text file or Parquet
    cells : text columns "0", "1", …; one row per row of the sheet from the first on; null = empty.
        Outer blanks are off, nothing else is touched
    facts : formulas, hidden rows and the like
    broken : rows (from 0) of a text file in which a quotation mark is opened and never closed
    encoding : in which a text file was read
    hidden : the sheet was hidden
    """

    sheet: str | None
    cells: pl.DataFrame
    facts: Facts = field(default_factory=Facts)
    broken: frozenset[int] = frozenset()
    encoding: str | None = None
    hidden: bool = False


def tidy(frame: pl.DataFrame) -> pl.DataFrame:
    """Cells without outer blanks, columns named by position, empty cells null."""
    import polars as pl

    frame = frame.rename({old: str(i) for i, old in enumerate(frame.columns)})
    text = pl.all().cast(pl.String).str.strip_chars(BLANKS)
    return frame.select(text).select(
        pl.when(pl.all().str.len_bytes() > 0).then(pl.all()).otherwise(None)
    )
