"""Weights that add up to one and meet a series best: the solver of R's synthdid 0.0.9.

Frank & Wolfe's steps as in ``synthdid::sc.weight.fw``, so that its published numbers come out; its
stopping rule leaves it near the optimum, not at it. The problem is convex, so other starts must
end near the same loss: `losses_of_starts` shows whether they do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.effects.panel import Floats

FIRST_STEPS, STEPS = 100, 10_000  # before and after the small weights are dropped; synthdid 0.0.9
DROPPED = 4  # weights under a quarter of the largest are dropped once; sparsify_function


@dataclass(frozen=True, slots=True)
class Problem:
    """Meet `b` by a convex combination of the columns of `a`.

    Attributes
    ----------
    a, b : shapes (rows, weights) and (rows,)
    penalty : zeta: the loss is ``|a w - b|² / rows + zeta² |w|²``
    stop : decrease of the root of the loss at which to stop
    """

    a: Floats
    b: Floats
    penalty: float
    stop: float

    def loss(self, weights: Floats) -> float:
        """The penalised mean squared distance."""
        gap = self.a @ weights - self.b
        return float(self.penalty**2 * (weights @ weights) + (gap @ gap) / len(self.b))


def problem(a: Floats, b: Floats, penalty: float, stop: float, *, intercept: bool) -> Problem:
    """The problem; an intercept takes every column's mean out first."""
    if intercept:
        a, b = a - a.mean(axis=0), b - b.mean()
    return Problem(a, b, penalty, stop)


def simplex_weights(of: Problem) -> Floats:
    """Shape (weights,): from equal weights, small ones dropped on the way."""
    first = descended(of, _equal(of), FIRST_STEPS)
    return descended(of, _without_small(first), STEPS)


def descended(of: Problem, start: Floats, steps: int) -> Floats:
    """Frank-Wolfe steps until the loss hardly falls any more."""
    w, eta = start, len(of.b) * of.penalty**2
    before, last = np.inf, np.inf
    for step in range(steps):
        if step >= 2 and before - last <= of.stop**2:
            break
        w = _stepped(of, w, eta)
        before, last = last, of.loss(w)
    return w


def losses_of_starts(of: Problem, starts: int, rng: np.random.Generator) -> tuple[Floats, ...]:
    """Weights from drawn starts, each as far as the steps go."""
    drawn = rng.dirichlet(np.ones(of.a.shape[1]), size=starts)
    return tuple(descended(of, start, STEPS) for start in drawn)


def _stepped(of: Problem, w: Floats, eta: float) -> Floats:
    """One step towards the corner in whose direction the loss falls fastest."""
    gap = of.a @ w - of.b
    slope = gap @ of.a + eta * w
    corner = int(np.argmin(slope))
    towards = -w.copy()
    towards[corner] += 1
    if not towards.any():
        return w
    along = of.a[:, corner] - of.a @ w
    curve = float(along @ along + eta * (towards @ towards))
    length = -float(slope @ towards) / curve if curve > 0 else 0.0
    return np.asarray(w + min(1.0, max(0.0, length)) * towards)


def _equal(of: Problem) -> Floats:
    n = of.a.shape[1]
    return np.full(n, 1 / n)


def _without_small(w: Floats) -> Floats:
    kept = np.where(w <= w.max() / DROPPED, 0.0, w)
    return np.asarray(kept / kept.sum())
