"""Persons on no list in each stratum, drawn again and again with all that is uncertain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.intervals.bca import LEVELS, Correction, bca_interval
from aiqyn.estimates.results import Interval
from aiqyn.estimates.subgroups.joint_model import Place, Strata, dark_rates, shares, strata_of
from aiqyn.estimates.subgroups.pooling import JointFit, effects_given, joint_fit
from aiqyn.estimates.tables.cells import Bools, Floats

PERCENTILE = Correction(z0=0.0, acceleration=0.0, ties=0)


def dark_draws(
    counts: Floats, models: Bools, rng: np.random.Generator, *, free_level: bool = False
) -> Floats:
    """Draws of the persons on no list, those of one row belonging together.

    Parameters
    ----------
    counts : persons by history; shape ``(strata, 2**lists)``
    models : terms of the model of each draw; shape ``(draws, 2**lists)``
    free_level : how much is found is each stratum's own; invented strata then keep what was fitted

    Returns
    -------
    Shape ``(draws, strata)``; a row is infinite where its refit has no maximum.

    Notes
    -----
    Laird & Louis (1987, J. Am. Stat. Assoc. 82, 739-750), the type III parametric bootstrap. For
    each draw: (1) strata are invented from the fitted joint model, tables of as many persons drawn
    from them and the model refitted, deviations and all; (2) given these common parameters the
    effects of each real stratum are drawn from their normal posterior around its own data; (3) the
    persons on no list are negative binomial given the persons on one, as a Poisson number is
    whose mean is known from `n` of the same kind. So a stratum's own data, its kinship with the
    others and the doubt about that kinship are all in the draw.
    """
    fitted = _fitted(counts, models, free_level)
    tables = _tables(fitted, counts, rng, free_level)
    again = strata_of(tables, models)
    common = joint_fit(again, _again(fitted.place), free_level=free_level)
    real = _real(counts, again)
    near = effects_given(real, common.place)
    drawn = _scattered(near, rng)
    rates = dark_rates(real, drawn)
    persons = np.maximum(real.persons, 0.5)
    dark = rng.negative_binomial(persons, 1 / (1 + rates)).astype(np.float64)
    dark[~(common.converged & near.converged)] = np.inf
    return dark


def percentile_intervals(totals: Floats) -> tuple[Interval, ...]:
    """95 % and 80 % between quantiles of the draws; shape of `totals` ``(draws,)``."""
    return tuple(bca_interval(totals, PERCENTILE, level) for level in LEVELS)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The joint fit of each draw's model to the table itself."""

    strata: Strata
    place: Place


def _fitted(counts: Floats, models: Bools, free_level: bool) -> _Fitted:
    """Each distinct model is fitted once."""
    distinct, which = np.unique(models, axis=0, return_inverse=True)
    which = which.reshape(-1)
    strata = strata_of(np.repeat(counts[None], len(distinct), axis=0), distinct)
    place = joint_fit(strata, free_level=free_level).place
    spread = Strata(
        strata.features,
        strata.lists,
        strata.cells[which],
        strata.active[which],
        strata.persons[which],
        strata.totals[which],
    )
    return _Fitted(spread, Place(place.beta[which], place.v[which], place.sd[which]))


def _tables(fitted: _Fitted, counts: Floats, rng: np.random.Generator, free_level: bool) -> Floats:
    """Invented strata with as many persons; shape ``(draws, strata, 2**lists)``."""
    place = fitted.place
    v = rng.standard_normal(place.v.shape)
    if free_level:
        v[..., 0] = place.v[..., 0]
    invented = Place(place.beta, v, place.sd)
    chances = shares(fitted.strata, invented)
    persons = fitted.strata.persons.astype(np.int64)
    tables = np.zeros((*persons.shape, counts.shape[-1]))
    tables[..., 1:] = rng.multinomial(persons, chances)
    return tables


def _again(place: Place) -> Place:
    return Place(place.beta, np.zeros_like(place.v), place.sd)


def _real(counts: Floats, model: Strata) -> Strata:
    """The table itself, in the histories that each refitted model kept."""
    kept = np.where(model.cells[:, None], counts[None, :, 1:], 0.0)
    x = model.features
    return Strata(x, model.lists, model.cells, model.active, kept.sum(-1), kept @ x)


def _scattered(near: JointFit, rng: np.random.Generator) -> Place:
    """A draw of each stratum's effects from the normal around their most likely place."""
    root = np.linalg.cholesky(near.curvature.inner)
    noise = rng.standard_normal(near.place.v.shape)
    step = np.linalg.solve(np.swapaxes(root, -1, -2), noise[..., None])[..., 0]
    return Place(near.place.beta, near.place.v + step, near.place.sd)
