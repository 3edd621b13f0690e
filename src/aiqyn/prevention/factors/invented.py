"""Invented areas: what goes with trafficking there is known, and how much of it is detected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from aiqyn.prevention.factors.model_input import Floats
from aiqyn.prevention.factors.observed import Observed, scales_of

USUAL_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class World:
    """How an invented country is.

    Attributes
    ----------
    slopes : log rate ratio per standard deviation of each factor; two of them are read as
        "poverty_rate" and "unemployment_rate", and so on down `NAMES`
    alike : correlation between the factors
    lasting : part of a factor's variance that stays with the area over all periods
    between_areas, beyond_chance : the two spreads of the model, log scale
    rate : persons exploited a resident and period
    share_differs : spread of the share detected between areas, log-odds
    share_follows : by how much the share's log-odds rise with a deviation of the first factor
    share_error : of an estimate of the share, log-odds; 0: known without doubt. An area has one
        estimate for all periods, or, where its share changes with a factor, one a period
    """

    areas: int = 14
    periods: int = 8
    slopes: tuple[float, ...] = (0.3, -0.2, 0.0)
    alike: float = 0.6
    lasting: float = 0.7
    between_areas: float = 0.4
    beyond_chance: float = 0.25
    rate: float = 2e-4
    share_differs: float = 0.4
    share_follows: float = 0.0
    share_error: float = 0.2


NAMES = ("poverty_rate", "unemployment_rate", "income_gini", "early_marriage", "homicides")


@dataclass(frozen=True, slots=True)
class Country:
    """Counts as an analyst has them, and the truth: people harmed in the last period, by area."""

    observed: Observed
    harmed: Floats


def invented(world: World, rng: np.random.Generator) -> Observed:
    """Counts drawn from the model itself, with the share detected as somebody would estimate it."""
    return invented_country(world, rng).observed


def invented_country(world: World, rng: np.random.Generator) -> Country:
    """The same, with the number of people harmed that is expected in truth."""
    areas, periods = world.areas, world.periods
    x = _factors(world, rng)
    residents = rng.lognormal(np.log(8e5), 0.5, size=(areas, 1))
    share, detection = _shares(world, x[:, :, 0], rng)
    area_effect = world.between_areas * rng.normal(size=(areas, 1))
    period_effect = 0.1 * rng.normal(size=periods)
    log_rate = np.log(world.rate * residents) + area_effect + period_effect
    harmed = np.exp(log_rate + x @ np.array(world.slopes))
    shape = 1 / world.beyond_chance**2
    persons = rng.poisson(harmed * share * rng.gamma(shape, 1 / shape, size=harmed.shape))
    values = {name: x[:, :, k].ravel() for k, name in enumerate(NAMES[: len(world.slopes)])}
    observed = Observed(
        persons=persons.astype(np.float64).ravel(),
        residents=np.repeat(residents.ravel(), periods),
        detection=detection,
        area=np.repeat(np.arange(areas), periods),
        period=np.tile(np.arange(periods), areas),
        areas=tuple(f"A{k:03d}" for k in range(areas)),
        periods=tuple(str(2015 + k) for k in range(periods)),
        values=values,
        carried=dict.fromkeys(values, 0),
        unused={},
        dropped=0,
        scales=scales_of(values),
    )
    return Country(observed, harmed[:, -1])


def _factors(world: World, rng: np.random.Generator) -> Floats:
    """Shape (areas, periods, factors): standardised, correlated, partly lasting."""
    areas, periods, count = world.areas, world.periods, len(world.slopes)
    alike = np.full((count, count), world.alike) + (1 - world.alike) * np.eye(count)
    mix = np.linalg.cholesky(alike)
    lasting = rng.normal(size=(areas, 1, count)) @ mix.T
    passing = rng.normal(size=(areas, periods, count)) @ mix.T
    x = np.sqrt(world.lasting) * lasting + np.sqrt(1 - world.lasting) * passing
    return np.asarray((x - x.mean(axis=(0, 1))) / x.std(axis=(0, 1), ddof=1))


def _shares(world: World, first: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """True shares, shape (areas, periods); and estimates with limits, shape (cells, 3)."""
    odds = logit(USUAL_SHARE) + world.share_differs * rng.normal(size=(world.areas, 1))
    odds = np.broadcast_to(odds + world.share_follows * first, first.shape)
    estimates = first.shape if world.share_follows else (world.areas, 1)
    guess = odds + world.share_error * rng.normal(size=estimates)
    reach = 1.959964 * world.share_error
    ends = np.stack([guess, guess - reach, guess + reach], axis=-1)
    return expit(odds), expit(ends).reshape(-1, 3)
