"""A line list: for each event its day and the day it was reported, as known on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from aiqyn.errors import AnswerRefused, InputRefused
from aiqyn.signals.series.judged import Caution, Floats

EMPTY = ("", "NA", "NaN", "NULL", "null")
DAYS_BACK = 400  # of events that are looked at: a year for the months, and some weeks
DAYS_TOLD = 30
LONGEST_DELAY = 180  # days; later reports are counted, but not expected
FEW = 30


@dataclass(frozen=True, slots=True)
class LineList:
    """Reports known on the day `now`.

    Attributes
    ----------
    now : the day; its own reports are known
    counts : (days, delays): events of a day (the last is `now`) reported after 0, 1, … days;
        what would be reported after `now` is 0 and means nothing
    reported : (days,) events of a day reported so far, whatever the delay
    cautions : what was left out
    """

    now: date
    counts: Floats
    reported: Floats
    cautions: tuple[Caution, ...] = ()

    @property
    def age(self) -> NDArray[np.int64]:
        """(days,) days from each day to `now`."""
        return np.arange(len(self.reported), dtype=np.int64)[::-1]


def read_line_list(path: Path, event: str, report: str, now: date) -> LineList:
    """The line list of a CSV file, a row an event.

    Raises
    ------
    InputRefused: not readable (SIG-030), columns or rows missing (SIG-031), a cell that is no date
    (SIG-032). AnswerRefused: nothing was reported by `now` (SIG-033).
    """
    try:
        raw = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as why:
        raise InputRefused("SIG-030", file=path.name) from why
    lacking = [name for name in (event, report) if name not in raw.columns]
    if lacking or not raw.height:
        raise InputRefused("SIG-031", file=path.name, columns=", ".join(lacking or ["…"]))
    days = {kind: _dates(raw[name], path, name) for kind, name in _named(event, report)}
    return known_reports(pl.DataFrame(days), now)


def _named(event: str, report: str) -> tuple[tuple[str, str], ...]:
    return (("event", event), ("report", report))


def _dates(column: pl.Series, path: Path, name: str) -> pl.Series:
    """The column as dates; a time of day is cut off, an empty cell is null."""
    given = column.str.strip_chars().replace(dict.fromkeys(EMPTY))
    read = given.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    odd = given.is_not_null() & read.is_null()
    if odd.any():
        row = int(odd.arg_true()[0]) + 2  # the heading is the first
        raise InputRefused("SIG-032", file=path.name, row=row, column=name)
    return read


def known_reports(rows: pl.DataFrame, now: date) -> LineList:
    """The reports known on `now`.

    Parameters
    ----------
    rows : columns `event` and `report`, dates; a row that cannot be is left out with a caution
    now : reports of this day are known, later ones are not
    """
    kept, cautions = _known(rows, now)
    if not kept.height:
        raise AnswerRefused("SIG-033", now=now.isoformat())
    ages = (pl.lit(now) - pl.col("event")).dt.total_days()
    delays = (pl.col("report") - pl.col("event")).dt.total_days()
    cells = kept.select(age=ages, delay=delays)
    oldest = cells["age"].max()
    assert isinstance(oldest, int)
    days = min(max(oldest + 1, DAYS_TOLD + 1), DAYS_BACK)
    recent = cells.filter(pl.col("age") < days)
    day = days - 1 - recent["age"].to_numpy()
    delay = recent["delay"].to_numpy()
    longest = int(min(delay.max(initial=0), LONGEST_DELAY))
    counts = np.zeros((days, longest + 1))
    usual = delay <= longest
    np.add.at(counts, (day[usual], delay[usual]), 1.0)
    told = () if kept.height >= FEW else (Caution("SIG-134", {"n": kept.height}),)
    reported = np.bincount(day, minlength=days).astype(np.float64)
    return LineList(now, counts, reported, (*cautions, *told))


def _known(rows: pl.DataFrame, now: date) -> tuple[pl.DataFrame, tuple[Caution, ...]]:
    """Rows that can be and are known by `now`, and how many are not."""
    whole = rows.drop_nulls(["event", "report"])
    forward = whole.filter(pl.col("report") >= pl.col("event"))
    past = forward.filter(pl.col("event") <= now)
    kept = past.filter(pl.col("report") <= now)
    steps = (rows, whole, forward, past, kept)
    left_out = [a.height - b.height for a, b in pairwise(steps)]
    codes = ("SIG-130", "SIG-131", "SIG-132", "SIG-133")
    told = zip(codes, left_out, strict=True)
    return kept, tuple(Caution(code, {"n": n}) for code, n in told if n)
