"""Columns of text -> columns of values. Each distinct text is read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiqyn.intake import cells
from aiqyn.intake.cells import Count, Fault, Parser, Value
from aiqyn.intake.codes import ABSENT, CodeReader, without_parents
from aiqyn.intake.headings import Headings, heading_key
from aiqyn.intake.kazakh_damage import is_damaged
from aiqyn.intake.limits import MAX_CELL
from aiqyn.intake.mapping import FieldRule
from aiqyn.intake.names_guard import is_document_number, may_be_name

if TYPE_CHECKING:
    import polars as pl

ROW = "@row"  # the sheet's own row number of a record, the first row being 1
CODES_OF_PERSONS = ("record_id", "person_code", "accused_code", "group_code")
FROM = "@from"  # heading of the column that `$value` was unpivoted from


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell."""

    row: int
    column: str | None
    code: str
    slots: dict[str, object]
    value: str | None


@dataclass(slots=True)
class Findings:
    """What reading the columns of a sheet has shown so far."""

    faults: list[CellFault] = field(default_factory=list)
    serials: int = 0
    otherwise: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to be read: text columns "0", "1", …, made columns "$name", and `ROW`."""

    frame: pl.DataFrame
    headings: Headings

    def name(self, spellings: tuple[str, ...]) -> str | None:
        """The frame's column that is called by one of the spellings."""
        for spelling in spellings:
            if spelling.startswith("$") and spelling in self.frame.columns:
                return spelling
        at = self.headings.column(tuple(s for s in spellings if not s.startswith("$")))
        return None if at is None else str(at)

    def shown(self, name: str) -> str | None:
        """How messages name the column; a made column goes by where it was made from."""
        return None if name.startswith("$") else self.headings.shown(int(name))


def read_field(rule: FieldRule, rows: Rows, found: Findings) -> dict[str, pl.Series]:
    """The field's values, one per row (for a published count also low, high and status)."""
    if rule.any_of:
        return {rule.name: _any_of(rule, rows, found)}
    if rule.has_constant:
        return {rule.name: _constant(rule, rows)}
    if rule.flags:
        return {rule.name: _flags(rule, rows, found)}
    name = rows.name(rule.headings)
    if name is None:
        return _nothing(rule, rows)
    return _column(rule, rows, name, found)


def dtype_of(rule: FieldRule) -> pl.DataType:
    """The Polars type of a field's values."""
    import polars as pl

    kinds: dict[str, pl.DataType] = {
        "codes": pl.List(pl.String()), "integer": pl.Int64(), "year": pl.Int64(),
        "number": pl.Float64(), "count": pl.Float64(), "date": pl.Date(), "boolean": pl.Boolean(),
    }  # fmt: skip
    return kinds.get(rule.kind, pl.String())


def is_count(rule: FieldRule) -> bool:
    """Whether the field is a published count with an interval."""
    return rule.kind == "count" or (rule.name == "value" and rule.kind == "number")


def _nothing(rule: FieldRule, rows: Rows) -> dict[str, pl.Series]:
    import polars as pl

    height = rows.frame.height
    empty = {rule.name: pl.Series(rule.name, [None] * height, dtype=dtype_of(rule))}
    return empty | (_count_columns([None] * height) if is_count(rule) else {})


def _constant(rule: FieldRule, rows: Rows) -> pl.Series:
    import polars as pl

    value = rule.constant
    if rule.kind == "codes" and value is not None:
        value = value if isinstance(value, tuple) else (str(value),)
    one = list(value) if isinstance(value, tuple) else value
    if rule.kind in ("text", "code") and one is not None:
        one = str(one)
    return pl.Series(rule.name, [one] * rows.frame.height, dtype=dtype_of(rule))


def _any_of(rule: FieldRule, rows: Rows, found: Findings) -> pl.Series:
    import polars as pl

    parts = [read_field(r, rows, found)[rule.name] for r in rule.any_of]
    if rule.kind != "codes":
        return pl.select(pl.coalesce(parts)).to_series().rename(rule.name)
    return _tidied(_union(parts, rule.name), rule)


