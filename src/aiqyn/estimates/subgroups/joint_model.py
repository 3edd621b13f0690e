"""One log-linear model for all strata: common pairs, each stratum's own list effects.

In stratum `s` the number of persons with history `c` (a set of lists) is Poisson with

    log mean[s, c] = alpha[s] + sum over lists j in c of (mu[j] + u[s, j])
                              + sum over pairs ij in c of gamma[ij]
    u[s, j] = level * a[s] + mix * b[s, j],     a, b independent standard normal

`alpha` is free; integrated out it leaves the multinomial likelihood of the histories in each
stratum, and persons on no list are `n[s] / Z[s]` with `Z[s]` the sum of ``exp(eta)`` over the
histories on a list. `level` and `mix` are standard deviations of log odds: strata differ in how
much is found at all, and in which lists find it. A pair at minus infinity takes its histories out
of every stratum.

References
----------
Gelman & Hill (2007), Data Analysis Using Regression and Multilevel/Hierarchical Models, ch. 12-14;
Breslow & Clayton (1993), J. Am. Stat. Assoc. 88, 9-25, section 2 (penalised likelihood).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.log_linear.fitting import reduce
from aiqyn.estimates.tables.cells import Bools, Floats, main_masks

MOST_STEPS = 100
STEP_DONE = 1e-7
LONGEST_STEP = 2.0  # of a parameter in one Newton step, log odds


@dataclass(frozen=True, slots=True)
class Strata:
    """Tables of strata, each row of the batch with a model of its own.

    Attributes
    ----------
    features : histories by parameters, 1 where the history holds the term; ``(2**lists - 1, d)``
    lists : of the `d` parameters the first so many are lists, the others pairs
    cells : histories that stay in the fit; shape ``(rows, 2**lists - 1)``
    active : parameters that are finite; shape ``(rows, d)``
    persons : persons in those histories; shape ``(rows, strata)``
    totals : persons around each parameter; shape ``(rows, strata, d)``
    """

    features: Floats
    lists: int
    cells: Bools
    active: Bools
    persons: Floats
    totals: Floats

    def rows(self, which: slice) -> Strata:
        """Some rows of the batch."""
        cells, active = self.cells[which], self.active[which]
        persons, totals = self.persons[which], self.totals[which]
        return Strata(self.features, self.lists, cells, active, persons, totals)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parameters stand, a row each.

    Attributes
    ----------
    beta : list effects `mu`, then pairs `gamma`; shape ``(rows, d)``
    v : `a`, then `b`, of each stratum; shape ``(rows, strata, 1 + lists)``
    sd : `level` and `mix`; shape ``(rows, 2)``
    """

    beta: Floats
    v: Floats
    sd: Floats

    @property
    def u(self) -> Floats:
        """Deviation of each stratum's list effects; shape ``(rows, strata, lists)``."""
        level, mix = self.sd[:, None, None, 0], self.sd[:, None, None, 1]
        return np.asarray(level * self.v[..., :1] + mix * self.v[..., 1:])

    def log_rates(self, strata: Strata) -> Floats:
        """``eta`` of each history on a list, minus infinity off the fit."""
        coefficients = np.repeat(self.beta[:, None], self.v.shape[1], axis=1)
        coefficients[..., : strata.lists] += self.u
        eta = coefficients @ strata.features.T
        return np.where(strata.cells[:, None, :], eta, -np.inf)


@dataclass(frozen=True, slots=True)
class Curvature:
    """Information at a place, random effects and common parameters apart.

    Attributes
    ----------
    inner : of `v`, the prior's identity in it; shape ``(rows, strata, q, q)``
    across : ``inner^-1`` times the block between `v` and `beta`; shape ``(rows, strata, q, d)``
    outer : of `beta` with `v` profiled out; shape ``(rows, d, d)``
    """

    inner: Floats
    across: Floats
    outer: Floats


def strata_of(counts: Floats, terms: Bools) -> Strata:
    """The batch of tables under their models.

    Parameters
    ----------
    counts : persons by history; shape ``(rows, strata, 2**lists)``
    terms : terms of each row's model, intercept included; shape ``(rows, 2**lists)``
    """
    model = reduce(counts.sum(axis=1), terms)
    lists = (counts.shape[-1] - 1).bit_length()
    finite = model.terms.any(axis=0)
    pairs = [m for m in np.flatnonzero(finite) if int(m).bit_count() > 1]
    masks = np.array([*main_masks(lists), *pairs])
    histories = np.arange(1, counts.shape[-1])
    features = ((histories[:, None] & masks) == masks).astype(np.float64)
    kept = np.where(model.cells[:, None, 1:], counts[..., 1:], 0.0)
    active = model.terms[:, masks]
    return Strata(features, lists, model.cells[:, 1:], active, kept.sum(-1), kept @ features)


