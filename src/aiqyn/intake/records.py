"""Rows that were read -> records of the standard's tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from aiqyn.intake.cells import Fault
from aiqyn.intake.columns import (
    FROM,
    ROW,
    CellFault,
    Findings,
    Rows,
    dtype_of,
    note_faults,
    read_field,
)
from aiqyn.intake.field_defaults import defaults_of
from aiqyn.intake.mapping import FieldRule, RecordRule
from aiqyn.intake.row_rules import any_filled, condition_mask

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


def read_records(rule: RecordRule, rows: Rows, bounds: Bounds, found: Findings) -> pl.DataFrame:
    """The records that the rows give for one rule: the rule's fields, `ROW` and `FROM`."""
    import polars as pl

    here = _rows_for(rule, rows)
    columns: dict[str, pl.Series] = {}
    for field in rule.fields:
        columns |= read_field(field, here, found)
    keys = [c for c in (ROW, FROM) if c in here.frame.columns]
    table = here.frame.select(keys).with_columns([s.rename(name) for name, s in columns.items()])
    fields = {field.name: field for field in rule.fields}
    _check_dates(fields, here, table, bounds, found)
    _check_regions(fields, here, table, found)
    table = _with_year(table, rule.table)
    table = _with_age_group(table, fields, here, rule.table, found)
    return (
        table if FROM in table.columns else table.with_columns(pl.lit(None, pl.String).alias(FROM))
    )


def complete(table: pl.DataFrame, name: str) -> pl.DataFrame:
    """The table with every field of the standard, in the standard's order."""
    import polars as pl

    kinds = empty_schema(name)
    return table.select(
        pl.col(c).cast(kind) if c in table.columns else pl.lit(None, dtype=kind).alias(c)
        for c, kind in kinds.items()
    )


def empty_schema(name: str) -> dict[str, pl.DataType]:
    """Field -> Polars type of a table of the standard."""
    import polars as pl

    fields = defaults_of(name)
    kinds = {c: dtype_of(FieldRule(c, kind=default.kind)) for c, default in fields.items()}
    kinds |= {c: pl.Float64() for c in ("value", "low", "high") if c in kinds}
    first = {"source_id": pl.String(), "agency": pl.String()}
    return {**{c: k for c, k in first.items() if c == "source_id" or c in kinds}, **kinds}


def _rows_for(rule: RecordRule, rows: Rows) -> Rows:
    frame = rows.frame
    if rule.when:
        frame = frame.filter(condition_mask(rule.when, rows))
    if rule.when_any:
        frame = frame.filter(any_filled(rule.when_any, Rows(frame, rows.headings)))
    return Rows(frame, rows.headings)


def _texts(field: FieldRule, rows: Rows) -> tuple[str, pl.Series] | None:
    """The column from which a field came, for the place of a fault."""
    name = rows.name(field.headings)
    return None if name is None else (name, rows.frame[name])


def _check_dates(
    fields: dict[str, FieldRule], rows: Rows, table: pl.DataFrame, bounds: Bounds, found: Findings
) -> None:
    last = date(bounds.report_year, 12, 31) if bounds.report_year else None
    for name, field in fields.items():
        if field.kind != "date" or (place := _texts(field, rows)) is None:
            continue
        column, texts = place
        late = table[name] > bounds.today
        _note(texts, late, Fault("INTAKE-022", {"day": bounds.today}), rows, column, found)
        if last:
            after = (table[name] > last) & ~late
            slots: dict[str, object] = {"year": bounds.report_year}
            _note(texts, after, Fault("INTAKE-023", slots), rows, column, found)
    for first, second in IN_ORDER:
        if first in fields and second in fields and (place := _texts(fields[second], rows)):
            _note(
                place[1], table[second] < table[first], Fault("INTAKE-024"), rows, place[0], found
            )


