"""The average effect on the treated as a linear form of the panel: which cell counts how much.

Without covariates the group-time effects of Callaway & Sant'Anna (2021, J. Econometrics 225,
200-230, eq. 2.8) are differences of means of differences, so each is a sum of outcomes with known
weights. That makes it cheap to ask what the same sum gives with the programme elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np

from aiqyn.prevention.effects.panel import NEVER, Floats, Ints, Panel

Comparison = Literal["never-treated", "not-yet-treated"]


def cells(panel: Panel) -> tuple[tuple[int, int], ...]:
    """Group (place of the start) and time of every group-time effect, the base periods left out."""
    groups = [int(g) for g in np.unique(panel.starts[panel.starts != NEVER])]
    return tuple((g, t) for g in groups for t in range(1, len(panel.times)))


def cell_form(
    panel: Panel, group: int, time: int, comparison: Comparison = "never-treated"
) -> Floats:
    """Shape (units, times): weights whose sum with the outcomes is the effect of the cell.

    From the start on the base is the last period before it; earlier, the period before (a varying
    base). All NaN where nobody is left to compare with.
    """
    form = np.zeros(panel.outcome.shape)
    base = _base(group, time)
    share = _share(panel.starts, group, max(time, base), comparison)
    if share is None:
        return np.full_like(form, np.nan)
    form[:, time] += share
    form[:, base] -= share
    return form


def effect_form(panel: Panel, comparison: Comparison = "never-treated") -> Floats:
    """Shape (units, times): weights of the simple average effect, each treated cell alike."""
    return _average(panel, [c for c in cells(panel) if c[1] >= c[0]], comparison)


def event_form(panel: Panel, event: int, comparison: Comparison = "never-treated") -> Floats:
    """Shape (units, times): weights of the average effect `event` periods after the start."""
    return _average(panel, [c for c in cells(panel) if c[1] - c[0] == event], comparison)


def _average(panel: Panel, chosen: Iterable[tuple[int, int]], comparison: Comparison) -> Floats:
    """Every treated area and period of the chosen cells alike."""
    total, weight = np.zeros(panel.outcome.shape), 0
    for group, time in chosen:
        base = _base(group, time)
        share = _share(panel.starts, group, max(time, base), comparison)
        if share is not None:
            size = int((panel.starts == group).sum())
            total[:, time] += size * share
            total[:, base] -= size * share
            weight += size
    return np.asarray(total / max(weight, 1))


def _base(group: int, time: int) -> int:
    return group - 1 if time >= group else time - 1


def _share(starts: Ints, group: int, last: int, comparison: Comparison) -> Floats | None:
    """Shape (units,): the group's mean less the comparison's; None where there is no comparison."""
    treated = np.equal(starts, group)
    other = np.equal(starts, NEVER)
    if comparison == "not-yet-treated":
        other |= np.greater(starts, last) & ~treated
    if not other.any():
        return None
    return np.asarray(treated / treated.sum() - other / other.sum())