def _union(parts: list[pl.Series], name: str) -> pl.Series:
    import polars as pl

    frame = pl.DataFrame([part.rename(str(i)) for i, part in enumerate(parts)])
    lists = [pl.col(c).fill_null([]) for c in frame.columns]
    nothing = pl.all_horizontal(pl.all().is_null())
    joined = pl.concat_list(lists).list.unique(maintain_order=True)
    return frame.select(pl.when(nothing).then(None).otherwise(joined).alias(name)).to_series()


def _column(rule: FieldRule, rows: Rows, name: str, found: Findings) -> dict[str, pl.Series]:
    texts = _without_missing(rows.frame[name], rule)
    if rule.required:
        _required(texts, rule, rows, name, found)
    if rule.kind == "text":
        return {rule.name: _text(rule, texts, rows, name, found)}
    values = _distinct(texts, _parser(rule), rows, name, found)
    if rule.kind == "date":
        found.serials += _count_of(texts, cells.is_serial)
    if rule.has_otherwise and rule.kind in ("code", "codes"):
        reader = CodeReader(rule)
        found.otherwise += _count_of(texts, lambda text: not reader.known(text))
    if is_count(rule):
        return _counts(rule, texts, values)
    return {rule.name: _mapped(texts, values, rule)}


def _parser(rule: FieldRule) -> Parser:
    codes = CodeReader(rule)
    by_kind: dict[str, Parser] = {
        "code": codes.one,
        "codes": codes.many,
        "integer": lambda text: cells.parse_integer(text, rule),
        "number": lambda text: cells.parse_float(text, rule),
        "count": lambda text: cells.parse_count(text, rule),
        "date": lambda text: cells.parse_date(text, rule),
        "year": lambda text: cells.parse_year(text, rule),
        "boolean": lambda text: cells.parse_boolean(text, rule),
    }
    own = {heading_key(text): value for text, value in rule.values}
    read = by_kind["count"] if is_count(rule) else by_kind[rule.kind]
    if rule.kind in ("code", "codes") or not own:
        return read
    return lambda text: _own(own, text, read)


def _own(own: dict[str, tuple[str, ...] | None], text: str, read: Parser) -> Value | Fault:
    """`values` of a column that holds no codes: their text -> a text that we can read."""
    if (key := heading_key(text)) not in own:
        return read(text)
    ours = own[key]
    return None if ours is None else read(ours[0])


def _without_missing(texts: pl.Series, rule: FieldRule) -> pl.Series:
    if not rule.missing:
        return texts
    missing = {heading_key(token) for token in rule.missing}
    gone = [t for t in texts.drop_nulls().unique().to_list() if heading_key(t) in missing]
    return texts.set(texts.is_in(gone).fill_null(False), None) if gone else texts


def _required(texts: pl.Series, rule: FieldRule, rows: Rows, name: str, found: Findings) -> None:
    slots: dict[str, object] = {} if rule.kind in ("code", "codes") else {"must": True}
    for row in rows.frame[ROW].filter(texts.is_null()).to_list():
        found.faults.append(CellFault(row, rows.shown(name), "INTAKE-007", slots, None))


