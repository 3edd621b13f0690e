"""A signal in numbers that a reader can check: cases now and before, shares, rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import polars as pl

from aiqyn.signals.combinations.found import Found
from aiqyn.signals.combinations.judged import Emerging
from aiqyn.signals.combinations.known_records import ROW, KnownRecords
from aiqyn.signals.combinations.months_back import SEASONS, Indices, first_day
from aiqyn.signals.combinations.shuffled_dates import Dates

TOLD_MONTHS = 24

Rows = np.ndarray[tuple[int], np.dtype[np.bool_]]


def described(found: Sequence[Found], dated: Dates, known: KnownRecords) -> tuple[Emerging, ...]:
    """Each of them as a signal; q never falls from one to the next."""
    rows, days = known.table[ROW].to_numpy(), known.table[known.date]
    false = accumulate((min(1.0, one.by_chance / i) for i, one in enumerate(found, 1)), max)
    told = []
    for place, (one, q) in enumerate(zip(found, false, strict=True)):
        inside = dated.back < one.months
        of = _held(one, len(inside))
        told.append(
            Emerging(
                what=one.what,
                since=first_day(known.as_of, one.months),
                months=one.months,
                observed=int((of & inside).sum()),
                expected=expected_of(of, inside, dated),
                before=int((of & ~inside).sum()),
                score=one.score,
                p=one.p,
                q=q,
                per_month=_per_month(of, inside, one.months, known.history),
                share=(float(of[~inside].mean()), float(of[inside].mean())),
                by_month=_by_month(dated.back[of], known.history),
                busiest_day=_most_alike(days.filter(of & inside)),
                records=tuple(rows[of & inside].tolist()),
                after=tuple(j for j in range(place) if of[found[j].records].any()),
            )
        )
    return tuple(told)


def over_expected(one: Found, dated: Dates) -> bool:
    """Whether it rose among all records, not only among those that stronger signals left."""
    inside = dated.back < one.months
    of = _held(one, len(inside))
    return int((of & inside).sum()) > expected_of(of, inside, dated)


def expected_of(of: Rows, inside: Rows, dated: Dates) -> float:
    """Records in the window if each season's share were that of its past."""
    total = 0.0
    for season in range(SEASONS):
        own = dated.season == season
        past = own & ~inside
        if past.any():
            total += float((own & inside).sum() * of[past].mean())
    return total


def _held(one: Found, records: int) -> Rows:
    of = np.zeros(records, dtype=np.bool_)
    of[one.records] = True
    return of


def _by_month(back: Indices, history: int) -> tuple[int, ...]:
    months = min(history, TOLD_MONTHS)
    return tuple(np.bincount(back, minlength=months)[:months][::-1].tolist())


def _most_alike(days: pl.Series) -> int:
    """How many of them are the same day."""
    return int(np.unique(days.to_numpy(), return_counts=True)[1].max(initial=0))


def _per_month(of: Rows, inside: Rows, months: int, history: int) -> tuple[float, float]:
    return float((of & ~inside).sum()) / (history - months), float((of & inside).sum()) / months
