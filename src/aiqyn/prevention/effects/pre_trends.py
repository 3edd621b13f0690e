"""Pre-trends: whether treated and comparison areas went the same way before the programme."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aiqyn.prevention.effects.linear_form import Comparison, cell_form, cells, event_form
from aiqyn.prevention.effects.panel import Floats, Panel
from aiqyn.prevention.effects.randomisation import orders_of, redealt
from aiqyn.prevention.effects.results import Check

ALPHA = 0.05
UNITS_PER_TERM = 5  # areas for each tested effect below which Wald's chi-square is not trusted


def pre_trends(
    panel: Panel, comparison: Comparison, rng: np.random.Generator, *, large: bool
) -> Check:
    """Whether all effects before the start, taken together, are no more than chance.

    Wald's test on the group-time effects before the start (Callaway & Sant'Anna 2021, section 4.3;
    the same statistic as ``did::att_gt``) in large groups, re-dealt starts in small ones.
    """
    early = [(g, t) for g, t in cells(panel) if t < g]
    if not early:
        return Check("pre-trends", None, why="pre-trends.none")
    if large and len(early) * UNITS_PER_TERM <= len(panel.units):
        forms = [cell_form(panel, g, t, comparison) for g, t in early]
        p = _wald([f for f in forms if np.isfinite(f).all()], panel)
    else:
        p = _redealt(_leads(panel, comparison), panel.outcome, rng)
    return Check("pre-trends", p >= ALPHA, {"p": p, "n": len(early)})


def covariance(forms: Sequence[Floats], panel: Panel) -> Floats:
    """Covariance of the sums of `forms` with the outcome, from the spread within each group."""
    each = np.stack([(form * panel.outcome).sum(axis=1) for form in forms])
    for group in np.unique(panel.starts):
        members = panel.starts == group
        each[:, members] -= each[:, members].mean(axis=1, keepdims=True)
    return np.asarray(each @ each.T)


def _wald(forms: Sequence[Floats], panel: Panel) -> float:
    from scipy.stats import chi2

    values = np.array([(form * panel.outcome).sum() for form in forms])
    spread = covariance(forms, panel)
    statistic = float(values @ np.linalg.pinv(spread) @ values)
    return float(chi2.sf(statistic, np.linalg.matrix_rank(spread)))


def _leads(panel: Panel, comparison: Comparison) -> list[Floats]:
    events = sorted({t - g for g, t in cells(panel) if t < g})
    return [event_form(panel, event, comparison) for event in events]


def _redealt(forms: Sequence[Floats], outcome: Floats, rng: np.random.Generator) -> float:
    """Share of dealings whose early effects, each in its own spread, are as far from nothing."""
    orders = orders_of(len(outcome), rng)
    spread = np.stack([redealt(form, outcome, orders) for form in forms])
    width = np.maximum(spread.std(axis=1), np.finfo(float).tiny)
    found = np.array([(form * outcome).sum() for form in forms]) / width
    drawn = ((spread / width[:, None]) ** 2).sum(axis=0)
    return float((1 + (drawn >= (found**2).sum()).sum()) / (1 + len(drawn)))
