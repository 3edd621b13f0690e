"""Capture histories of the parts of a population: the same lists, a table for each stratum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aiqyn.errors import AnswerRefused, InputRefused
from aiqyn.estimates.tables.capture_histories import CaptureTable, table_of_rows
from aiqyn.estimates.tables.cells import Floats
from aiqyn.estimates.tables.table_files import COUNT, grid, persons_in

if TYPE_CHECKING:
    import polars as pl

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StratifiedTable:
    """Persons by stratum and capture history.

    A part of the table need not be a table that can be estimated alone: a stratum may have no
    overlap, an empty list or nobody at all. So the strata are rows of counts, and `part` gives the
    `CaptureTable` of one that can stand alone.

    Attributes
    ----------
    whole : all strata together
    dimension : what the strata are strata of (the column's name)
    codes : codes of the strata, sorted, "unknown" last
    counts : persons by history of each stratum; ``len(codes)`` rows of ``2**lists`` numbers
    contradicted : persons with several codes, who count as "unknown"

    Raises
    ------
    AnswerRefused (EST-070) for fewer than two strata with somebody in them.
    """

    whole: CaptureTable
    dimension: str
    codes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    contradicted: int = 0

    def __post_init__(self) -> None:
        if sum(any(row) for row in self.counts) < 2:
            raise AnswerRefused("EST-070", dimension=self.dimension)

    @property
    def array(self) -> Floats:
        """Counts for the estimators; shape ``(strata, 2**lists)``."""
        return np.array(self.counts, dtype=np.float64)

    @property
    def observed(self) -> tuple[int, ...]:
        """Persons on at least one list, by stratum."""
        return tuple(sum(row) for row in self.counts)

    def part(self, code: str) -> CaptureTable:
        """One stratum as a table of its own.

        Raises
        ------
        InputRefused (EST-004 … EST-013) when it cannot stand alone.
        """
        row = self.counts[self.codes.index(code)]
        histories = tuple(h for h, n in enumerate(row) if n)
        return CaptureTable(f"{self.whole.name}:{code}", self.whole.lists, row, histories)

    def __repr__(self) -> str:
        return f"StratifiedTable: {self.whole!r} by {self.dimension} ({len(self.codes)} strata)"


def stratified_rows(
    name: str,
    lists: Sequence[str],
    dimension: str,
    rows: Sequence[tuple[str, int, int]],
    contradicted: int = 0,
) -> StratifiedTable:
    """The table from (stratum, history, persons) rows; an empty stratum is "unknown"."""
    whole = table_of_rows(name, lists, [(history, n) for _, history, n in rows])
    found = {code or UNKNOWN for code, _, _ in rows}
    codes = tuple(sorted(found, key=lambda c: (c == UNKNOWN, c)))
    counts = np.zeros((len(codes), len(whole.counts)), dtype=np.int64)
    for code, history, persons in rows:
        counts[codes.index(code or UNKNOWN), history] += persons
    every = tuple(tuple(int(n) for n in row) for row in counts)
    return StratifiedTable(whole, dimension, codes, every, contradicted)


def strata_of_file(path: str | Path, column: str) -> StratifiedTable:
    """The table of a CSV with a column of strata beside the lists and ``count``.

    Raises
    ------
    InputRefused (EST-073) when the column is not there, and what `read_table` refuses.
    """
    file = Path(path)
    heading, body = grid(file)
    if [x.casefold() for x in heading].count(COUNT) != 1:
        raise InputRefused("EST-001", file=file.name)
    if column not in heading or column.casefold() == COUNT:
        allowed = ", ".join(x for x in heading if x.casefold() != COUNT)
        raise InputRefused("EST-073", file=file.name, column=column[:40], allowed=allowed)
    at, count = heading.index(column), [x.casefold() for x in heading].index(COUNT)
    listed = [j for j in range(len(heading)) if j not in {at, count}]
    rows = []
    for number, cells in body:
        history = _history(file, heading, listed, number, cells)
        persons = persons_in(file, number, heading[count], cells[count])
        rows.append((cells[at], history, persons))
    return stratified_rows(file.stem, [heading[j] for j in listed], column, rows)


def strata_of_persons(
    listed: pl.DataFrame,
    dimension: str,
    *,
    person: str = "person",
    agency: str = "agency",
    name: str = "persons",
) -> StratifiedTable:
    """The table from one row per person and list, with the stratum in the column `dimension`.

    Parameters
    ----------
    listed : columns `person`, `agency` and `dimension`; a person whose rows disagree on the stratum
        counts as "unknown", one who has it in some rows only counts there
    """
    import polars as pl

    lists = sorted(listed[agency].unique().to_list())
    bits = pl.DataFrame({agency: lists, "_bit": [1 << j for j in range(len(lists))]})
    pairs = listed.select(person, agency).unique().join(bits, on=agency)
    histories = pairs.group_by(person).agg(pl.col("_bit").sum())
    known = listed.filter(pl.col(dimension).is_not_null())
    codes = known.group_by(person).agg(
        pl.col(dimension).cast(pl.String).unique().alias("_codes"),
    )
    one = pl.when(pl.col("_codes").list.len() == 1).then(pl.col("_codes").list.first())
    joined = histories.join(codes, on=person, how="left").with_columns(one.alias("_code"))
    contradicted = joined.filter(pl.col("_codes").list.len() > 1).height
    counted = joined.group_by("_code", "_bit").len().sort("_code", "_bit")
    rows = [(code or UNKNOWN, int(h), int(n)) for code, h, n in counted.iter_rows()]
    return stratified_rows(name, lists, dimension, rows, contradicted)


def _history(
    file: Path, heading: list[str], listed: list[int], number: int, cells: list[str]
) -> int:
    history = 0
    for bit, j in enumerate(listed):
        if cells[j] not in {"0", "1"}:
            raise InputRefused("EST-002", file=file.name, row=number, column=heading[j])
        history |= (cells[j] == "1") << bit
    return history
