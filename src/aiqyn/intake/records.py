"""Rows that were read -> records of the standard's tables."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aiqyn.intake.births import with_ages
from aiqyn.intake.cells import Fault
from aiqyn.intake.columns import read_field
from aiqyn.intake.field_defaults import defaults_of
from aiqyn.intake.implied_acts import with_implied_acts
from aiqyn.intake.mapping import FieldRule, RecordRule
from aiqyn.intake.record_checks import (
    MAIN_DATES,
    Bounds,
    check_dates,
    check_regions,
    note,
    texts_of,
)
from aiqyn.intake.row_rules import any_filled, condition_mask
from aiqyn.intake.rows import FROM, ROW, Findings, Rows, dtype_of

if TYPE_CHECKING:
    import polars as pl


def read_records(rule: RecordRule, rows: Rows, bounds: Bounds, found: Findings) -> pl.DataFrame:
    """The records that the rows give for one rule: the rule's fields, `ROW` and `FROM`."""
    import polars as pl

    here = rows_for(rule, rows)
    columns: dict[str, pl.Series] = {}
    for field in rule.fields:
        columns |= read_field(field, here, found)
    keys = [c for c in (ROW, FROM) if c in here.frame.columns]
    table = here.frame.select(keys).with_columns([s.rename(name) for name, s in columns.items()])
    fields = {field.name: field for field in rule.fields}
    check_dates(fields, here, table, bounds, found)
    check_regions(fields, here, table, found)
    table = _with_year(table, rule.table)
    table = with_ages(table, rule.births, here, bounds.today, found)
    if rule.table == "victims":
        table = with_implied_acts(table)
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


def rows_for(rule: RecordRule, rows: Rows) -> Rows:
    """The rows that give such a record."""
    frame = rows.frame
    if rule.when:
        frame = frame.filter(condition_mask(rule.when, rows))
    if rule.when_any:
        frame = frame.filter(any_filled(rule.when_any, Rows(frame, rows.headings)))
    return Rows(frame, rows.headings)


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
    wrong = _outside(table)
    for name in ("age", "age_group"):  # where no age is written it was told from the birth date
        if name in fields and (place := texts_of(fields[name], rows)):
            note(
                place[1], wrong & place[1].is_not_null(), Fault("INTAKE-028"), rows, place[0], found
            )
            wrong &= place[1].is_null()
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
