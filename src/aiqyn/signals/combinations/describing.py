"""A signal in numbers that a reader can check: cases now and before, shares, rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from aiqyn.signals.combinations.attributes import Attributes
from aiqyn.signals.combinations.cells import Cells
from aiqyn.signals.combinations.judged import Emerging
from aiqyn.signals.combinations.known_records import ROW, KnownRecords
from aiqyn.signals.combinations.months_back import first_day
from aiqyn.signals.combinations.one_by_one import Step
from aiqyn.signals.combinations.rise_scores import SEASONS
from aiqyn.signals.combinations.shuffled_dates import Chance, Dates

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
    rows = known.table[ROW].to_numpy()
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


def _per_month(of: Rows, inside: Rows, months: int, history: int) -> tuple[float, float]:
    return float((of & ~inside).sum()) / (history - months), float((of & inside).sum()) / months
