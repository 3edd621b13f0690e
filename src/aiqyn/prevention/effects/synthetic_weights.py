"""Weights of the areas that stand for the treated one: a convex combination that fits its past."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.effects.effects_library import part
from aiqyn.prevention.effects.panel import Floats

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

    The problem and the solver of ``synthdid::sc_estimate`` 0.0.9 (Frank-Wolfe), so its published
    numbers come out; the exact optimum lies within the solver's stopping rule.
    """
    weights = _unit_weights(block, NEARLY_NO_PENALTY * block.noise, intercept=False)
    return fitted(block, weights, block.donors @ weights)


def difference_in_differences(block: Block) -> Fitted:
    """Synthetic difference in differences (Arkhangelsky et al. 2021).

    Algorithm 1 of Am. Econ. Rev. 111, 4088-4118.
    """
    penalty = (block.areas * block.after) ** 0.25 * block.noise
    weights = _unit_weights(block, penalty, intercept=True)
    lambdas = _time_weights(block)
    series = block.donors @ weights
    level = float(lambdas @ (block.treated - series)[: block.start])
    return fitted(block, weights, series + level)


def fitted(block: Block, weights: Floats, comparison: Floats) -> Fitted:
    """Effect and loss of a comparison series."""
    gap = block.treated - comparison
    loss = float((gap[: block.start] ** 2).mean())
    return Fitted(float(gap[block.start :].mean()), weights, comparison, loss)


def _unit_weights(block: Block, penalty: float, *, intercept: bool) -> Floats:
    found = part("diff_diff.utils").compute_sdid_unit_weights(
        block.donors[: block.start],
        block.treated[: block.start],
        penalty,
        intercept=intercept,
        min_decrease=_stop(block),
    )
    return np.asarray(found, dtype=np.float64)


def _time_weights(block: Block) -> Floats:
    found = part("diff_diff.utils").compute_time_weights(
        block.donors[: block.start],
        block.donors[block.start :],
        NEARLY_NO_PENALTY * block.noise,
        min_decrease=_stop(block),
    )
    return np.asarray(found, dtype=np.float64)


def _stop(block: Block) -> float:
    return STOP * block.noise if math.isfinite(block.noise) and block.noise > 0 else STOP
