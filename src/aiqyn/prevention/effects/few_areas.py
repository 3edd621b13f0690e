"""Staggered difference in differences in few areas: the same sums, no part beside numpy.

Without covariates the group-time effects are linear forms of the panel (`linear_form`), so the
library is not asked: its spread within groups would not be used for the interval anyway.
"""

from __future__ import annotations

import numpy as np

from aiqyn.prevention.effects.linear_form import (
    Comparison,
    cell_form,
    cells,
    effect_form,
    event_form,
)
from aiqyn.prevention.effects.panel import Floats, Panel
from aiqyn.prevention.effects.randomisation import (
    Randomised,
    orders_of,
    randomised,
    redealt,
)
from aiqyn.prevention.effects.results import Effect, EventTime, GroupTime

NOTHING = 1e-12  # spread of a group of one area, rounding apart


def dealt_effect(
    panel: Panel, comparison: Comparison, rng: np.random.Generator
) -> tuple[Effect, Randomised]:
    """The simple average effect, its interval from starts dealt anew."""
    form = effect_form(panel, comparison)
    value, again = float((form * panel.outcome).sum()), randomised(panel, form, rng)
    under = panel.under_programme
    without = float(panel.outcome[under].mean()) - value
    ends = again.spread, again.low, again.high
    return Effect(value, *ends, "redealt", without, int(under.sum()), again.p_value), again


def group_times(panel: Panel, comparison: Comparison) -> tuple[GroupTime, ...]:
    """Every group-time effect; a group of one area has no spread of its own."""
    found = []
    for group, time in cells(panel):
        form = cell_form(panel, group, time, comparison)
        if np.isfinite(form).all():
            pair = _value_and_error(form, panel)
            found.append(GroupTime(panel.times[group], panel.times[time], *pair))
    return tuple(found)


def event_times(panel: Panel, comparison: Comparison) -> tuple[EventTime, ...]:
    """The average effect by periods since the start."""
    events = sorted({time - group for group, time in cells(panel)})
    forms = {event: event_form(panel, event, comparison) for event in events}
    return tuple(
        EventTime(event, *_value_and_error(form, panel))
        for event, form in forms.items()
        if form.any()
    )


def _value_and_error(form: Floats, panel: Panel) -> tuple[float, float | None]:
    """The sum and its spread among areas that count alike in it: treated, or compared with."""
    each = (form * panel.outcome).sum(axis=1)
    _, alike = np.unique(form, axis=0, return_inverse=True)
    means = np.bincount(alike.ravel(), each) / np.bincount(alike.ravel())
    spread = float(((each - means[alike.ravel()]) ** 2).sum()) ** 0.5
    return float(each.sum()), spread if spread > NOTHING else None


def event_intervals(
    panel: Panel, comparison: Comparison, rng: np.random.Generator
) -> tuple[tuple[int, float, float, float], ...]:
    """Periods since the start, effect, and 95 % interval from starts dealt anew, for a picture.

    The estimated average effect is taken out first, so that it does not widen its own interval.
    """
    plain = panel.outcome - float((effect_form(panel, comparison) * panel.outcome).sum()) * (
        panel.under_programme
    )
    orders = orders_of(len(panel.units), rng)
    told = []
    for point in event_times(panel, comparison):
        drawn = redealt(event_form(panel, point.event, comparison), plain, orders)
        reach = float(np.quantile(np.abs(drawn), 0.95, method="higher"))
        told.append((point.event, point.effect, point.effect - reach, point.effect + reach))
    return tuple(told)
