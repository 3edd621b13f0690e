"""The records that are known on the day of the answer, and how far back they go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date

import polars as pl

from aiqyn.errors import AnswerRefused
from aiqyn.signals.combinations.months_back import YEAR, months_back, windows_within
from aiqyn.signals.series.judged import Caution

FEWEST_RECORDS = 30
ROW = "_row"  # where the record stood; from 0 when the table has no such column


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """Records with a date up to `as_of`.

    Attributes
    ----------
    table : with a column `_row`: where each stood in the table that was given
    date : the column of dates
    as_of : the day
    history : months from the first of them
    cautions : how many were left out; whether seasons can be told
    """

    table: pl.DataFrame
    date: str
    as_of: Date
    history: int
    cautions: tuple[Caution, ...] = ()


def known_records(records: pl.DataFrame, date: str, as_of: Date | None) -> KnownRecords:
    """Those that have a date, not after `as_of` (the latest one when None).

    Raises
    ------
    AnswerRefused: too few records (SIG-083), too short a history (SIG-084).
    """
    numbered = records if ROW in records.columns else records.with_row_index(ROW)
    dated = numbered.drop_nulls(date)
    latest = dated[date].max()
    if not isinstance(latest, Date):
        raise AnswerRefused("SIG-083", n=0, need=FEWEST_RECORDS)
    day = as_of or latest
    known = dated.filter(pl.col(date) <= day)
    if known.height < FEWEST_RECORDS:
        raise AnswerRefused("SIG-083", n=known.height, need=FEWEST_RECORDS)
    history = int(months_back(known[date], day).max()) + 1
    if not windows_within(history):
        raise AnswerRefused("SIG-084", n=history)
    left_out = (
        ("SIG-172", records.height - dated.height),
        ("SIG-173", dated.height - known.height),
    )
    told = [Caution(code, {"n": n}) for code, n in left_out if n]
    silent = int(months_back(known[date], day).min())
    told += [Caution("SIG-175", {"n": silent})] if silent else []
    told += [Caution("SIG-181", {"n": history})] if history < 2 * YEAR else []
    return KnownRecords(known, date, day, history, tuple(told))
