"""Columns of text -> columns of values, by the mapping's field rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.intake import cells
from aiqyn.intake.codes import CodeReader
from aiqyn.intake.flags import flags
from aiqyn.intake.lookups import (
    count_columns,
    count_of,
    counts,
    distinct,
    mapped,
    required,
    tidied,
    without_missing,
)
from aiqyn.intake.mapping import FieldRule
from aiqyn.intake.parsers import parser
from aiqyn.intake.rows import Findings, Rows, dtype_of, is_count

if TYPE_CHECKING:
    import polars as pl


def read_field(rule: FieldRule, rows: Rows, found: Findings) -> dict[str, pl.Series]:
    """The field's values, one per row (for a published count also low, high and status)."""
    if rule.any_of:
        return {rule.name: _any_of(rule, rows, found)}
    if rule.has_constant:
        return {rule.name: _constant(rule, rows)}
    if rule.flags:
        return {rule.name: flags(rule, rows, found)}
    name = rows.name(rule.headings)
    if name is None:
        return _nothing(rule, rows)
    return _column(rule, rows, name, found)


def _column(rule: FieldRule, rows: Rows, name: str, found: Findings) -> dict[str, pl.Series]:
    texts = without_missing(rows.frame[name], rule)
    if rule.required:
        required(texts, rule, rows, name, found)
    values = distinct(texts, parser(rule), rows, name, found)
    if rule.kind == "date":
        found.serials += count_of(texts, cells.is_serial)
    if rule.has_otherwise and rule.kind in ("code", "codes"):
        reader = CodeReader(rule)
        found.otherwise += count_of(texts, lambda text: not reader.known(text))
    if is_count(rule):
        return counts(rule, texts, values)
    return {rule.name: mapped(texts, values, rule)}


def _any_of(rule: FieldRule, rows: Rows, found: Findings) -> pl.Series:
    import polars as pl

    parts = [read_field(r, rows, found)[rule.name] for r in rule.any_of]
    if rule.kind != "codes":
        return pl.select(pl.coalesce(parts)).to_series().rename(rule.name)
    return tidied(_union(parts, rule.name), rule)


def _union(parts: list[pl.Series], name: str) -> pl.Series:
    import polars as pl

    frame = pl.DataFrame([part.rename(str(i)) for i, part in enumerate(parts)])
    lists = [pl.col(c).fill_null([]) for c in frame.columns]
    nothing = pl.all_horizontal(pl.all().is_null())
    joined = pl.concat_list(lists).list.unique(maintain_order=True)
    return frame.select(pl.when(nothing).then(None).otherwise(joined).alias(name)).to_series()


def _constant(rule: FieldRule, rows: Rows) -> pl.Series:
    import polars as pl

    value = rule.constant
    if rule.kind == "codes" and value is not None:
        value = value if isinstance(value, tuple) else (str(value),)
    one = list(value) if isinstance(value, tuple) else value
    if rule.kind in ("text", "code") and one is not None:
        one = str(one)
    return pl.Series(rule.name, [one] * rows.frame.height, dtype=dtype_of(rule))


def _nothing(rule: FieldRule, rows: Rows) -> dict[str, pl.Series]:
    import polars as pl

    height = rows.frame.height
    empty = {rule.name: pl.Series(rule.name, [None] * height, dtype=dtype_of(rule))}
    return empty | (count_columns([None] * height) if is_count(rule) else {})
