"""Bayesian threshold: pairs of lists stay in the model if their posterior stands clear of zero."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.bayesian.convergence import chain_limits
from aiqyn.estimates.bayesian.metropolis import (
    BURN_OF_MANY,
    CHAINS,
    KEPT,
    KEPT_OF_MANY,
    Draws,
    sample,
)
from aiqyn.estimates.intervals.bca import LEVELS
from aiqyn.estimates.intervals.resampling import SEED
from aiqyn.estimates.log_linear.existence import Existence, existence
from aiqyn.estimates.log_linear.naming import named_model
from aiqyn.estimates.results import Caution, Estimate, Interval, ModelShare
from aiqyn.estimates.tables.canonical_order import canonical_table
from aiqyn.estimates.tables.capture_histories import MOST_LISTS, CaptureTable
from aiqyn.estimates.tables.cells import (
    Bools,
    Floats,
    Ints,
    main_masks,
    pair_masks,
    superset_sums,
)

FEWEST = 3  # lists; with two the prior alone would set their dependence
THRESHOLD = 2.0  # posterior means this many standard deviations from zero stay; Silverman (2020)
PRIOR_VARIANCE = 1.0  # of each pair's log odds ratio; lists and intercept have a flat prior
THIN = 50  # every so many draws of a chain, where many tables are asked


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
    ranked, masks = canonical_table(table)
    counts, rng = ranked.vector, np.random.default_rng(seed)
    draws = partial(sample, prior_variance=prior_variance, rng=rng)
    second, worst = _thresholded(counts, counts, threshold, prior_variance, draws)
    totals = table.observed + np.exp(second.values[:, :, 0].ravel())
    terms = np.zeros(len(table.counts), dtype=np.bool_)
    terms[masks[second.terms]] = True
    terms[_minus_infinity(table.vector, prior_variance)] = True
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


def totals_after_threshold(counts: Floats, weighed: Floats, rng: np.random.Generator) -> Floats:
    """Draws of persons in all: pairs that stand clear on `weighed`, the persons by `counts`.

    The chains are shorter than those of `bayes_threshold`, for they are asked of many tables.

    Parameters
    ----------
    counts, weighed : persons by history; shape ``(2**lists,)``

    Raises
    ------
    AnswerRefused (EST-020, EST-025) as `bayes_threshold`.
    """
    draws = partial(
        sample, prior_variance=PRIOR_VARIANCE, rng=rng, burn=BURN_OF_MANY, kept=KEPT_OF_MANY
    )
    second, _ = _thresholded(counts, weighed, THRESHOLD, PRIOR_VARIANCE, draws)
    totals: Floats = counts.sum() + np.exp(second.values[:, ::THIN, 0].ravel())
    return totals


def _thresholded(
    counts: Floats,
    weighed: Floats,
    threshold: float,
    prior_variance: float | None,
    draws: Callable[[Floats, Ints, Ints], Draws],
) -> tuple[Draws, float]:
    """Draws under the pairs that stand clear on `weighed`, and the worst R-hat of both runs."""
    everything, cells = _all_pairs(weighed, prior_variance)
    first = draws(weighed, everything, cells)
    clear = _standing_clear(first, threshold)
    second = draws(counts, clear, cells)
    worst, limit = max(first.rhat, second.rhat), chain_limits().worst_rhat
    if not worst < limit:
        raise AnswerRefused("EST-025", rhat=f"{worst:.2f}", limit=limit)
    return second, worst


def threshold_statistics(
    table: CaptureTable, *, prior_variance: float | None = PRIOR_VARIANCE, seed: int = SEED
) -> dict[tuple[str, ...], float]:
    """Distance of each finite pair's posterior mean from zero, in posterior deviations."""
    terms, cells = _all_pairs(table.vector, prior_variance)
    draws = sample(table.vector, terms, cells, prior_variance, np.random.default_rng(seed))
    pairs = zip(draws.terms, _distances(draws), strict=True)
    return {table.names(int(t)): float(d) for t, d in pairs if int(t).bit_count() == 2}


def _all_pairs(counts: Floats, prior_variance: float | None) -> tuple[Ints, Ints]:
    """Finite terms of the model of all pairs, and its cells; refused if its posterior is none."""
    lists, lost = len(counts).bit_length() - 1, set(_minus_infinity(counts, prior_variance))
    pairs = pair_masks(lists)
    # A proper prior holds the pairs; the flat part must have its maximum without their help.
    _refuse_without_maximum(counts, pairs if prior_variance is None else ())
    terms = np.array([0, *main_masks(lists), *(p for p in pairs if p not in lost)])
    cells = [c for c in range(1, 1 << lists) if not any(c & p == p for p in lost)]
    return terms, np.array(cells)


def _refuse_without_maximum(counts: Floats, pairs: tuple[int, ...]) -> None:
    terms: Bools = np.zeros((1, len(counts)), dtype=np.bool_)
    terms[0, [0, *main_masks(len(counts).bit_length() - 1), *pairs]] = True
    if existence(counts[None], terms)[0] is not Existence.OK:
        raise AnswerRefused("EST-020")


def _minus_infinity(counts: Floats, prior_variance: float | None) -> list[int]:
    if prior_variance is not None:
        return []
    both = superset_sums(counts)
    return [pair for pair in pair_masks(len(counts).bit_length() - 1) if both[pair] == 0]


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
