"""Gibbs draws of the latent class model of capture histories, many chains at once.

Person `i` belongs to class ``z_i = k`` with probability ``pi_k`` and is on list `j` with
probability ``lambda_jk``, independently of the other lists. The classes come from a Dirichlet
process whose sticks are cut at `K`: ``pi_k = V_k (1 - V_1) … (1 - V_{k-1})``,
``V_k ~ Beta(1, alpha)``, ``V_K = 1``, ``alpha ~ Gamma(a, b)``, ``lambda_jk ~ Uniform(0, 1)``,
``p(N) = 1 / N``.

Manrique-Vallier (2016), Biometrics 72, 1246-1254, sections 3-4. Persons with one history are
alike, so a history is split over the classes by one multinomial draw. Two steps are not the
paper's; they leave the posterior as it is and let the chains mix many times faster. Neighbouring
classes change places (Papaspiliopoulos & Roberts 2008, Biometrika 95, 169-186, section 3.4; here
without the sticks). `alpha` is drawn without the sticks behind the last class that holds anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.estimates.tables.cells import Floats, Ints, members

MOST_HIDDEN = 1e10  # persons; more than the Earth holds, so no chain need go farther
STARTS = (0.2, 20.0)  # the chains begin with a dark figure of so many times the persons observed


@dataclass(frozen=True, slots=True)
class Prior:
    """How many classes there may be.

    Attributes
    ----------
    classes : most classes, `K`
    alpha_shape, alpha_rate : of the Gamma prior of `alpha`; small values favour few classes
    """

    classes: int
    alpha_shape: float
    alpha_rate: float


@dataclass(frozen=True, slots=True)
class Histories:
    """The observed histories.

    Attributes
    ----------
    listed : 1 where the history holds the list, no list first; shape ``(1 + histories, lists)``
    persons : of each history observed; shape ``(histories,)``
    """

    listed: Floats
    persons: Ints


@dataclass(frozen=True, slots=True)
class State:
    """Where the chains stand.

    Attributes
    ----------
    log_share : log ``pi``; shape ``(chains, classes)``
    log_on, log_off : log ``lambda`` and log ``1 - lambda``; shape ``(chains, classes, lists)``
    alpha : shape ``(chains,)``
    hidden : persons on no list; shape ``(chains,)``
    """

    log_share: Floats
    log_on: Floats
    log_off: Floats
    alpha: Floats
    hidden: Ints


def histories(counts: NDArray[np.generic], lists: int) -> Histories:
    """The table as the sampler takes it.

    Parameters
    ----------
    counts : persons by history; shape ``(2**lists,)``
    """
    seen = [int(h) for h in np.flatnonzero(counts)]
    listed = np.zeros((1 + len(seen), lists))
    for row, history in enumerate(seen, start=1):
        listed[row, list(members(history))] = 1.0
    return Histories(listed, counts[seen].astype(np.int64))


def start(table: Histories, prior: Prior, chains: int, rng: np.random.Generator) -> State:
    """Chains far apart: from one class to all of them, and dark figures a hundredfold apart."""
    shape = (chains, prior.classes, table.listed.shape[1])
    log_on, log_off = _log_beta(rng, np.ones(shape), np.ones(shape))
    shares = np.zeros((chains, prior.classes))
    for chain in range(chains):
        used = 1 + chain % prior.classes
        shares[chain, :used] = rng.dirichlet(np.ones(used))
    log_share = np.log(shares, out=np.full_like(shares, -np.inf), where=shares > 0)
    low, high = np.log(np.array(STARTS) * table.persons.sum())
    hidden = np.exp(rng.uniform(low, high, chains)).astype(np.int64)
    return State(log_share, log_on, log_off, np.ones(chains), hidden)


def advance(
    state: State, table: Histories, prior: Prior, sweeps: int, rng: np.random.Generator
) -> tuple[State, Ints]:
    """The chains after so many sweeps, and the persons on no list at each; ``(chains, sweeps)``."""
    hidden = np.empty((sweeps, len(state.alpha)), dtype=np.int64)
    for sweep in range(sweeps):
        persons = _split(state, table, rng)
        held, on = persons.sum(axis=1), np.swapaxes(persons, 1, 2) @ table.listed
        held, on = _change_places(held, on, state.alpha, rng)
        log_on, log_off = _log_beta(rng, 1 + on, 1 + held[:, :, None] - on)
        log_share, alpha = _shares(held, state.alpha, prior, rng)
        hidden[sweep] = _hidden(log_share, log_off, int(table.persons.sum()), rng)
        state = State(log_share, log_on, log_off, alpha, hidden[sweep])
    return state, hidden.T


def _split(state: State, table: Histories, rng: np.random.Generator) -> Ints:
    """Persons of each history in each class; ``(chains, 1 + histories, classes)``."""
    odds, unlisted = state.log_on - state.log_off, state.log_off.sum(axis=2)
    log = table.listed @ np.swapaxes(odds, 1, 2) + (unlisted + state.log_share)[:, None, :]
    chance = np.exp(log - log.max(axis=2, keepdims=True))
    chance /= chance.sum(axis=2, keepdims=True)
    seen = np.broadcast_to(table.persons, (len(state.hidden), len(table.persons)))
    persons: Ints = rng.multinomial(np.column_stack([state.hidden, seen]), chance)
    return persons


def _change_places(
    held: Ints, on: Floats, alpha: Floats, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    """Neighbouring classes swapped so that the order stays that of the sticks, sticks left out.

    Without the sticks an order has the probability ``prod 1 / (alpha + persons behind k)``, the
    last stick apart, so that one swap of `k` with the next changes a single factor.
    """
    classes = held.shape[1]
    for first in (0, 1):
        left = np.arange(first, classes - 2, 2)
        behind = _behind(held)[:, left + 1] + alpha[:, None]
        now, then = behind + held[:, left + 1], behind + held[:, left]
        moved = rng.random(now.shape) * then < now
        order = np.tile(np.arange(classes), (len(held), 1))
        order[:, left] += moved
        order[:, left + 1] -= moved
        held = np.take_along_axis(held, order, axis=1)
        on = np.take_along_axis(on, order[:, :, None], axis=1)
    return held, on


def _shares(
    held: Ints, alpha: Floats, prior: Prior, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Log shares of the classes, and `alpha`, given the persons in each class."""
    behind = _behind(held)[:, :-1]
    used = held[:, :-1] + behind > 0  # sticks up to the last class that holds anybody
    log_stick, log_rest = _log_beta(rng, np.add(1.0, held[:, :-1]), alpha[:, None] + behind)
    rate = prior.alpha_rate - (log_rest * used).sum(axis=1)
    alpha = rng.standard_gamma(prior.alpha_shape + used.sum(axis=1)) / rate
    free = np.broadcast_to(alpha[:, None], used.shape)
    new_stick, new_rest = _log_beta(rng, np.ones(used.shape), free)
    log_stick, log_rest = np.where(used, log_stick, new_stick), np.where(used, log_rest, new_rest)
    log_share = np.zeros(held.shape)
    log_share[:, :-1] = log_stick
    log_share[:, 1:] += log_rest.cumsum(axis=1)
    return log_share, alpha


