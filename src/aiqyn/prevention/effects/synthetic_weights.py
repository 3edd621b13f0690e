"""Weights of the areas that stand for the treated one: a convex combination that fits its past."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.effects.panel import Floats
from aiqyn.prevention.effects.simplex_weights import Problem, problem, simplex_weights

STOP = 1e-5  # decrease, in standard deviations of the noise, at which synthdid's solver stops
NEARLY_NO_PENALTY = 1e-6  # of the noise; synthdid 0.0.9, sc_estimate


@dataclass(frozen=True, slots=True)
class Block:
    """One treated series and its donors, before and after the start.

    Attributes
    ----------
    treated : shape (times,), mean over the treated areas
    donors : shape (times, donors)
    start : place of the first treated period
    areas : treated areas in the mean
    """

    treated: Floats
    donors: Floats
    start: int
    areas: int = 1

    @property
    def noise(self) -> float:
        """Standard deviation of the donors' changes before the start (Arkhangelsky eq. 2.3)."""
        return float(np.diff(self.donors[: self.start], axis=0).std(ddof=1))

    @property
    def after(self) -> int:
        """Treated periods."""
        return len(self.treated) - self.start


@dataclass(frozen=True, slots=True)
class Fitted:
    """Effect and weights of one block.

    Attributes
    ----------
    effect : outcome's unit, mean over the treated periods
    weights : shape (donors,), sum 1
    comparison : shape (times,): what would have been
    loss : mean squared distance over the periods that were fitted
    """

    effect: float
    weights: Floats
    comparison: Floats
    loss: float


def outcomes_only(block: Block) -> Fitted:
    """Synthetic control on the outcomes before the start, without intercept.

    The problem and the solver of ``synthdid::sc_estimate`` 0.0.9: its published numbers come out.
    """
    penalty = NEARLY_NO_PENALTY * block.noise
    weights = simplex_weights(unit_problem(block, penalty, intercept=False))
    return fitted(block, weights, block.donors @ weights)


def difference_in_differences(block: Block) -> Fitted:
    """Synthetic difference in differences (Arkhangelsky et al. 2021).

    Algorithm 1 of Am. Econ. Rev. 111, 4088-4118.
    """
    weights = simplex_weights(unit_problem(block, did_penalty(block), intercept=True))
    return with_weights(block, weights)


def fitted(block: Block, weights: Floats, comparison: Floats) -> Fitted:
    """Effect and loss of a comparison series."""
    gap = block.treated - comparison
    loss = float((gap[: block.start] ** 2).mean())
    return Fitted(float(gap[block.start :].mean()), weights, comparison, loss)


def unit_problem(block: Block, penalty: float, *, intercept: bool) -> Problem:
    """Donors' weights: meet the treated series before the start."""
    before = block.donors[: block.start], block.treated[: block.start]
    return problem(*before, penalty, _stop(block), intercept=intercept)


def did_penalty(block: Block) -> float:
    """The ridge of synthetic difference in differences; Arkhangelsky et al. 2021, eq. 2.2."""
    return float((block.areas * block.after) ** 0.25 * block.noise)


def with_weights(block: Block, weights: Floats) -> Fitted:
    """The answer of synthetic difference in differences for given donors' weights."""
    series = block.donors @ weights
    level = float(_time_weights(block) @ (block.treated - series)[: block.start])
    return fitted(block, weights, series + level)


def _time_weights(block: Block) -> Floats:
    """Periods before the start that stand for those after it, in the donors."""
    before, after = block.donors[: block.start].T, block.donors[block.start :].mean(axis=0)
    penalty = NEARLY_NO_PENALTY * block.noise
    return simplex_weights(problem(before, after, penalty, _stop(block), intercept=True))


def _stop(block: Block) -> float:
    return STOP * block.noise if math.isfinite(block.noise) and block.noise > 0 else STOP
