"""Capture tables and bootstrap replicates from CSV files; every doubt is a refusal with its row."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from aiqyn.errors import InputRefused
from aiqyn.estimates.interval_cells.marks import bounds, is_mark
from aiqyn.estimates.interval_cells.table import IntervalTable, Row, table_of_bounds
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats

COUNT = "count"
MOST_PERSONS = 10_000_000_000  # in one cell; more than there are people


def read_table(path: str | Path) -> CaptureTable:
    """The table of a CSV file: a column of 0 and 1 for each list, and ``count``.

    Raises
    ------
    InputRefused (EST-060) a suppressed count, and what `read_counts` refuses.
    """
    table = read_counts(path)
    if isinstance(table, IntervalTable):
        raise InputRefused("EST-060", file=Path(path).name, n=len(table.suppressed))
    return table


def read_counts(path: str | Path) -> CaptureTable | IntervalTable:
    """The table of a CSV file, suppressed counts (``<5``, ``≤4``, ``1-4``) as ranges.

    Raises
    ------
    InputRefused (EST-001) no readable table, (EST-002) a cell that is neither 0 nor 1, (EST-003) a
    count that is no whole number of persons, (EST-012) a mark of suppression without bounds, and
    what `CaptureTable` and `IntervalTable` refuse.
    """
    file = Path(path)
    heading, body = grid(file)
    if [x.casefold() for x in heading].count(COUNT) != 1:
        raise InputRefused("EST-001", file=file.name)
    at = [x.casefold() for x in heading].index(COUNT)
    lists = [x for j, x in enumerate(heading) if j != at]
    rows = [_row(file, heading, at, number, cells) for number, cells in body]
    return table_of_bounds(file.stem, lists, rows)


def read_replicates(path: str | Path, table: CaptureTable | IntervalTable) -> Floats:
    """Resampled counts from a CSV with columns ``r1 … rn``, in the order of the table's rows.

    Returns
    -------
    Shape ``(replicates, 2**lists)``. Other columns of the file are not read.

    Raises
    ------
    InputRefused (EST-014) when a column is missing or a cell is no whole number.
    """
    file = Path(path)
    heading, body = grid(file)
    wanted = [f"r{k}" for k in range(1, len(table.rows) + 1)]
    extra = [x for x in heading if x[:1] == "r" and x[1:].isdigit() and x not in wanted]
    if extra or not set(wanted) <= set(heading):
        raise InputRefused("EST-014", file=file.name, n=len(wanted), last=wanted[-1])
    columns = [heading.index(x) for x in wanted]
    counts = np.zeros((len(body), 1 << len(table.lists)))
    for b, (number, cells) in enumerate(body):
        for history, column in zip(table.rows, columns, strict=True):
            counts[b, history] += persons_in(file, number, heading[column], cells[column])
    return counts


def grid(file: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Heading and numbered rows of a CSV; every row as wide as the heading."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputRefused("EST-001", file=file.name) from None
    lines = text.splitlines() or [""]
    split = max(",;\t", key=lines[0].count)
    grid = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=split)]
    heading = grid[0]
    body = [(i, row) for i, row in enumerate(grid[1:], 2) if any(row)]
    for number, row in body:
        if len(row) != len(heading):
            raise InputRefused("EST-015", file=file.name, row=number)
    if not body or not all(heading):
        raise InputRefused("EST-001", file=file.name)
    return heading, body


def _row(file: Path, heading: list[str], at: int, number: int, cells: list[str]) -> Row:
    history, bit = 0, 1
    for j, cell in enumerate(cells):
        if j == at:
            continue
        if cell not in {"0", "1"}:
            raise InputRefused("EST-002", file=file.name, row=number, column=heading[j])
        history |= bit if cell == "1" else 0
        bit <<= 1
    return history, *_bounds(file, number, heading[at], cells[at])


def _bounds(file: Path, number: int, column: str, cell: str) -> tuple[int, int]:
    if found := bounds(cell):
        return found
    persons = persons_in(file, number, column, cell)
    return persons, persons


def persons_in(file: Path, number: int, column: str, cell: str) -> int:
    """The whole number of persons in a cell."""
    place = {"file": file.name, "row": number, "column": column}
    if is_mark(cell):
        raise InputRefused("EST-012", **place)
    try:
        value = float(cell)
    except ValueError:
        raise InputRefused("EST-003", **place) from None
    if not value.is_integer() or not 0 <= value <= MOST_PERSONS:
        raise InputRefused("EST-003", **place)
    return int(value)
