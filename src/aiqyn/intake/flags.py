"""Several columns of flags -> one list of codes (or one code). See README, "Flags"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.intake.cells import Fault, Value
from aiqyn.intake.codes import ABSENT
from aiqyn.intake.lookups import distinct, mapped, tidied, without_missing
from aiqyn.intake.mapping import FieldRule
from aiqyn.intake.rows import ROW, CellFault, Findings, Rows, dtype_of

if TYPE_CHECKING:
    import polars as pl


def flags(rule: FieldRule, rows: Rows, found: Findings) -> pl.Series:
    """Several columns of flags -> one list of codes (or one code). See README, "Flags"."""
    import polars as pl

    present = [(code, rows.name(spellings)) for code, spellings in rule.flags]
    states = [(code, _flag(rule, rows, name, found)) for code, name in present if name]
    if not states:
        return pl.Series(rule.name, [None] * rows.frame.height, dtype=dtype_of(rule))
    frame = pl.DataFrame([state.rename(str(i)) for i, (_, state) in enumerate(states)])
    told = _told(frame, [code for code, _ in states], rule.name)
    if rule.kind == "codes":
        return tidied(told, rule)
    return _single(told, rule, rows, found)


def _told(frame: pl.DataFrame, codes: list[str], name: str) -> pl.Series:
    """The codes of each row; rows with the same flags are looked at once."""
    import polars as pl

    few = frame.unique(maintain_order=True)
    on = [pl.when(pl.col(str(i))).then(pl.lit(code)) for i, code in enumerate(codes)]
    listed = pl.concat_list(on).list.drop_nulls().list.unique(maintain_order=True)
    every_off = pl.all_horizontal(pl.all().not_().fill_null(False))
    absent = pl.lit([ABSENT], dtype=pl.List(pl.String))
    told = pl.when(listed.list.len() > 0).then(listed).when(every_off).then(absent)
    each = few.with_columns(told.alias(name))
    joined = frame.join(each, on=frame.columns, how="left", nulls_equal=True, maintain_order="left")
    return joined.get_column(name)


def _flag(rule: FieldRule, rows: Rows, name: str, found: Findings) -> pl.Series:
    """True, False, or null where the flag is not recorded."""
    import polars as pl

    on, off = ({t.casefold() for t in tokens} for tokens in (rule.on, rule.off))

    def parse(text: str) -> Value | Fault:
        folded = text.casefold().removesuffix(".0")
        if folded in on:
            return True
        return False if folded in off else Fault("INTAKE-032")

    texts = without_missing(rows.frame[name], rule)
    values = distinct(texts, parse, rows, name, found)
    state = mapped(texts, values, FieldRule(rule.name, kind="boolean"))
    return state.fill_null(False) if rule.blank == "off" else state.cast(pl.Boolean)


def _single(lists: pl.Series, rule: FieldRule, rows: Rows, found: Findings) -> pl.Series:
    told = tidied(lists, rule)
    if rule.several == "refuse":
        many = rows.frame.filter(told.list.len().fill_null(0) > 1)
        headings = [rows.shown(n) for _, s in rule.flags if (n := rows.name(s))]
        for row in many[ROW].to_list():
            found.faults.append(CellFault(row, headings[0], "INTAKE-027", {}, None))
    return told.list.first().rename(rule.name)
