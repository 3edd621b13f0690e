"""A table of records under several definitions.

Few situations recur in many records, so each distinct one is judged once and the verdicts are
joined back: a million records take seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from aiqyn.standard.classifier.evaluator import Finding, judge
from aiqyn.standard.classifier.situation import joined, situation, situation_key
from aiqyn.standard.definitions import definition, definition_names
from aiqyn.standard.legal_definition import AgeClass, Definition

_OUTCOME: dict[str, pl.DataType | pl.datatypes.DataTypeClass] = {
    "definition": pl.String,
    "version": pl.Date,
    "verdict": pl.String,
    "missing": pl.List(pl.String),
    "reason_key": pl.String,
    "citations": pl.String,
    "codes": pl.String,
}
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
_AGE_CLASSES: tuple[AgeClass, ...] = ("adult", "child", "unknown")


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
    text), ``verdict, missing``, and what the sentence of `reason` needs: ``reason_key,
    citations`` and ``codes`` (joined by ``;``) and ``situation``.

    Raises
    ------
    InputRefused (CLASSIFY-001, -002) for ``none`` beside codes and for unknown codes;
    UsageRefused or AnswerRefused as `definition` does.
    """
    texts = [definition(name, on) for name in (definitions or definition_names())]
    plain = _plain(records)
    judged = [_under(text, plain) for text in texts]
    sizes = [one.outcomes.height for one in judged]
    starts = np.cumsum([0, *sizes[:-1]])
    outcomes = pl.concat([one.outcomes for one in judged])
    which = _turn_about([one.outcome + start for one, start in zip(judged, starts, strict=True)])
    keys = _turn_about([one.situation for one in judged])
    ids = plain["id"].gather(np.repeat(np.arange(plain.height), len(texts)))
    situations = judged[0].keys.gather(keys).alias("situation")
    return pl.concat([ids.to_frame(), outcomes[which], situations.to_frame()], how="horizontal")


class _Judged(NamedTuple):
    """Each record's verdict under one text, as numbers of rows in two short tables.

    Attributes
    ----------
    situation : (records,)     number of the record's situation in ``keys``
    outcome : (records,)       number of its verdict in ``outcomes``
    keys : pl.Series           every situation that could occur, as `situation_key` writes it
    outcomes : pl.DataFrame    every verdict that occurred: few, for many situations
    """

    situation: Numbers
    outcome: Numbers
    keys: pl.Series
    outcomes: pl.DataFrame


def _under(text: Definition, plain: pl.DataFrame) -> _Judged:
    distinct = plain["elements"].unique().sort()
    elements = plain["elements"].cast(pl.Enum(distinct)).to_physical().to_numpy().astype(np.int64)
    age = plain.select(_age_class(text.child_under)).to_series().to_numpy()
    of_record = elements * len(_AGE_CLASSES) + age
    keys = [_canonical(cells, age) for cells in distinct for age in _AGE_CLASSES]
    found: dict[tuple[Finding, AgeClass], int] = {}
    outcome = np.zeros(len(keys), dtype=np.int64)
    for number in np.unique(of_record):
        case = situation(keys[number])
        outcome[number] = found.setdefault((judge(case, text), case.age), len(found))
    rows = [_outcome(one, age, text) for one, age in found]
    outcomes = pl.DataFrame(rows, schema=_OUTCOME, orient="row")
    return _Judged(of_record, outcome[of_record], pl.Series(keys, dtype=pl.String), outcomes)


def _canonical(cells: str, age: AgeClass) -> str:
    """The situation's key: codes sorted, each once."""
    return situation_key(age, *(joined(filter(None, c.split(";"))) for c in cells.split("|")))


def _turn_about(numbers: list[Numbers]) -> Numbers:
    """One list a definition -> the first record under each, then the second …, in one list."""
    return np.stack(numbers, axis=1).ravel()


def _outcome(found: Finding, age: AgeClass, text: Definition) -> tuple[object, ...]:
    return (
        text.name,
        text.in_force,
        found.verdict,
        list(found.missing),
        found.reason,
        ";".join(cite.key(age) for cite in (found.cite, found.also) if cite),
        ";".join(found.codes),
    )


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
    return pl.col(column).cast(pl.List(pl.String)).list.drop_nulls().list.join(";").fill_null("")


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
    """Number in ``_AGE_CLASSES``: by the age, else as the record says, else by the age group."""
    oldest = pl.when(pl.col("oldest") < child_under).then(True)
    youngest = pl.when(pl.col("youngest") >= child_under).then(False)
    child = pl.coalesce(pl.col("age") < child_under, pl.col("is_minor"), oldest, youngest)
    return pl.when(child.is_null()).then(2).when(child).then(1).otherwise(0)