def _hidden(log_share: Floats, log_off: Floats, seen: int, rng: np.random.Generator) -> Ints:
    """Persons on no list: negative binomial, drawn as Poisson with a Gamma mean."""
    unlisted = log_off.sum(axis=2)
    missed = np.exp(log_share + unlisted).sum(axis=1)
    caught = (np.exp(log_share) * -np.expm1(unlisted)).sum(axis=1)
    mean = rng.standard_gamma(seen, len(missed)) * missed / caught
    persons: Ints = rng.poisson(np.minimum(mean, MOST_HIDDEN))
    return persons


def _behind(held: Ints) -> Ints:
    """Persons in the classes after each."""
    return np.asarray(held[:, ::-1].cumsum(axis=1)[:, ::-1] - held)


def _log_beta(rng: np.random.Generator, a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Log of a Beta draw and of its complement; exact where the draw itself would be 0 or 1."""
    log_a, log_b = _log_gamma(rng, a), _log_gamma(rng, b)
    total = np.logaddexp(log_a, log_b)
    return log_a - total, log_b - total


def _log_gamma(rng: np.random.Generator, shape: Floats) -> Floats:
    """Log of a Gamma draw: ``G(s) = G(s + 1) U^(1 / s)``, for a small `s` would give 0."""
    log: Floats = (
        np.log(rng.standard_gamma(shape + 1)) - rng.standard_exponential(shape.shape) / shape
    )
    return log
