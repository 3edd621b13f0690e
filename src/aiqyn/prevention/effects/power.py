"""Power before a programme: how often an effect of a size would be seen, on the panel itself.

The panel's own areas and periods are kept, the starts are dealt out anew, an effect is put into
the cells under the programme and it is asked whether it leaves the range of the dealings without
one. No model of the outcome is needed; what a bad year or one odd area does to the answer is in
the panel already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects.linear_form import Comparison, effect_form
from aiqyn.prevention.effects.panel import NEVER, Floats, Ints, Panel, need_programme
from aiqyn.prevention.effects.randomisation import orders_of, redealt, smallest_p
from aiqyn.prevention.effects.staggered import need_comparison

Scale = Literal["share", "outcome"]
ALPHA = 0.05
DEALINGS = 1999
WANTED = 0.8  # power by convention; Cohen (1988), Statistical Power Analysis, 2nd ed., p. 56
STEPS = 40  # halvings of the search for the smallest effect


@dataclass(frozen=True, slots=True)
class PowerPoint:
    """How often an effect is seen.

    Attributes
    ----------
    effect : a share of the outcome ("share", 0.1 is ten per cent more) or the outcome's unit
    power : share of the dealings in which it is seen at 5 %, either side
    """

    effect: float
    scale: Scale
    power: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Power of one plan: so many areas and periods, and the smallest effect that it sees."""

    areas: int
    periods: int
    smallest: float | None
    scale: Scale


def power_at(
    panel: Panel,
    effects: Sequence[float],
    rng: np.random.Generator,
    *,
    scale: Scale | None = None,
    comparison: Comparison = "never-treated",
) -> tuple[PowerPoint, ...]:
    """Power at each effect for the panel's own number of areas, periods and starts.

    Parameters
    ----------
    panel : the outcome as recorded, the starts as planned; where the programme ran already, its
        estimated effect is taken out first
    effects : on `scale`; a fall is negative
    scale : None takes shares for counts and the outcome's unit for anything else

    Raises
    ------
    AnswerRefused (PREV-010) nobody treated, (PREV-011, PREV-012) no comparison.
    """
    dealt = _dealt(panel, rng, scale or _scale(panel), comparison)
    return tuple(PowerPoint(e, dealt.scale, dealt.power(e)) for e in effects)


def smallest_effect(
    panel: Panel,
    rng: np.random.Generator,
    *,
    wanted: float = WANTED,
    scale: Scale | None = None,
    comparison: Comparison = "never-treated",
    way: float = 1.0,
) -> float | None:
    """The smallest change that is seen with power `wanted`; None when the areas are too few.

    Parameters
    ----------
    way : 1.0 for a rise; -1.0 for a fall, which as a share ends at nothing left (-1)
    """
    return _smallest(_dealt(panel, rng, scale or _scale(panel), comparison), wanted, way)


def plans(
    panel: Panel,
    areas: Sequence[int],
    periods: Sequence[int],
    rng: np.random.Generator,
    *,
    wanted: float = WANTED,
    scale: Scale | None = None,
) -> tuple[Plan, ...]:
    """The smallest effect for other numbers of areas and periods.

    Areas are drawn with replacement from the treated and the others, in the panel's proportion;
    periods are the last ones of the panel, starts in the same place of the shorter course.
    """
    return tuple(_plans(panel, areas, periods, rng, wanted, scale or _scale(panel)))


def _plans(
    panel: Panel,
    areas: Sequence[int],
    periods: Sequence[int],
    rng: np.random.Generator,
    wanted: float,
    scale: Scale,
) -> Iterator[Plan]:
    found = float((effect_form(panel) * panel.outcome).sum())
    plain = panel.with_outcome(panel.outcome - found * panel.under_programme)
    for length in periods:
        shorter = _shorter(plain, length)
        for n in areas:
            dealt = _dealt(_resized(shorter, n, rng), rng, scale, "never-treated")
            yield Plan(n, length, _smallest(dealt, wanted), scale)


@dataclass(frozen=True, slots=True)
class _Dealt:
    """Estimates without an effect and what one unit of effect adds, in each dealing."""

    nothing: Floats
    added: Floats
    scale: Scale
    smallest_p: float

    def power(self, effect: float) -> float:
        if self.smallest_p > ALPHA:
            return 0.0  # so few areas that no dealing is rare enough
        limit = np.quantile(np.abs(self.nothing), 1 - ALPHA, method="higher")
        seen = np.abs(self.nothing + effect * self.added) > limit * (1 + 1e-12)
        return float(seen.mean())


def _dealt(panel: Panel, rng: np.random.Generator, scale: Scale, comparison: Comparison) -> _Dealt:
    need_programme(panel)
    need_comparison(panel, comparison)
    form = effect_form(panel, comparison)
    found = float((form * panel.outcome).sum())
    plain = panel.outcome - found * panel.under_programme
    orders = orders_of(len(panel.units), rng, DEALINGS)
    unit = panel.under_programme.astype(np.float64)
    fewest = smallest_p(panel)
    if scale == "outcome":
        return _Dealt(redealt(form, plain, orders), np.ones(len(orders)), scale, fewest)
    # the row of starts that is dealt to an area marks which of the area's outcomes are changed
    return _Dealt(redealt(form, plain, orders), redealt(form * unit, plain, orders), scale, fewest)


def _smallest(dealt: _Dealt, wanted: float, way: float = 1.0) -> float | None:
    high = max(float(np.abs(dealt.nothing).max()), 1e-9) * 2
    size = float(np.median(np.abs(dealt.added)))
    high = high / size if size > 0 else high
    high = min(high, 1.0) if way < 0 and dealt.scale == "share" else high
    if dealt.power(way * high) < wanted:
        return None
    low = 0.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if dealt.power(way * middle) >= wanted else (middle, high)
    return way * high


def _scale(panel: Panel) -> Scale:
    return "share" if panel.is_count else "outcome"


def _shorter(panel: Panel, length: int) -> Panel:
    """The last `length` periods; a start keeps its place as a share of the course."""
    whole = len(panel.times)
    if not 2 <= length <= whole:
        raise AnswerRefused("PREV-017", n=whole, need=length)
    moved = np.clip(np.round(panel.starts * length / whole), 1, length - 1).astype(np.int64)
    starts = np.where(panel.never, NEVER, moved)
    return replace(
        panel,
        times=panel.times[-length:],
        outcome=panel.outcome[:, -length:],
        starts=starts,
        covariates={},
    )


def _resized(panel: Panel, areas: int, rng: np.random.Generator) -> Panel:
    """So many areas drawn with replacement, starts in the panel's proportion."""
    order: Ints = np.sort(panel.starts)
    at = (np.arange(areas) * len(order)) // areas
    chosen = rng.integers(len(panel.units), size=areas)
    if (order[at] == NEVER).all() or not (order[at] == NEVER).any():
        raise AnswerRefused("PREV-013", n=areas, need=2)
    return replace(
        panel,
        units=tuple(map(str, range(areas))),
        outcome=panel.outcome[chosen],
        starts=order[at],
        covariates={},
    )
