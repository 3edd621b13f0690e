"""A table of records under several definitions.

Few situations recur in many records, so each distinct one is judged once and the verdicts are
joined back: a million records take seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from aiqyn.standard.classifier.evaluator import judge
from aiqyn.standard.classifier.situation import situation
from aiqyn.standard.definitions import Definition, definition, definition_names

_SCHEMA: dict[str, pl.DataType | pl.datatypes.DataTypeClass] = {
    "situation": pl.String,
    "definition": pl.String,
    "version": pl.Date,
    "verdict": pl.String,
    "missing": pl.List(pl.String),
    "reason_key": pl.String,
    "citations": pl.List(pl.String),
    "codes": pl.List(pl.String),
}


def classify(
    records: pl.DataFrame,
    definitions: Sequence[str] | None = None,
    *,
    on: date | None = None,
) -> pl.DataFrame:
    """The verdict on each record under each definition.

    Parameters
    ----------
    records : one row a record. ``id`` (or ``source_id``); ``age`` in years and, where it is empty,
        ``is_minor`` or ``age_group``; ``acts``, ``means`` and ``purposes`` (or ``forms``) as lists
        of codes: null or empty = not recorded, ``["none"]`` = recorded as absent. A column that is
        not there counts as not recorded.
    definitions : names, in the order wanted; all of them if not given
    on : the day whose law applies; without it, the newest text of each

    Returns
    -------
    One row a record and definition, in their order: ``id, definition, version`` (first day of the
    text), ``verdict, missing``, and what the sentence of `reason` needs: ``reason_key, citations,
    codes, situation``.

    Raises
    ------
    InputRefused (CLASSIFY-001, -002) for ``none`` beside codes and for unknown codes;
    UsageRefused or AnswerRefused as `definition` does.
    """
    texts = [definition(name, on) for name in (definitions or definition_names())]
    plain = _plain(records)
    by_definition = pl.concat([_under(text, plain) for text in texts])
    return by_definition[_record_by_record(plain.height, len(texts))]


def _under(text: Definition, plain: pl.DataFrame) -> pl.DataFrame:
    keyed = plain.select(
        "id",
        pl.concat_str(_age_class(text.child_under), "elements", separator="|").alias("situation"),
    )
    distinct = keyed["situation"].unique().sort()
    verdicts = pl.DataFrame(list(_rows(distinct, text)), schema=_SCHEMA, orient="row")
    joined = keyed.join(verdicts, on="situation", how="left", maintain_order="left")
    return joined.select("id", *_columns())


def _record_by_record(records: int, texts: int) -> pl.Series:
    """Where the verdicts of the first record stand in the stacked tables, then of the second …"""
    turn = pl.int_range(records * texts, dtype=pl.Int64, eager=True)
    return turn % texts * records + turn // texts


def _rows(distinct: pl.Series, text: Definition) -> Iterator[tuple[object, ...]]:
    for key in distinct:
        case = situation(key)
        found = judge(case, text)
        cites = [cite.key(case.age) for cite in (found.cite, found.also) if cite]
        yield (
            key,
            text.name,
            text.in_force,
            found.verdict,
            list(found.missing),
            found.reason,
            cites,
            list(found.codes),
        )


def _columns() -> tuple[str, ...]:
    rest = [name for name in _SCHEMA if name not in ("situation", "definition", "version")]
    return ("definition", "version", *rest, "situation")


def _plain(records: pl.DataFrame) -> pl.DataFrame:
    """Row number, id, what is known of the age, and the three elements as one text."""
    has = records.columns
    named = {"id": "id" if "id" in has else "source_id"}
    named |= {"purposes": "purposes" if "purposes" in has else "forms"}
    cells = [_cell(records, named.get(e, e)) for e in ("acts", "means", "purposes")]
    return records.select(
        pl.col(named["id"]).alias("id"),
        _number(records, "age").alias("age"),
        _is_minor(records).alias("is_minor"),
        _group_end(records, r"^(\d+)(?:-\d+|\+)$").alias("youngest"),
        _group_end(records, r"^\d+-(\d+)$").alias("oldest"),
        pl.concat_str(cells, separator="|").alias("elements"),
    )


def _cell(records: pl.DataFrame, column: str) -> pl.Expr:
    if column not in records.columns or records.schema[column] == pl.Null:
        return pl.lit("")
    codes = pl.col(column).cast(pl.List(pl.String)).list.drop_nulls()
    return codes.list.unique().list.sort().list.join(";").fill_null("")


def _number(records: pl.DataFrame, column: str) -> pl.Expr:
    if column not in records.columns:
        return pl.lit(None, pl.Float64)
    return pl.col(column).cast(pl.Float64).fill_nan(None)


def _is_minor(records: pl.DataFrame) -> pl.Expr:
    if "is_minor" not in records.columns:
        return pl.lit(None, pl.Boolean)
    return pl.col("is_minor").cast(pl.Boolean)


def _group_end(records: pl.DataFrame, pattern: str) -> pl.Expr:
    """One end of an age group such as ``15-17`` or ``18+``, in years."""
    if "age_group" not in records.columns:
        return pl.lit(None, pl.Float64)
    return pl.col("age_group").cast(pl.String).str.extract(pattern).cast(pl.Float64)


def _age_class(child_under: int) -> pl.Expr:
    """Child, adult or unknown: by the age, else as the record says, else by the age group."""
    oldest = pl.when(pl.col("oldest") < child_under).then(True)
    youngest = pl.when(pl.col("youngest") >= child_under).then(False)
    child = pl.coalesce(pl.col("age") < child_under, pl.col("is_minor"), oldest, youngest)
    return (
        pl.when(child.is_null())
        .then(pl.lit("unknown"))
        .when(child)
        .then(pl.lit("child"))
        .otherwise(pl.lit("adult"))
    )
