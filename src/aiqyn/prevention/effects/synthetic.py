"""Synthetic control and synthetic difference in differences, with their placebos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects import predictor_weights as by_predictors
from aiqyn.prevention.effects.panel import Floats, Panel
from aiqyn.prevention.effects.predictor_weights import Matched, Predictor
from aiqyn.prevention.effects.results import Effect, PathPoint, Placebo
from aiqyn.prevention.effects.simplex_weights import losses_of_starts, simplex_weights
from aiqyn.prevention.effects.synthetic_weights import (
    Block,
    Fitted,
    did_penalty,
    difference_in_differences,
    fitted,
    outcomes_only,
    unit_problem,
    with_weights,
)

FEWEST_DONORS = 2
FEWEST_BEFORE = 2  # periods; one more for a placebo in time
OTHER_STARTS = 7  # of the solver, drawn; sdid
PLACEBO_STARTS = 2  # starts of the predictor problem in each placebo
MANY_TREATED_DRAWS = 200  # placebo groups where more than one area is treated
SHOWN_WEIGHT = 1e-4

Areas = Sequence[int]
Method = Callable[[Panel, Areas, Areas, int], Fitted]  # treated, donors, start -> fit


@dataclass(frozen=True, slots=True)
class Synthetic:
    """The comparison, its effect and what the same sum gives elsewhere.

    Attributes
    ----------
    weights : donor -> share, shares below 1 in 10,000 left out
    loss : mean squared distance over the fitted periods
    placebos : each donor in the treated area's place; `fit` is its loss before the start
    in_time : the start moved to two thirds of the past; None where the past is too short
    without : donor -> effect when it is left out
    matched : predictors and starts; None where outcomes alone were used
    others : sdid, the same answer from other starts of the solver
    """

    effect: Effect
    weights: dict[str, float]
    loss: float
    path: tuple[PathPoint, ...]
    placebos: tuple[Placebo, ...]
    in_time: Placebo | None
    without: dict[str, float]
    matched: Matched | None = None
    others: tuple[OtherStart, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherStart:
    """Where the solver ended from another start: its loss, and the effect with those weights."""

    loss: float
    effect: float


def synthetic_did(panel: Panel, rng: np.random.Generator) -> Synthetic:
    """Synthetic difference in differences (Arkhangelsky et al. 2021); placebo standard error."""
    found = _evaluated(panel, lambda *a: difference_in_differences(_block(*a)), rng)
    return replace(found, others=_other_starts(_block(panel, *sides(panel)), rng))


def _other_starts(block: Block, rng: np.random.Generator) -> tuple[OtherStart, ...]:
    """The first is the plain one, from equal weights; the others are drawn."""
    task = unit_problem(block, did_penalty(block), intercept=True)
    ends = (simplex_weights(task), *losses_of_starts(task, OTHER_STARTS, rng))
    return tuple(OtherStart(task.loss(w), with_weights(block, w).effect) for w in ends)


def synthetic_did_value(panel: Panel) -> float:
    """The effect alone, without its placebos."""
    return difference_in_differences(_block(panel, *sides(panel))).effect


def synthetic_control(
    panel: Panel,
    rng: np.random.Generator,
    *,
    predictors: Sequence[Predictor] = (),
    fit_times: Sequence[str] = (),
    starts: int = by_predictors.STARTS,
) -> Synthetic:
    """Synthetic control: outcomes alone, or predictors weighted from several starts.

    Parameters
    ----------
    predictors : what areas are matched on; none means every outcome before the start
    fit_times : periods over which V is chosen; none means every period before the start
    starts : of the search for V

    Raises
    ------
    AnswerRefused (PREV-013) fewer than two donors, (PREV-019) starts that differ.
    """
    if not predictors:
        return _evaluated(panel, lambda *a: outcomes_only(_block(*a)), rng)
    treated, donors, start = sides(panel)
    best = _match(panel, treated, donors, start, predictors, fit_times, rng, starts)

    def method(whole: Panel, t: Areas, d: Areas, s: int) -> Fitted:
        same = (t, d, s) == (treated, donors, start)
        found = best if same else _match(whole, t, d, s, predictors, fit_times, rng, PLACEBO_STARTS)
        block = _block(whole, t, d, s)
        return fitted(block, found.weights, block.donors @ found.weights)

    return _evaluated(panel, method, rng, best)


def sides(panel: Panel) -> tuple[list[int], list[int], int]:
    """Treated areas, donors, and the place of the one start.

    Raises
    ------
    AnswerRefused (PREV-013) fewer than two donors, (PREV-019) starts that differ, (PREV-017) too
    few periods before.
    """
    treated, donors = np.flatnonzero(~panel.never), np.flatnonzero(panel.never)
    if len(donors) < FEWEST_DONORS:
        raise AnswerRefused("PREV-013", n=len(donors), need=FEWEST_DONORS)
    starts = np.unique(panel.starts[treated])
    if len(starts) > 1:
        raise AnswerRefused("PREV-019", n=len(starts))
    if starts[0] < FEWEST_BEFORE:
        raise AnswerRefused("PREV-017", n=int(starts[0]), need=FEWEST_BEFORE)
    return treated.tolist(), donors.tolist(), int(starts[0])


def _evaluated(
    panel: Panel, method: Method, rng: np.random.Generator, found: Matched | None = None
) -> Synthetic:
    treated, donors, start = sides(panel)
    fit = method(panel, treated, donors, start)
    placebos = _in_space(panel, method, treated, donors, start, rng)
    told = panel.outcome[treated].mean(axis=0)
    return Synthetic(
        _effect(panel, fit, placebos),
        {
            panel.units[d]: float(w)
            for d, w in zip(donors, fit.weights, strict=True)
            if w >= SHOWN_WEIGHT
        },
        found.loss if found else fit.loss,
        tuple(PathPoint(*p) for p in zip(panel.times, told, fit.comparison, strict=True)),
        placebos,
        _in_time(panel, method, treated, donors, start),
        _leave_one_out(panel, method, fit, treated, donors, start),
        found,
    )


def _block(panel: Panel, treated: Areas, donors: Areas, start: int) -> Block:
    series = panel.outcome[list(treated)].mean(axis=0)
    return Block(series, panel.outcome[list(donors)].T, start, len(treated))


def _match(
    panel: Panel,
    treated: Areas,
    donors: Areas,
    start: int,
    predictors: Sequence[Predictor],
    fit_times: Sequence[str],
    rng: np.random.Generator,
    starts: int,
) -> Matched:
    before = [p for p in range(start) if not fit_times or panel.times[p] in fit_times]
    table = by_predictors.averages(panel, predictors, start)
    names = [p.name for p in predictors]
    return by_predictors.matched(
        _first(table, treated, donors),
        _first(panel.outcome[:, before].T, treated, donors),
        names,
        rng,
        starts=starts,
    )


def _first(rows: Floats, treated: Areas, donors: Areas) -> Floats:
    """The treated areas' mean as first column, then the donors."""
    return np.column_stack([rows[:, list(treated)].mean(axis=1), rows[:, list(donors)]])


