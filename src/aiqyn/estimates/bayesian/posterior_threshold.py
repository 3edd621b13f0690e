"""Bayesian threshold: pairs of lists stay in the model if their posterior stands clear of zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.bayesian.convergence import bulk_effective, chain_limits, split_rhat
from aiqyn.estimates.intervals.bca import LEVELS
from aiqyn.estimates.intervals.resampling import SEED
from aiqyn.estimates.log_linear.existence import Existence, existence
from aiqyn.estimates.log_linear.naming import named_model
from aiqyn.estimates.results import Caution, Estimate, Interval, ModelShare
from aiqyn.estimates.tables.canonical_order import canonical_table
from aiqyn.estimates.tables.capture_histories import MOST_LISTS, CaptureTable
from aiqyn.estimates.tables.cells import Bools, Floats, Ints, main_masks, pair_masks

FEWEST = 3  # lists; with two the prior alone would set their dependence
THRESHOLD = 2.0  # posterior means this many standard deviations from zero stay; Silverman (2020)
PRIOR_VARIANCE = 1.0  # of each pair's log odds ratio; lists and intercept have a flat prior
CHAINS, BURN, KEPT = 64, 1500, 5000
SPREAD = 1.5  # the chains start this many posterior deviations apart


@dataclass(frozen=True, slots=True)
class Draws:
    """Posterior draws of a log-linear model.

    Attributes
    ----------
    terms : masks of the parameters, intercept first
    values : parameters; shape ``(chains, draws, parameters)``
    """

    terms: Ints
    values: Floats

    @property
    def rhat(self) -> float:
        """Largest split R-hat of the parameters."""
        return float(split_rhat(self.values).max())

    @property
    def effective(self) -> float:
        """Bulk effective size of the log dark figure, draws."""
        return bulk_effective(self.values[:, :, 0])


def bayes_threshold(
    table: CaptureTable,
    *,
    threshold: float = THRESHOLD,
    prior_variance: float | None = PRIOR_VARIANCE,
    seed: int = SEED,
) -> Estimate:
    """Persons in all: posterior median under the pairs that pass the threshold.

    Parameters
    ----------
    threshold : a pair stays if its posterior mean is at least so many posterior deviations from 0
    prior_variance : of each pair's parameter; None for the flat prior, under which pairs that share
        nobody are set to minus infinity
    seed : of the Markov chains

    Raises
    ------
    AnswerRefused (EST-023) for fewer than three lists, (EST-020) when the posterior of all pairs is
    not proper, (EST-025) when the chains do not mix.

    References
    ----------
    Silverman (2020), J. R. Stat. Soc. A 183, 691-736, section 4.
    """
    if len(table.lists) < FEWEST:
        raise AnswerRefused("EST-023", n=len(table.lists), low=FEWEST, high=MOST_LISTS)
    rng = np.random.default_rng(seed)
    ranked, masks = canonical_table(table)
    everything, cells = _all_pairs(ranked, prior_variance)
    first = sample(ranked.vector, everything, cells, prior_variance, rng)
    clear = _standing_clear(first, threshold)
    second = sample(ranked.vector, clear, cells, prior_variance, rng)
    worst, limit = max(first.rhat, second.rhat), chain_limits().worst_rhat
    if not worst < limit:
        raise AnswerRefused("EST-025", rhat=f"{worst:.2f}", limit=limit)
    totals = table.observed + np.exp(second.values[:, :, 0].ravel())
    terms = np.zeros(len(table.counts), dtype=np.bool_)
    terms[masks[clear]] = True
    terms[_minus_infinity(table, prior_variance)] = True
    model, total = named_model(table, terms), float(np.median(totals))
    return Estimate(
        "bayes-threshold",
        table.observed,
        total,
        intervals=tuple(_credible(totals, level) for level in LEVELS),
        model=model,
        settings={
            "threshold": threshold,
            "prior_variance": prior_variance,
            "seed": seed,
            "chains": CHAINS,
            "draws": KEPT,
            "rhat": round(worst, 4),
            "effective": round(second.effective),
        },
        models=(ModelShare(model, total),),
        modes=(total,),
        cautions=(Caution("EST-116"), Caution("EST-108")),
    )


def threshold_statistics(
    table: CaptureTable, *, prior_variance: float | None = PRIOR_VARIANCE, seed: int = SEED
) -> dict[tuple[str, ...], float]:
    """Distance of each finite pair's posterior mean from zero, in posterior deviations."""
    terms, cells = _all_pairs(table, prior_variance)
    draws = sample(table.vector, terms, cells, prior_variance, np.random.default_rng(seed))
    pairs = zip(draws.terms, _distances(draws), strict=True)
    return {table.names(int(t)): float(d) for t, d in pairs if int(t).bit_count() == 2}


