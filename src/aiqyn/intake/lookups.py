"""Each distinct text of a column is read once and its value put wherever the text stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from aiqyn.intake.cells import Count, Fault, Parser, Value
from aiqyn.intake.codes import without_parents
from aiqyn.intake.headings import heading_key
from aiqyn.intake.limits import MAX_CELL
from aiqyn.intake.mapping import FieldRule
from aiqyn.intake.rows import FROM, ROW, CellFault, Findings, Rows, dtype_of

if TYPE_CHECKING:
    import polars as pl


def distinct(
    texts: pl.Series, parse: Parser, rows: Rows, name: str, found: Findings
) -> dict[str, Value]:
    """Distinct text -> value; texts that are none go to the findings, once per row."""
    good: dict[str, Value] = {}
    bad: dict[str, Fault] = {}
    for text in texts.drop_nulls().unique(maintain_order=True).to_list():
        value = Fault("INTAKE-015") if len(text) > MAX_CELL else parse(text)
        if isinstance(value, Fault):
            bad[text] = value
        else:
            good[text] = value
    note_faults(texts, bad, rows, name, found)
    return good


def note_faults(
    texts: pl.Series, bad: dict[str, Fault], rows: Rows, name: str, found: Findings
) -> None:
    """Write down every row whose text is one of the bad ones."""
    if not bad:
        return
    wrong = texts.is_in(list(bad)).fill_null(False)
    here = rows.frame.filter(wrong)
    origin = here[FROM].to_list() if FROM in here.columns else [None] * here.height
    for row, text, source in zip(here[ROW], texts.filter(wrong), origin, strict=True):
        fault = bad[text]
        column = rows.shown(name) or source
        shown = text if fault.code != "INTAKE-015" else f"{text[:60]}…"
        found.faults.append(CellFault(row, column, fault.code, fault.slots, shown))


def mapped(texts: pl.Series, values: dict[str, Value], rule: FieldRule) -> pl.Series:
    """The value of each row's text; null where the text has none."""
    import polars as pl

    looked_up = {t: v for t, v in values.items() if v is not None}
    dtype = dtype_of(rule)
    if not looked_up:
        return pl.Series(rule.name, [None] * len(texts), dtype=dtype)
    told = [list(v) if isinstance(v, tuple) else v for v in looked_up.values()]
    table = pl.DataFrame(
        {"text": list(looked_up), rule.name: pl.Series(told, dtype=dtype)},
        schema={"text": pl.String, rule.name: dtype},
    )
    joined = texts.to_frame("text").join(table, on="text", how="left", maintain_order="left")
    return joined[rule.name]


def counts(rule: FieldRule, texts: pl.Series, values: dict[str, Value]) -> dict[str, pl.Series]:
    """Value, low, high and status of each row's count."""
    import polars as pl

    known = [(t, v) for t, v in values.items() if isinstance(v, Count)]
    table = pl.DataFrame(
        {
            "text": [t for t, _ in known],
            rule.name: [v.value for _, v in known],
            "low": [v.low for _, v in known],
            "high": [v.high for _, v in known],
            "status": [v.status for _, v in known],
        },
        schema={
            "text": pl.String, rule.name: pl.Float64, "low": pl.Float64, "high": pl.Float64,
            "status": pl.String,
        },
    )  # fmt: skip
    joined = texts.to_frame("text").join(table, on="text", how="left", maintain_order="left")
    status = joined["status"].fill_null("not_available")
    return {name: joined[name] for name in (rule.name, "low", "high")} | {"status": status}


def count_columns(nothing: list[None]) -> dict[str, pl.Series]:
    """What a count consists of beside its value, when there is no column for it."""
    import polars as pl

    empty = {n: pl.Series(n, nothing, dtype=pl.Float64) for n in ("low", "high")}
    return empty | {"status": pl.Series("status", ["not_available"] * len(nothing))}


def count_of(texts: pl.Series, claim: Callable[[str], bool]) -> int:
    """How many rows hold a text for which the claim is true."""
    true = [text for text in texts.drop_nulls().unique().to_list() if claim(text)]
    return int(texts.is_in(true).sum()) if true else 0


def without_missing(texts: pl.Series, rule: FieldRule) -> pl.Series:
    """The texts less those that mean nothing recorded."""
    if not rule.missing:
        return texts
    missing = {heading_key(token) for token in rule.missing}
    gone = [t for t in texts.drop_nulls().unique().to_list() if heading_key(t) in missing]
    return texts.set(texts.is_in(gone).fill_null(False), None) if gone else texts


def required(texts: pl.Series, rule: FieldRule, rows: Rows, name: str, found: Findings) -> None:
    """Note the rows in which a required cell is empty."""
    slots: dict[str, object] = {} if rule.kind in ("code", "codes") else {"must": True}
    for row in rows.frame[ROW].filter(texts.is_null()).to_list():
        found.faults.append(CellFault(row, rows.shown(name), "INTAKE-007", slots, None))


def tidied(lists: pl.Series, rule: FieldRule) -> pl.Series:
    """Lists without a code whose descendant is there too, and without `none` beside another."""
    import polars as pl

    wide = lists.to_frame("list").with_columns(key=pl.col("list").list.join(";"))
    table = wide.filter(pl.col("list").list.len() > 1).unique("key")
    if table.is_empty():
        return lists
    kept = [list(without_parents(codes, rule)) for codes in table["list"].to_list()]
    new = pl.DataFrame({"key": table["key"], "new": pl.Series(kept, dtype=pl.List(pl.String))})
    joined = wide.join(new, on="key", how="left", maintain_order="left")
    return joined.select(pl.coalesce("new", "list").alias(rule.name)).to_series()
