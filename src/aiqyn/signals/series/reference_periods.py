"""Which past periods a period is compared with, and to which part of the year each belongs.

The reference periods are the same period one, two, … b years back: by index (freq periods a year)
or, where the periods have dates, by the calendar date, moved to the nearest same weekday for weeks.
Around each lies a window of w periods on either side. With more than one part of the year the
periods between two windows are dealt out evenly to the other parts.

References: C. P. Farrington et al. (1996), J. R. Stat. Soc. A 159:547; A. Noufaily et al. (2013),
Stat. Med. 32:1206; M. Salmon et al. (2016), J. Stat. Softw. 70(10), section 2 (the calendar).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

OUTSIDE = -1
WEEKLY = 52


@dataclass(frozen=True, slots=True)
class Reference:
    """The past of one period.

    Attributes
    ----------
    rows : (n,) rows of the reference periods, ascending, from 0
    parts : (n,) part of the year of each; the period's own part is `parts_of_year` - 1
    times : (n,) their times, in periods
    now : the period's own time
    """

    rows: NDArray[np.int64]
    parts: NDArray[np.int64]
    times: NDArray[np.float64]
    now: float


@dataclass(frozen=True)
class Calendar:
    """The periods of a table of series.

    Attributes
    ----------
    length : how many
    freq : in a year: 12, 52 or 365
    dates : of each period; None where years are counted by index
    """

    length: int
    freq: int
    dates: tuple[date, ...] | None = None

    @cached_property
    def rows(self) -> dict[date, int]:
        """The row of each date."""
        return {day: row for row, day in enumerate(self.dates or ())}

    def years_back(self, row: int, b: int) -> tuple[int, ...] | None:
        """Rows of the same period 1, …, b years before; None if one of them is not there."""
        if self.dates is None:
            past = [row - self.freq * i for i in range(1, b + 1)]
            return tuple(past) if not past or past[-1] >= 0 else None
        days = [_years_before(self.dates[row], i, self.freq) for i in range(1, b + 1)]
        found = [self.rows[day] for day in days if day in self.rows]
        return tuple(found) if len(found) == b else None

    def times(self, rows: NDArray[np.int64], row: int) -> tuple[NDArray[np.float64], float]:
        """Times of the reference rows and of `row`: days since the first ÷ days of a period."""
        if self.dates is None:
            return rows.astype(np.float64), float(row)
        start, unit = self.dates[rows[0]], (self.dates[1] - self.dates[0]).days
        spent = [(self.dates[i] - start).days / unit for i in (*rows, row)]
        return np.array(spent[:-1]), spent[-1]


def reference(
    calendar: Calendar, row: int, *, b: int, w: int, parts_of_year: int, not_included: int
) -> Reference | None:
    """The reference periods of `row`, or None where the history does not reach back.

    Parameters
    ----------
    row : the period, from 0
    b : years back
    w : half width of a window, in periods
    parts_of_year : 1 compares with the windows only; more takes in the periods between
    not_included : the latest periods that are left out, that a rise hide not itself
    """
    past = calendar.years_back(row, b)
    if past is None or (past and past[-1] - w < -1):
        return None
    part = _parts(calendar.length, (row, *past), w, parts_of_year)
    if part is None:
        return None
    part[max(0, row - not_included) : row + 1] = OUTSIDE
    rows = np.flatnonzero(part != OUTSIDE)
    if not rows.size:
        return None
    times, now = calendar.times(rows, row)
    return Reference(rows, part[rows], times, now)


def _parts(length: int, anchors: Sequence[int], w: int, parts: int) -> NDArray[np.int64] | None:
    """The part of the year of every period; `anchors` are the period and its years back."""
    part = np.full(length, OUTSIDE, dtype=np.int64)
    part[max(0, anchors[0] - w) : anchors[0] + 1] = parts - 1
    for later, anchor in pairwise(anchors):
        part[max(0, anchor - w) : anchor + w + 1] = parts - 1
        between = later - 2 * w - 1 - anchor
        if parts > 1:
            if between < parts - (2 * w + 1):
                return None
            _deal_out(part, anchor + w + 1, between, parts - 1)
    return part


def _deal_out(part: NDArray[np.int64], start: int, between: int, blocks: int) -> None:
    """`between` periods from `start` in `blocks` runs, the first ones longer by one.

    A run of no length marks the period that it would start at and the one before, as R's does.
    """
    length, longer = divmod(max(between, 0), blocks)
    for block in range(blocks):
        end = start + length + (block < longer)
        part[min(start, end - 1) : max(start, end - 1) + 1] = block
        start = end


def _years_before(day: date, years: int, freq: int) -> date:
    """The date `years` before; for weeks the nearest day of the same weekday."""
    try:
        back = day.replace(year=day.year - years)
    except ValueError:  # 29 February
        back = date(day.year - years, 3, 1)
    if freq != WEEKLY:
        return back
    ahead = (day.weekday() - back.weekday()) % 7
    return back + timedelta(days=ahead if ahead <= 3 else ahead - 7)
