"""Attributes of records as whole numbers; which of them can hold a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from aiqyn.errors import AnswerRefused
from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.series.judged import Caution
from aiqyn.signals.series.series_file import EMPTY

NOT_KNOWN = (*EMPTY, "unknown")
NUMBER_OF_A_RECORD = 0.5  # distinct values ÷ records: over it the column names records
FEW = 20  # records; under it nothing is said of distinct values
MOSTLY_EMPTY = 0.5


@dataclass(frozen=True, slots=True)
class Attributes:
    """Values of records.

    Attributes
    ----------
    names : (A,) of the columns that are watched
    values : for each, its values in order of their text
    codes : (A, n) index of each record's value; -1 where it is not known
    cautions : what was left out
    """

    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    codes: Indices
    cautions: tuple[Caution, ...] = ()


def coded(records: pl.DataFrame, names: Sequence[str]) -> Attributes:
    """The attributes that can hold a pattern.

    Raises
    ------
    AnswerRefused (SIG-082) when none can.
    """
    known = [_known(records[name]) for name in names]
    why = [_why_not(values) for values in known]
    kept = [
        (name, *_codes(values))
        for name, values, no in zip(names, known, why, strict=True)
        if not no
    ]
    if not kept:
        raise AnswerRefused("SIG-082", columns=", ".join(names))
    told = [Caution(no, {"column": name}) for name, no in zip(names, why, strict=True) if no]
    told += [
        Caution("SIG-179", {"column": name, "n": int((codes < 0).sum())})
        for name, _, codes in kept
        if (codes < 0).mean() > MOSTLY_EMPTY
    ]
    table = np.array([codes for _, _, codes in kept], dtype=np.int64)
    return Attributes(
        tuple(name for name, _, _ in kept),
        tuple(values for _, values, _ in kept),
        table,
        tuple(told),
    )


def _known(column: pl.Series) -> pl.Series:
    """The column as text; what is not known is null."""
    text = column.cast(pl.String).str.strip_chars()
    return text.replace(dict.fromkeys(NOT_KNOWN))


def _why_not(values: pl.Series) -> str | None:
    """A caution's code when the column can hold no pattern."""
    there = values.drop_nulls()
    distinct = there.n_unique()
    if distinct < 2:
        return "SIG-178"
    return "SIG-177" if len(there) >= FEW and distinct > NUMBER_OF_A_RECORD * len(there) else None


def _codes(values: pl.Series) -> tuple[tuple[str, ...], Indices]:
    names = values.drop_nulls().unique().sort().to_list()
    place = values.replace_strict(names, range(len(names)), default=None, return_dtype=pl.Int64)
    return tuple(names), place.fill_null(-1).to_numpy().astype(np.int64)