def _note(
    texts: pl.Series, wrong: pl.Series, fault: Fault, rows: Rows, column: str, found: Findings
) -> None:
    """Write down the rows where `wrong` is true."""
    wrong = wrong.fill_null(False)
    if not wrong.any():
        return
    part = Rows(rows.frame.filter(wrong), rows.headings)
    chosen = texts.filter(wrong)
    note_faults(chosen, {t: fault for t in chosen.unique().to_list()}, part, column, found)


def _check_regions(
    fields: dict[str, FieldRule], rows: Rows, table: pl.DataFrame, found: Findings
) -> None:
    """A region must have existed on the record's own day."""
    import polars as pl

    day = next((n for n in MAIN_DATES if n in fields), None)
    for name, field in fields.items():
        if day is None or field.code_list != "region" or field.kind != "code":
            continue
        if (place := _texts(field, rows)) is None:
            continue
        pairs = table.select(pl.col(name).alias("code"), pl.col(day).alias("day"))
        for code, on in pairs.drop_nulls().unique(maintain_order=True).iter_rows():
            if instead := _instead(code, on):
                wrong = ((pairs["code"] == code) & (pairs["day"] == on)).fill_null(False)
                slots = {"day": on, "list": "region", "parent": instead[0]}
                _note(place[1], wrong, Fault("INTAKE-025", slots), rows, place[0], found)


@lru_cache(maxsize=50_000)
def _instead(code: str, on: date) -> tuple[str, ...]:
    """The regions of a day on which this one was not; empty when it was."""
    from aiqyn.standard import code_list, region

    if code not in code_list("region") or code_list("region").entries[code].of_every_list:
        return ()
    told = region(code, on=on)
    return () if told.exists else (told.instead or (code,))


def _with_year(table: pl.DataFrame, name: str) -> pl.DataFrame:
    import polars as pl

    day = next((d for d in MAIN_DATES if d in table.columns), None)
    if day is None or "year" not in defaults_of(name):
        return table
    year = pl.col(day).dt.year().cast(pl.Int64)
    own = [pl.col("year")] if "year" in table.columns else []
    return table.with_columns(pl.coalesce([*own, year]).alias("year"))


def _with_age_group(
    table: pl.DataFrame, fields: dict[str, FieldRule], rows: Rows, name: str, found: Findings
) -> pl.DataFrame:
    import polars as pl

    if "age" not in table.columns or "age_group" not in defaults_of(name):
        return table
    derived = table.select(_band(pl.col("age")).alias("age_group")).to_series()
    if "age_group" not in table.columns:
        return table.with_columns(derived)
    if place := _texts(fields["age"], rows):
        wrong = _outside(table)
        _note(place[1], wrong, Fault("INTAKE-028"), rows, place[0], found)
    return table.with_columns(pl.coalesce(derived, pl.col("age_group")).alias("age_group"))


def _band(age: pl.Expr) -> pl.Expr:
    import polars as pl

    return pl.coalesce(
        pl.when(age.is_between(low, high)).then(pl.lit(code))
        for code, (low, high) in _bands(leaves=True).items()
    )


def _outside(table: pl.DataFrame) -> pl.Series:
    import polars as pl

    bands = _bands(leaves=False)
    age, group = pl.col("age"), pl.col("age_group")
    wrong = pl.lit(False)
    for code, (low, high) in bands.items():
        wrong = wrong | ((group == code) & ~age.is_between(low, high))
    return table.select(wrong.fill_null(False).alias("wrong")).to_series()


@cache
def _bands(*, leaves: bool) -> dict[str, tuple[int, int]]:
    """Age group -> first and last year of age."""
    from aiqyn.standard import code_list

    groups = code_list("age_group")
    chosen = groups.leaves() if leaves else groups.codes()
    low = groups.crosswalk("low")
    high = groups.crosswalk("high")
    return {c: (int(low[c]), int(high.get(c, "200"))) for c in chosen if c in low}


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