def _distinct(
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


def _mapped(texts: pl.Series, values: dict[str, Value], rule: FieldRule) -> pl.Series:
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


def _counts(rule: FieldRule, texts: pl.Series, values: dict[str, Value]) -> dict[str, pl.Series]:
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


def _count_columns(nothing: list[None]) -> dict[str, pl.Series]:
    import polars as pl

    empty = {n: pl.Series(n, nothing, dtype=pl.Float64) for n in ("low", "high")}
    return empty | {"status": pl.Series("status", ["not_available"] * len(nothing))}


def _count_of(texts: pl.Series, claim: Callable[[str], bool]) -> int:
    true = [text for text in texts.drop_nulls().unique().to_list() if claim(text)]
    return int(texts.is_in(true).sum()) if true else 0


def _text(rule: FieldRule, texts: pl.Series, rows: Rows, name: str, found: Findings) -> pl.Series:
    """A text that is a code of theirs (a case number); never free text, never a name."""
    import re

    own = {heading_key(text): codes for text, codes in rule.values}
    pattern = re.compile(rule.pattern) if rule.pattern else None
    allowed = tuple(code for codes in own.values() for code in codes or ())
    not_allowed: dict[str, object] = {"list": rule.name, "codes": allowed}

    def parse(text: str) -> Value | Fault:
        if own and heading_key(text) in own:
            codes = own[heading_key(text)]
            return codes[0] if codes else None
        if rule.values_only or (own and rule.has_otherwise):
            return rule.otherwise if rule.has_otherwise else Fault("INTAKE-009", not_allowed)
        if is_damaged(text):
            return Fault("INTAKE-004")
        if rule.name in CODES_OF_PERSONS and may_be_name(text):
            return Fault("INTAKE-012")
        if rule.name in CODES_OF_PERSONS and is_document_number(text):
            return Fault("INTAKE-037")
        return text if pattern is None or pattern.fullmatch(text) else Fault("INTAKE-029")

    return _mapped(texts, _distinct(texts, parse, rows, name, found), rule)


def _flags(rule: FieldRule, rows: Rows, found: Findings) -> pl.Series:
    """Several columns of flags -> one list of codes (or one code). See README, "Flags"."""
    import polars as pl

    present = [(code, rows.name(spellings)) for code, spellings in rule.flags]
    states = [(code, _flag(rule, rows, name, found)) for code, name in present if name]
    if not states:
        return pl.Series(rule.name, [None] * rows.frame.height, dtype=dtype_of(rule))
    frame = pl.DataFrame([state.rename(str(i)) for i, (_, state) in enumerate(states)])
    codes = [pl.lit(code, dtype=pl.String) for code, _ in states]
    on = [pl.when(pl.col(str(i))).then(code) for i, code in enumerate(codes)]
    listed = pl.concat_list(on).list.drop_nulls().list.unique(maintain_order=True)
    every_off = pl.all_horizontal(pl.all().not_().fill_null(False))
    absent = pl.lit([ABSENT], dtype=pl.List(pl.String))
    told = frame.select(
        pl.when(listed.list.len() > 0).then(listed).when(every_off).then(absent).alias(rule.name)
    ).to_series()
    if rule.kind == "codes":
        return _tidied(told, rule)
    return _single(told, rule, rows, found)


def _flag(rule: FieldRule, rows: Rows, name: str, found: Findings) -> pl.Series:
    """True, False, or null where the flag is not recorded."""
    import polars as pl

    on, off = ({t.casefold() for t in tokens} for tokens in (rule.on, rule.off))

    def parse(text: str) -> Value | Fault:
        folded = text.casefold().removesuffix(".0")
        if folded in on:
            return True
        return False if folded in off else Fault("INTAKE-032")

    texts = _without_missing(rows.frame[name], rule)
    values = _distinct(texts, parse, rows, name, found)
    state = _mapped(texts, values, FieldRule(rule.name, kind="boolean"))
    return state.fill_null(False) if rule.blank == "off" else state.cast(pl.Boolean)


def _tidied(lists: pl.Series, rule: FieldRule) -> pl.Series:
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


def _single(lists: pl.Series, rule: FieldRule, rows: Rows, found: Findings) -> pl.Series:
    tidied = _tidied(lists, rule)
    if rule.several == "refuse":
        many = rows.frame.filter(tidied.list.len().fill_null(0) > 1)
        headings = [rows.shown(n) for _, s in rule.flags if (n := rows.name(s))]
        for row in many[ROW].to_list():
            found.faults.append(CellFault(row, headings[0], "INTAKE-027", {}, None))
    return tidied.list.first().rename(rule.name)
