"""Cells that a sender merged over several rows: the value belongs to each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.intake.grid import Grid

if TYPE_CHECKING:
    import polars as pl


def fill_merged(frame: pl.DataFrame, grid: Grid, first_row: int) -> tuple[pl.DataFrame, int]:
    """The data rows with merged cells filled, and how many merged areas there were.

    Only areas that lie wholly among the data rows and span more than one row; a merge across
    columns keeps its value in the first, as a spreadsheet shows it.
    """
    import polars as pl

    areas = [m for m in grid.facts.merged if m[0] >= first_row and m[2] > m[0]]
    columns: dict[int, list[str | None]] = {}
    met = 0
    for top, left, bottom, _ in areas:
        name = str(left)
        if name not in frame.columns or top - first_row >= frame.height:
            continue
        cells = columns.setdefault(left, frame[name].to_list())
        value = cells[top - first_row]
        if value is None:
            continue
        end = min(bottom - first_row + 1, len(cells))
        cells[top - first_row : end] = [value] * (end - (top - first_row))
        met += 1
    filled = [pl.Series(str(at), cells, dtype=pl.String) for at, cells in columns.items()]
    return frame.with_columns(filled), met
