"""Who the rows of victims are about: the columns that `read` passes over, for linkage alone.

Nothing here goes into the standard's tables. What comes back names people, and belongs where the
names may be seen.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiqyn.intake.choosing import pair_sheets
from aiqyn.intake.columns import read_field
from aiqyn.intake.grid import Grid
from aiqyn.intake.headings import find_headings
from aiqyn.intake.mapping import FieldRule, Mapping, RecordRule, SheetRule
from aiqyn.intake.open_file import open_file
from aiqyn.intake.records import rows_for
from aiqyn.intake.row_rules import sort_rows
from aiqyn.intake.rows import ROW, Findings, Rows
from aiqyn.intake.sheet import data_rows

if TYPE_CHECKING:
    import polars as pl

VICTIMS = "victims"
CODED = ("sex", "citizenship", "region")  # read as the mapping reads them, spellings and all
AS_WRITTEN = ("record_id", "date_detected")


@dataclass(frozen=True, slots=True)
class IdentityRows:
    """The rows of victims of one file.

    Attributes
    ----------
    rows : `ROW` (the sheet's own number), the identity columns and those of `CODED` and
        `AS_WRITTEN` that the file has, as text
    left_out : rows that the mapping sets aside or refuses: examples, repetitions
    absent : column of ours -> headings that were looked for in vain
    needed : those of them without which the mapping cannot read the sheet
    """

    rows: pl.DataFrame
    left_out: int
    absent: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]


def identity_rows(
    path: Path, mapping: Mapping, *, marks: AnyMapping[str, tuple[str, ...]] | None = None
) -> tuple[IdentityRows, ...]:
    """The rows of each sheet of victims; no sheet where the file holds no victims.

    Parameters
    ----------
    marks : further columns of ours -> headings, taken where the mapping does not speak of them

    Raises
    ------
    InputRefused (INTAKE-001 …) when the file cannot be read.
    """
    found = []
    for grid, rule in pair_sheets(open_file(path), mapping):
        record = next((r for r in rule.records if r.table == VICTIMS), None)
        if grid is not None and record is not None:
            found.append(_rows(grid, rule, record, marks or {}))
    return tuple(found)


def _rows(
    grid: Grid, rule: SheetRule, record: RecordRule, marks: AnyMapping[str, tuple[str, ...]]
) -> IdentityRows:
    headings = find_headings(grid, rule)
    rows, _ = data_rows(grid, headings, rule)
    told = sort_rows(rule, rows, rows)
    out = {*told.aside, *(fault.row for fault in told.faults)}
    wanted, fields = _wanted(rule, record), {f.name: f for f in record.fields}
    here = rows_for(record, _without(rows, out))
    places = {name: here.name(told) for name, told in {**marks, **wanted}.items()}
    columns = [
        _column(here, place, fields[name] if name in CODED else None).alias(name)
        for name, place in places.items()
        if place is not None
    ]
    absent = {name: told for name, told in wanted.items() if places[name] is None}
    needed = tuple(name for name, spellings in absent.items() if spellings in rule.needed)
    table = here.frame.select(ROW).with_columns(columns)
    return IdentityRows(table, len(out), absent, needed)


def _wanted(rule: SheetRule, record: RecordRule) -> dict[str, tuple[str, ...]]:
    """Column of ours -> the headings under which the mapping looks for it."""
    fields = {f.name: f.headings for f in record.fields if f.name in (*CODED, *AS_WRITTEN)}
    return {**dict(rule.identity), **{name: told for name, told in fields.items() if told}}


def _without(rows: Rows, out: set[int]) -> Rows:
    import polars as pl

    return Rows(rows.frame.filter(~pl.col(ROW).is_in(list(out))), rows.headings)


def _column(rows: Rows, place: str, coded: FieldRule | None) -> pl.Series:
    """The texts as they stand, or the codes that the mapping reads them as."""
    return rows.frame[place] if coded is None else read_field(coded, rows, Findings())[coded.name]
