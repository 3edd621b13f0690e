"""Poisson log-linear models of capture histories, many at once, by extended maximum likelihood.

One row of a batch is one model on one table: its counts, its terms, its cells. Rows share nothing,
so a batch holds a thousand bootstrap tables under one model as well as a thousand models of one
table.

A term whose lists share nobody (``N* = 0``) has the estimate minus infinity: its cells leave the
fit and the term is dropped (Chan, Silverman & Vincent 2021, section 3). An emptied list is such a
term of one list, and so is treated as absent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.tables.cells import Bools, Floats, Ints, subset_sums, superset_sums

MOST_STEPS = 30  # Newton steps; a fit with a maximum needs fewer than ten
STEP_DONE = 1e-8  # largest change of a parameter; the error after it is its square
R_START = 0.1  # added to each count for the first weighted fit, as R's glm does
ROWS_AT_ONCE = 512  # rows of a batch; keeps the matrices in the processor's cache


@dataclass(frozen=True, slots=True)
class Reduced:
    """Models after the terms at minus infinity have left.

    Attributes
    ----------
    terms : finite terms, intercept included; shape ``(rows, 2**lists)``
    infinite : terms at minus infinity; same shape
    cells : histories that stay in the fit, the dark figure not among them; same shape
    """

    terms: Bools
    infinite: Bools
    cells: Bools


@dataclass(frozen=True, slots=True)
class Fits:
    """Fitted models, a row each.

    Attributes
    ----------
    beta : log-linear parameters by term, 0 where the model has none; shape ``(rows, 2**lists)``
    mean : fitted persons by history, 0 on cells that left the fit; same shape
    converged : Newton's steps shrank to nothing at finite parameters, which proves that the
        maximum exists; where False, ask `existence`
    """

    beta: Floats
    mean: Floats
    converged: Bools


def reduce(counts: Floats, terms: Bools) -> Reduced:
    """Finite terms, terms at minus infinity, and the cells that stay.

    Parameters
    ----------
    counts : persons by history; shape ``(rows, 2**lists)``
    terms : terms of hierarchical models, intercept included; same shape
    """
    infinite = terms & (superset_sums(counts) <= 0)
    lost = subset_sums(infinite.astype(np.float64)) > 0
    cells = ~lost
    cells[:, 0] = False
    return Reduced(terms & ~lost, terms & lost, cells)


def fit(
    counts: Floats,
    model: Reduced,
    start: Floats | None = None,
    batch: Callable[[Floats, Bools, Bools, int], Batch] | None = None,
) -> Fits:
    """Maximum likelihood by Newton's steps with halving, all rows together.

    The score of a term is ``N*[S] - M*[S]`` and the information ``M*[S | T]``, with ``M*`` the
    superset sums of the fitted means: no design matrix is ever formed.

    Parameters
    ----------
    counts : shape ``(rows, 2**lists)``
    start : parameters to begin at, same shape; without it R's first weighted fit
    batch : the likelihood to climb; the Poisson likelihood of known counts unless given
    """
    make = batch or Batch
    sizes = model.terms.sum(axis=1)
    beta, mean = np.zeros_like(counts), np.zeros_like(counts)
    converged = np.zeros(len(counts), dtype=np.bool_)
    order = np.argsort(sizes, kind="stable")
    for low in range(0, len(order), ROWS_AT_ONCE):
        rows = order[low : low + ROWS_AT_ONCE]
        part = make(counts[rows], model.terms[rows], model.cells[rows], int(sizes[rows].max()))
        first = part.first_fit() if start is None else start[rows] * model.terms[rows]
        beta[rows], mean[rows], converged[rows] = part.climb(first)
    return Fits(beta, mean, converged)


def log_likelihood(counts: Floats, mean: Floats) -> Floats:
    """Poisson log-likelihood with its constants, as R prints it; shape ``(rows,)``."""
    from scipy.special import gammaln, xlogy

    return np.asarray((xlogy(counts, mean) - mean - gammaln(counts + 1))[:, 1:].sum(axis=1))


def deviance(counts: Floats, mean: Floats) -> Floats:
    """Twice the distance to the saturated model; shape ``(rows,)``."""
    return 2 * (log_likelihood(counts, counts) - log_likelihood(counts, mean))


class Batch:
    """The arrays of one batch: parameters packed to the front, padded with idle ones.

    A likelihood that knows less than the counts overrides `_mean` (its height) and `_pull` (its
    information and score).
    """

    def __init__(self, counts: Floats, terms: Bools, cells: Bools, width: int) -> None:
        self.counts, self.cells = counts, cells
        self.index: Ints = np.argsort(~terms, axis=1, kind="stable")[:, :width]
        self.used = np.take_along_axis(terms, self.index, axis=1)
        self.sums = superset_sums(counts)

    def first_fit(self) -> Floats:
        """Weighted least squares on the logs of the counts: R's first step."""
        weight = np.where(self.cells, self.counts + R_START, 0.0)
        response = np.log(self.counts + R_START) - R_START / (self.counts + R_START)
        target = superset_sums(weight * response)
        every = np.arange(len(weight))
        return self._solve(every, superset_sums(weight), target)

    def climb(self, beta: Floats) -> tuple[Floats, Floats, Bools]:
        """Parameters, fitted persons by history, and whether the steps shrank to nothing."""
        mean, height = self._mean(np.arange(len(beta)), beta)
        done = np.zeros(len(beta), dtype=np.bool_)
        for _ in range(MOST_STEPS):
            rows = np.flatnonzero(~done)
            if not len(rows):
                break
            around, score = self._pull(rows, beta[rows], mean[rows])
            step = self._solve(rows, around, score)
            beta[rows], mean[rows], height[rows] = self._halved(
                rows, beta[rows], step, height[rows]
            )
            done[rows] = np.abs(step).max(axis=1) < STEP_DONE
        return beta, mean, done

    def _halved(
        self, rows: Ints, beta: Floats, step: Floats, height: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """The step, or half of it, or a quarter …, so that the likelihood does not fall."""
        new = beta + step
        mean, reached = self._mean(rows, new)
        slack = 1e-11 * (1 + np.abs(height))
        size = 1.0
        for _ in range(40):
            worse = np.flatnonzero(~(reached >= height - slack))
            if not len(worse):
                break
            size /= 2
            new[worse] = beta[worse] + size * step[worse]
            mean[worse], reached[worse] = self._mean(rows[worse], new[worse])
        return new, mean, reached

    def _pull(self, rows: Ints, beta: Floats, mean: Floats) -> tuple[Floats, Floats]:
        """Information, as sums around each set of lists, and score by term."""
        around = superset_sums(mean)
        return around, self.sums[rows] - around

    def _mean(self, rows: Ints, beta: Floats) -> tuple[Floats, Floats]:
        """Fitted persons by history, and the log-likelihood up to a constant."""
        eta = subset_sums(beta)
        mean = np.where(self.cells[rows], np.exp(np.clip(eta, -300.0, 300.0)), 0.0)
        return mean, (self.counts[rows] * eta - mean).sum(axis=1)

    def _solve(self, rows: Ints, around: Floats, target: Floats) -> Floats:
        """Parameters (by term) that solve information x parameters = target."""
        index, used = self.index[rows], self.used[rows]
        joined = (index[:, :, None] | index[:, None, :]).reshape(len(rows), -1)
        matrix = np.take_along_axis(around, joined, axis=1).reshape(*index.shape, -1)
        matrix = matrix * (used[:, :, None] & used[:, None, :])
        diagonal = np.einsum("bii->bi", matrix)
        diagonal += np.where(used, 1e-14 * diagonal + 1e-290, 1.0)
        packed = _solved(matrix, np.take_along_axis(target, index, axis=1) * used)
        solution = np.zeros_like(around)
        np.put_along_axis(solution, index, packed * used, axis=1)
        return solution


def _solved(matrix: Floats, target: Floats) -> Floats:
    try:
        answer = np.linalg.solve(matrix, target[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        answer = np.stack(
            [np.linalg.lstsq(m, t, rcond=None)[0] for m, t in zip(matrix, target, strict=True)]
        )
    return np.where(np.isfinite(answer), answer, 0.0)
