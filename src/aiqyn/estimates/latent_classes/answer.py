"""Persons in all by latent classes: an answer where the chains agree, their answers where not."""

from __future__ import annotations

from typing import Any

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.bca import LEVELS
from aiqyn.estimates.intervals.resampling import SEED
from aiqyn.estimates.latent_classes.chains import (
    Plan,
    Run,
    sample,
    shipped_plan,
    shipped_prior,
)
from aiqyn.estimates.latent_classes.sampler import Prior
from aiqyn.estimates.log_linear.naming import APART
from aiqyn.estimates.results import Caution, Estimate, Interval
from aiqyn.estimates.tables.capture_histories import MOST_LISTS, CaptureTable
from aiqyn.estimates.tables.cells import Floats, Ints

FEWEST = 3  # lists; two cannot tell classes apart
STRAY = 0.1  # share of the chains; fewer than these at one place are on their way


def latent_class(
    table: CaptureTable, *, seed: int = SEED, prior: Prior | None = None, plan: Plan | None = None
) -> Estimate:
    """Persons in all: posterior median of the latent class model, with credible intervals.

    Parameters
    ----------
    seed : of the Markov chains
    prior, plan : those of `chains.toml` unless given

    Returns
    -------
    An estimate; one that refuses (EST-042) when the chains do not agree, with the total near which
    each group of chains stays in `modes`.

    Raises
    ------
    AnswerRefused (EST-023) for fewer than three lists, (EST-024) when nobody is on two.

    References
    ----------
    Manrique-Vallier (2016), Biometrics 72, 1246-1254; R package LCMCR.
    """
    if len(table.lists) < FEWEST:
        raise AnswerRefused("EST-023", n=len(table.lists), low=FEWEST, high=MOST_LISTS)
    if not any(n for history, n in enumerate(table.counts) if history.bit_count() > 1):
        raise AnswerRefused("EST-024")  # the posterior would be the prior's
    prior, plan = prior or shipped_prior(), plan or shipped_plan()
    run = sample(table.vector, prior, plan, np.random.default_rng(seed))
    settings = _settings(run, prior, seed)
    refusal = run.refusal()
    if refusal is None:
        return _answer(table, run, settings)
    return _refused(table, run, refusal, settings)


def _answer(table: CaptureTable, run: Run, settings: dict[str, Any]) -> Estimate:
    total = float(np.median(run.totals))
    return Estimate(
        "latent-class",
        table.observed,
        total,
        intervals=tuple(_credible(run.totals, level) for level in LEVELS),
        settings=settings,
        modes=(total,),
        cautions=(Caution("EST-141"), Caution("EST-108")),
    )


def _credible(totals: Ints, level: float) -> Interval:
    low, high = np.quantile(totals, [(1 - level) / 2, (1 + level) / 2])
    return Interval(level, float(low), float(high))


def _refused(
    table: CaptureTable, run: Run, refusal: AnswerRefused, settings: dict[str, Any]
) -> Estimate:
    apart = places(run.medians)
    where = {"low": min(apart), "high": max(apart)}
    return Estimate(
        "latent-class",
        table.observed,
        None,
        settings=settings,
        modes=apart,
        cautions=(Caution("EST-140", where),) if len(apart) > 1 else (),
        refusal=refusal,
    )


def places(medians: Floats) -> tuple[float, ...]:
    """Totals near which several chains stay, the one with most chains first.

    Parameters
    ----------
    medians : of each chain, smallest first

    Examples
    --------
    >>> places(np.array([12254.0, 12372.0, 22790.0, 22873.0, 22904.0]))
    (22873.0, 12313.0)
    """
    groups = np.split(medians, np.flatnonzero(np.diff(np.log(medians)) >= APART) + 1)
    ordered = sorted(groups, key=lambda group: -len(group))
    settled = [group for group in ordered if len(group) > STRAY * len(medians)]
    return tuple(float(np.median(group)) for group in settled or ordered[:1])


def _settings(run: Run, prior: Prior, seed: int) -> dict[str, Any]:  # Any: numbers and lists
    return {
        "classes": prior.classes,
        "alpha_shape": prior.alpha_shape,
        "alpha_rate": prior.alpha_rate,
        "seed": seed,
        "chains": len(run.totals),
        "sweeps": run.sweeps,
        "draws": run.totals.shape[1],
        "rhat": round(run.mixed.rhat, 4),
        "effective": round(run.mixed.effective),
        "chain_medians": [float(m) for m in run.medians],
    }
