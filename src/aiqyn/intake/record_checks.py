"""What must hold between the cells of one record: dates in order, regions that stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from aiqyn.intake.cells import Fault
from aiqyn.intake.lookups import note_faults
from aiqyn.intake.mapping import FieldRule
from aiqyn.intake.rows import CellFault, Findings, Rows

if TYPE_CHECKING:
    import polars as pl

MAIN_DATES = ("date_detected", "date_stage", "date", "date_start", "date_reported")
# A first day and a last day of one record: the second may not come before the first. A person may
# be recognised before the day on which *this* agency met them, so that pair is not among them.
IN_ORDER = (
    ("date_detected", "date_reported"),
    ("date_start", "date_end"),
    ("date_from", "date_to"),
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Days after which no date of a file may lie.

    Attributes
    ----------
    today : the day of the reading
    report_year : the file's year, if it says one
    """

    today: date
    report_year: int | None = None


def texts_of(field: FieldRule, rows: Rows) -> tuple[str, pl.Series] | None:
    """The column from which a field came, for the place of a fault."""
    name = rows.name(field.headings)
    return None if name is None else (name, rows.frame[name])


def check_dates(
    fields: dict[str, FieldRule], rows: Rows, table: pl.DataFrame, bounds: Bounds, found: Findings
) -> None:
    """No day after the reading or the report year; no end before its start."""
    last = date(bounds.report_year, 12, 31) if bounds.report_year else None
    for name, field in fields.items():
        if field.kind != "date" or (place := texts_of(field, rows)) is None:
            continue
        column, texts = place
        late = table[name] > bounds.today
        note(texts, late, Fault("INTAKE-022", {"day": bounds.today}), rows, column, found)
        if last:
            after = (table[name] > last) & ~late
            slots: dict[str, object] = {"year": bounds.report_year}
            note(texts, after, Fault("INTAKE-023", slots), rows, column, found)
    for first, second in IN_ORDER:
        if first in fields and second in fields and (place := texts_of(fields[second], rows)):
            note(place[1], table[second] < table[first], Fault("INTAKE-024"), rows, place[0], found)


def note(
    texts: pl.Series, wrong: pl.Series, fault: Fault, rows: Rows, column: str, found: Findings
) -> None:
    """Write down the rows where `wrong` is true."""
    wrong = wrong.fill_null(False)
    if not wrong.any():
        return
    part = Rows(rows.frame.filter(wrong), rows.headings)
    chosen = texts.filter(wrong)
    note_faults(chosen, {t: fault for t in chosen.unique().to_list()}, part, column, found)


def check_regions(
    fields: dict[str, FieldRule], rows: Rows, table: pl.DataFrame, found: Findings
) -> None:
    """A region must have existed on the record's own day."""
    import polars as pl

    day = next((n for n in MAIN_DATES if n in fields), None)
    for name, field in fields.items():
        if day is None or field.code_list != "region" or field.kind != "code":
            continue
        if (place := texts_of(field, rows)) is None:
            continue
        pairs = table.select(pl.col(name).alias("code"), pl.col(day).alias("day"))
        for code, on in pairs.drop_nulls().unique(maintain_order=True).iter_rows():
            if instead := _instead(code, on):
                wrong = ((pairs["code"] == code) & (pairs["day"] == on)).fill_null(False)
                slots = {"day": on, "list": "region", "parent": instead[0]}
                note(place[1], wrong, Fault("INTAKE-025", slots), rows, place[0], found)


@lru_cache(maxsize=50_000)
def _instead(code: str, on: date) -> tuple[str, ...]:
    """The regions of a day on which this one was not; empty when it was."""
    from aiqyn.standard import code_list, region

    if code not in code_list("region") or code_list("region").entries[code].of_every_list:
        return ()
    told = region(code, on=on)
    return () if told.exists else (told.instead or (code,))


def faults_of(found: Findings) -> list[CellFault]:
    """The faults, each cell and code once; a cell refused for its content is not empty."""
    seen: dict[tuple[int, str | None, str], CellFault] = {}
    for fault in found.faults:
        seen.setdefault((fault.row, fault.column, fault.code), fault)
    spoilt = {(row, column) for row, column, code in seen if code in ("INTAKE-030", "INTAKE-031")}
    return [
        fault
        for (row, column, code), fault in seen.items()
        if code != "INTAKE-007" or (row, column) not in spoilt
    ]
