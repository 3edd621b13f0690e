"""A signal in numbers that a reader can check: cases now and before, shares, rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import polars as pl

from aiqyn.signals.combinations.attributes import Attributes
from aiqyn.signals.combinations.cells import Cells
from aiqyn.signals.combinations.judged import Emerging
from aiqyn.signals.combinations.known_records import ROW, KnownRecords
from aiqyn.signals.combinations.months_back import Indices, first_day
from aiqyn.signals.combinations.one_by_one import Step
from aiqyn.signals.combinations.rise_scores import SEASONS
from aiqyn.signals.combinations.shuffled_dates import Chance, Dates

TOLD_MONTHS = 24

Rows = np.ndarray[tuple[int], np.dtype[np.bool_]]


def described(
    steps: Sequence[Step],
    chance: Chance,
    cells: Cells,
    attributes: Attributes,
    dated: Dates,
    windows: tuple[int, ...],
    known: KnownRecords,
) -> tuple[Emerging, ...]:
    """Each step as a signal; q never falls from one to the next."""
    false = accumulate(
        (min(1.0, chance.cells(step.score) / rank) for rank, step in enumerate(steps, 1)), max
    )
    held = [cells.records(step.cell) for step in steps]
    rows, days = known.table[ROW].to_numpy(), known.table[known.date]
    told = []
    for i, (step, q) in enumerate(zip(steps, false, strict=True)):
        inside = dated.back < windows[step.window]
        of = np.zeros(len(inside), dtype=np.bool_)
        of[held[i]] = True
        told.append(
            Emerging(
                what=cells.what(step.cell, attributes),
                since=first_day(known.as_of, windows[step.window]),
                months=windows[step.window],
                observed=int((of & inside).sum()),
                expected=expected_of(of, inside, dated),
                before=int((of & ~inside).sum()),
                score=step.score,
                p=chance.p(step.score),
                q=q,
                per_month=_per_month(of, inside, windows[step.window], known.history),
                share=(float(of[~inside].mean()), float(of[inside].mean())),
                by_month=_by_month(dated.back[of], known.history),
                busiest_day=_most_alike(days.filter(of & inside)),
                records=tuple(rows[of & inside].tolist()),
                after=tuple(j for j in range(i) if of[held[j]].any()),
            )
        )
    return tuple(told)


def expected_of(of: Rows, inside: Rows, dated: Dates) -> float:
    """Records in the window if each season's share were that of its past."""
    total = 0.0
    for season in range(SEASONS):
        own = dated.season == season
        past = own & ~inside
        if past.any():
            total += float((own & inside).sum() * of[past].mean())
    return total


def _by_month(back: Indices, history: int) -> tuple[int, ...]:
    months = min(history, TOLD_MONTHS)
    return tuple(np.bincount(back, minlength=months)[:months][::-1].tolist())


def _most_alike(days: pl.Series) -> int:
    """How many of them are the same day."""
    return int(np.unique(days.to_numpy(), return_counts=True)[1].max(initial=0))


def _per_month(of: Rows, inside: Rows, months: int, history: int) -> tuple[float, float]:
    return float((of & ~inside).sum()) / (history - months), float((of & inside).sum()) / months
