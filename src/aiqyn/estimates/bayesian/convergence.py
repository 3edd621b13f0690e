"""Whether Markov chains tell the same: rank-normalised split R-hat, and what their draws are worth.

Draws have the shape ``(chains, draws)`` throughout. Vehtari, Gelman, Simpson, Carpenter & Bürkner
(2021), Bayesian Anal. 16, 667-718; the equations are theirs.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from aiqyn.estimates.tables.cells import Floats


@dataclass(frozen=True, slots=True)
class Limits:
    """When chains may be believed; the first part of `chains.toml`.

    Attributes
    ----------
    worst_rhat : largest R-hat
    least_effective : fewest independent draws that all chains together are worth
    """

    worst_rhat: float
    least_effective: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far chains agree on one quantity.

    Attributes
    ----------
    rhat : rank-normalised split R-hat; 1 when the chains cannot be told apart
    effective : bulk effective sample size, draws
    """

    rhat: float
    effective: float

    def within(self, limits: Limits) -> bool:
        """Whether the draws may be taken for the posterior."""
        return self.rhat < limits.worst_rhat and self.effective >= limits.least_effective


@cache
def chain_rules() -> dict[str, Any]:  # Any: numbers and tables of numbers
    """What `chains.toml` says; see there for the reasons."""
    text = files("aiqyn").joinpath("data", "estimates", "chains.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def chain_limits() -> Limits:
    """The limits that ship with the package."""
    rules = chain_rules()
    return Limits(rules["worst_rhat"], rules["least_effective"])


def agreement(draws: Floats) -> Agreement:
    """R-hat and bulk effective size of one quantity."""
    return Agreement(rank_rhat(draws), bulk_effective(draws))


def rank_rhat(draws: Floats) -> float:
    """The larger of R-hat of the ranks and of the distances from the median (section 4.1)."""
    folded = np.abs(draws - np.median(draws))
    return max(float(split_rhat(normal_scores(x))) for x in (draws, folded))


def split_rhat(draws: Floats) -> Floats:
    """R-hat of the halves of the chains (eqs 1-3), for each quantity of the last axes.

    Parameters
    ----------
    draws : shape ``(chains, draws, …)``, at least four draws
    """
    parts = halves(draws)
    length = parts.shape[1]
    within = parts.var(axis=1, ddof=1).mean(axis=0)
    between = parts.mean(axis=1).var(axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(between > 0, between / within, 0.0)  # chains that never move: infinite
    rhat: Floats = np.sqrt((length - 1) / length + ratio)
    return rhat


def bulk_effective(draws: Floats) -> float:
    """Independent draws that would place the middle of the distribution as well (eq. 10)."""
    parts = normal_scores(halves(draws))
    chains, length = parts.shape
    covariance = _autocovariance(parts)
    within = covariance[:, 0].mean() * length / (length - 1)
    total = within * (length - 1) / length + parts.mean(axis=1).var(ddof=1)
    if total == 0:
        return float(draws.size)  # one value alone, in every chain
    correlation = 1 - (within - covariance.mean(axis=0)) / total
    correlation[0] = 1.0
    time = -1 + 2 * _initial_monotone(correlation).sum()
    # Antithetic chains are not believed beyond this, as in Stan.
    return float(chains * length / max(time, 1 / np.log10(chains * length)))


def halves(draws: Floats) -> Floats:
    """Each chain as two; the middle draw of an odd length is left out."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def normal_scores(draws: Floats) -> Floats:
    """Ranks among all draws as normal quantiles, ties sharing their mean rank (eq. 14)."""
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(draws).reshape(draws.shape)
    scores: Floats = ndtri((ranks - 3 / 8) / (draws.size + 1 / 4))
    return scores


def _autocovariance(draws: Floats) -> Floats:
    """Of each chain at every lag, divided by the whole length; shape of `draws`."""
    length = draws.shape[1]
    waves = np.fft.rfft(draws - draws.mean(axis=1, keepdims=True), 2 * length)
    back: Floats = np.fft.irfft(np.abs(waves) ** 2, 2 * length)[:, :length] / length
    return back


def _initial_monotone(correlation: Floats) -> Floats:
    """Sums of neighbouring lags until the first negative one, never rising.

    Geyer (1992), Stat. Sci. 7, 473-483, section 3.3.
    """
    even = len(correlation) // 2 * 2
    pairs = correlation[:even:2] + correlation[1:even:2]
    negative = np.flatnonzero(pairs < 0)
    kept = pairs[: negative[0]] if len(negative) else pairs
    return np.asarray(np.minimum.accumulate(kept))