def _in_space(
    panel: Panel,
    method: Method,
    treated: Areas,
    donors: Areas,
    start: int,
    rng: np.random.Generator,
) -> tuple[Placebo, ...]:
    """Each donor, or drawn groups as large as the treated one, in the treated areas' place."""
    size = len(treated)
    if len(donors) - size < FEWEST_DONORS:
        return ()
    groups = _groups(donors, size, rng)
    fits = [(g, method(panel, g, [d for d in donors if d not in g], start)) for g in groups]
    return tuple(Placebo(", ".join(panel.units[i] for i in g), f.effect, f.loss) for g, f in fits)


def _groups(donors: Areas, size: int, rng: np.random.Generator) -> list[list[int]]:
    """Every group of donors of that size where there are few, else some drawn by lot."""
    if comb(len(donors), size) <= MANY_TREATED_DRAWS:
        return [list(group) for group in combinations(donors, size)]
    return [rng.choice(donors, size, replace=False).tolist() for _ in range(MANY_TREATED_DRAWS)]


def _in_time(
    panel: Panel, method: Method, treated: Areas, donors: Areas, start: int
) -> Placebo | None:
    moved = round(start * 2 / 3)
    if moved < FEWEST_BEFORE or moved == start:
        return None
    fit = method(panel.until(start), treated, donors, moved)
    return Placebo(panel.times[moved], fit.effect, fit.loss)


def _leave_one_out(
    panel: Panel, method: Method, fit: Fitted, treated: Areas, donors: Areas, start: int
) -> dict[str, float]:
    used = [d for d, w in zip(donors, fit.weights, strict=True) if w >= 0.01]
    rest = {d: [x for x in donors if x != d] for d in used if len(donors) > FEWEST_DONORS}
    return {panel.units[d]: method(panel, treated, r, start).effect for d, r in rest.items()}


def _effect(panel: Panel, fit: Fitted, placebos: tuple[Placebo, ...]) -> Effect:
    """Interval from the placebos' standard deviation (Arkhangelsky et al. 2021, algorithm 4)."""
    from scipy.stats import t

    under = panel.under_programme
    without = float(panel.outcome[under].mean()) - fit.effect
    if len(placebos) < FEWEST_DONORS:
        return Effect(fit.effect, None, None, None, "placebos", without, int(under.sum()))
    drawn = np.array([p.effect for p in placebos])
    se = float(drawn.std(ddof=1))
    reach = float(t.ppf(0.975, len(np.flatnonzero(panel.never)) - 1)) * se
    p = float((1 + (np.abs(drawn) >= abs(fit.effect)).sum()) / (1 + len(drawn)))
    return Effect(
        fit.effect,
        se,
        fit.effect - reach,
        fit.effect + reach,
        "placebos",
        without,
        int(under.sum()),
        p,
    )