def beginning(strata: Strata, sd: Floats | None = None) -> Place:
    """Everybody alike and the lists independent: where the climb begins."""
    rows, groups = strata.persons.shape
    totals = np.maximum(strata.totals.sum(axis=1)[:, : strata.lists], 0.5)
    others = np.maximum(strata.persons.sum(axis=1)[:, None] - totals, 0.5)
    beta = np.zeros(strata.active.shape)
    beta[:, : strata.lists] = np.log(totals / others) - 0.5
    start = np.full((rows, 2), 0.3) if sd is None else sd
    return Place(beta * strata.active, np.zeros((rows, groups, strata.lists + 1)), start)


def newton(strata: Strata, at: Place, *, move_beta: bool = True) -> tuple[Place, Floats, Curvature]:
    """One step of penalised likelihood; the new place, the largest move, the old curvature."""
    gradient, information = _derivatives(strata, at)
    loading, lists = _loading(at.sd, strata.lists), strata.lists
    pull = np.einsum("rjq,rsj->rsq", loading, gradient[..., :lists]) - at.v
    toward = np.einsum("rjq,rsjd->rsqd", loading, information[..., :lists, :])
    inner = np.einsum("rsqj,rjk->rsqk", toward[..., :lists], loading)
    inner += np.eye(inner.shape[-1])
    solved = np.linalg.solve(inner, np.concatenate([toward, pull[..., None]], axis=-1))
    across, own = solved[..., :-1], solved[..., -1]
    outer = information.sum(axis=1) - np.einsum("rsqd,rsqe->rde", toward, across)
    outer = _idle(outer, strata.active)
    step_beta = np.zeros_like(at.beta)
    if move_beta:
        score = gradient.sum(axis=1) - np.einsum("rsqd,rsq->rd", toward, own)
        step_beta = np.linalg.solve(outer, (score * strata.active)[..., None])[..., 0]
    step_v = own - np.einsum("rsqd,rd->rsq", across, step_beta)
    place, size = _stepped(strata, at, step_beta, step_v)
    return place, size, Curvature(inner, across, outer)


def dark_rates(strata: Strata, at: Place) -> Floats:
    """Persons on no list for each person on a list, ``1 / Z``; shape ``(rows, strata)``."""
    eta = at.log_rates(strata)
    top = eta.max(axis=-1, keepdims=True)
    rates: Floats = np.exp(-top[..., 0]) / np.exp(eta - top).sum(axis=-1)
    return rates


def shares(strata: Strata, at: Place) -> Floats:
    """Probability of each history for a person on a list; shape ``(rows, strata, histories)``."""
    eta = at.log_rates(strata)
    raised = np.exp(eta - eta.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def height(strata: Strata, at: Place) -> Floats:
    """Penalised log-likelihood without its constants; shape ``(rows,)``."""
    eta = at.log_rates(strata)
    top = eta.max(axis=-1)
    log_z = top + np.log(np.exp(eta - top[..., None]).sum(axis=-1))
    fitted = np.einsum("rsd,rd->r", strata.totals, at.beta)
    fitted = fitted + (strata.totals[..., : strata.lists] * at.u).sum(axis=(1, 2))
    return np.asarray(fitted - (strata.persons * log_z).sum(1) - (at.v**2).sum((1, 2)) / 2)


def _derivatives(strata: Strata, at: Place) -> tuple[Floats, Floats]:
    """Score and information of each stratum; ``(rows, strata, d)`` and ``(…, d, d)``."""
    share, x = shares(strata, at), strata.features
    mean = share @ x
    squares = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    second = (share @ squares).reshape(*mean.shape, -1)
    n = strata.persons[..., None]
    gradient = strata.totals - n * mean
    information = n[..., None] * (second - mean[..., :, None] * mean[..., None, :])
    live = strata.active.astype(np.float64)
    return gradient * live[:, None], information * (live[:, :, None] * live[:, None, :])[:, None]


def _loading(sd: Floats, lists: int) -> Floats:
    """How `v` moves the list effects; shape ``(rows, lists, 1 + lists)``."""
    found = np.zeros((len(sd), lists, lists + 1))
    found[:, :, 0] = sd[:, :1]
    found[:, np.arange(lists), 1 + np.arange(lists)] = sd[:, 1:]
    return found


def _idle(matrix: Floats, active: Bools) -> Floats:
    """One on the diagonal of parameters that a row does not have."""
    held = active[:, :, None] & active[:, None, :]
    ridge = np.where(active, 1e-10, 1.0)
    return np.asarray(np.where(held, matrix, 0.0) + ridge[:, :, None] * np.eye(matrix.shape[-1]))


def _stepped(strata: Strata, at: Place, step_beta: Floats, step_v: Floats) -> tuple[Place, Floats]:
    """The step, cut where it is long and halved where the likelihood would fall."""
    longest = np.maximum(np.abs(step_beta).max(axis=1), np.abs(step_v).max(axis=(1, 2)))
    size = np.minimum(1.0, LONGEST_STEP / np.maximum(longest, 1e-300))
    before = height(strata, at)
    for _ in range(6):
        beta = at.beta + size[:, None] * step_beta
        place = Place(beta, at.v + size[:, None, None] * step_v, at.sd)
        worse = ~(height(strata, place) >= before - 1e-9 * (1 + np.abs(before)))
        if not worse.any():
            break
        size = np.where(worse, size / 2, size)
    return place, longest