def sample(
    counts: Floats,
    terms: Ints,
    cells: Ints,
    prior_variance: float | None,
    rng: np.random.Generator,
) -> Draws:
    """Random-walk Metropolis draws, steps shaped by the posterior's curvature at its mode.

    Parameters
    ----------
    counts : persons by history; shape ``(2**lists,)``
    terms : masks of the parameters, intercept first
    cells : histories in the likelihood
    """
    design = ((cells[:, None] & terms[None, :]) == terms[None, :]).astype(np.float64)
    wide = np.array([int(t).bit_count() > 1 for t in terms])
    precision = np.where(wide, 1 / prior_variance, 0.0) if prior_variance else np.zeros(len(terms))
    n = counts[cells]
    mode, root = _mode(n, design, precision)
    here = mode + SPREAD * rng.standard_normal((CHAINS, len(terms))) @ root.T
    height = _height(here, n, design, precision)
    jump = 2.38 / np.sqrt(len(terms)) * root.T  # Roberts, Gelman & Gilks (1997)
    kept = np.empty((KEPT, CHAINS, len(terms)))
    for step in range(BURN + KEPT):
        there = here + rng.standard_normal(here.shape) @ jump
        reached = _height(there, n, design, precision)
        accept = np.log(rng.random(CHAINS)) < reached - height
        here[accept], height[accept] = there[accept], reached[accept]
        if step >= BURN:
            kept[step - BURN] = here
    return Draws(terms, kept.transpose(1, 0, 2))


def _height(beta: Floats, n: Floats, design: Floats, precision: Floats) -> Floats:
    eta = np.clip(beta @ design.T, -300.0, 300.0)
    log: Floats = eta @ n - np.exp(eta).sum(axis=1) - beta**2 @ precision / 2
    return log


def _mode(n: Floats, design: Floats, precision: Floats) -> tuple[Floats, Floats]:
    """Posterior mode, and a root of the inverse curvature there."""
    first = np.linalg.lstsq(design, np.log(n + 0.1), rcond=None)[0]
    beta = np.asarray(first, dtype=np.float64)
    for _ in range(200):
        mean = np.exp(np.clip(design @ beta, -300.0, 300.0))
        curvature = (design.T * mean) @ design + np.diag(precision)
        step = np.linalg.solve(curvature, design.T @ (n - mean) - precision * beta)
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        beta += step
        if np.abs(step).max() < 1e-10:
            break
    root: Floats = np.linalg.cholesky(np.linalg.inv(curvature))
    return beta, root


def _all_pairs(table: CaptureTable, prior_variance: float | None) -> tuple[Ints, Ints]:
    """Finite terms of the model of all pairs, and its cells; refused if its posterior is none."""
    lists, lost = len(table.lists), set(_minus_infinity(table, prior_variance))
    pairs = pair_masks(lists)
    # A proper prior holds the pairs; the flat part must have its maximum without their help.
    _refuse_without_maximum(table, pairs if prior_variance is None else ())
    terms = np.array([0, *main_masks(lists), *(p for p in pairs if p not in lost)])
    cells = [c for c in range(1, 1 << lists) if not any(c & p == p for p in lost)]
    return terms, np.array(cells)


def _refuse_without_maximum(table: CaptureTable, pairs: tuple[int, ...]) -> None:
    terms: Bools = np.zeros((1, len(table.counts)), dtype=np.bool_)
    terms[0, [0, *main_masks(len(table.lists)), *pairs]] = True
    if existence(table.vector[None], terms)[0] is not Existence.OK:
        raise AnswerRefused("EST-020")


def _minus_infinity(table: CaptureTable, prior_variance: float | None) -> list[int]:
    if prior_variance is not None:
        return []
    both = zip(pair_masks(len(table.lists)), table.overlaps.values(), strict=True)
    return [pair for pair, n in both if n == 0]


def _distances(draws: Draws) -> Floats:
    flat = draws.values.reshape(-1, len(draws.terms))
    away: Floats = np.abs(flat.mean(axis=0)) / flat.std(axis=0)
    return away


def _standing_clear(draws: Draws, threshold: float) -> Ints:
    single = np.array([int(t).bit_count() < 2 for t in draws.terms])
    return np.asarray(draws.terms[single | (_distances(draws) >= threshold)])


def _credible(totals: Floats, level: float) -> Interval:
    low, high = np.quantile(totals, [(1 - level) / 2, (1 + level) / 2])
    return Interval(level, float(low), float(high))
