"""Persons in all by latent classes: an answer where the chains agree, their answers where not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.bayesian.convergence import Agreement, agreement, chain_limits, chain_rules
from aiqyn.estimates.intervals.bca import LEVELS
from aiqyn.estimates.intervals.resampling import SEED
from aiqyn.estimates.latent_classes.sampler import Prior, advance, histories, start
from aiqyn.estimates.log_linear.naming import APART
from aiqyn.estimates.results import Caution, Estimate, Interval
from aiqyn.estimates.tables.capture_histories import MOST_LISTS, CaptureTable
from aiqyn.estimates.tables.cells import Floats, Ints

FEWEST = 3  # lists; two cannot tell classes apart
STRAY = 0.1  # share of the chains; fewer than these at one place are on their way


@dataclass(frozen=True, slots=True)
class Plan:
    """How many chains run, and how long; `chains.toml` has the reasons.

    Attributes
    ----------
    chains : at least 4
    first_sweeps, most_sweeps : of each chain; doubled from the first while the chains disagree
    hopeless_rhat, hopeless_after : R-hat above which they are given up after so many sweeps
    """

    chains: int
    first_sweeps: int
    most_sweeps: int
    hopeless_rhat: float
    hopeless_after: int

    def __post_init__(self) -> None:
        if self.chains < 4:
            raise ValueError("fewer than four chains cannot show that they disagree")


@dataclass(frozen=True, slots=True)
class Run:
    """What the chains gave.

    Attributes
    ----------
    totals : persons in all, the later half of each chain; shape ``(chains, draws)``
    sweeps : of each chain, the forgotten half included
    mixed : how far the chains agree on the log of the dark figure
    """

    totals: Ints
    sweeps: int
    mixed: Agreement

    @property
    def medians(self) -> Floats:
        """Of each chain, smallest first."""
        return np.sort(np.median(self.totals, axis=1))


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
    run = sample(table, prior, plan, np.random.default_rng(seed))
    settings = _settings(run, prior, seed)
    if run.mixed.within(chain_limits()):
        return _answer(table, run, settings)
    return _refusal(table, run, settings)


def sample(table: CaptureTable, prior: Prior, plan: Plan, rng: np.random.Generator) -> Run:
    """Chains as long as they need to agree, or as long as they may be."""
    data = histories(np.array(table.counts), len(table.lists))
    state = start(data, prior, plan.chains, rng)
    hidden = np.empty((plan.chains, 0), dtype=np.int64)
    more = plan.first_sweeps
    while True:
        state, new = advance(state, data, prior, more, rng)
        hidden = np.concatenate([hidden, new], axis=1)
        sweeps = hidden.shape[1]
        kept = hidden[:, sweeps // 2 :]
        mixed = agreement(np.log(kept + 0.5))
        if mixed.within(chain_limits()) or _given_up(mixed, sweeps, plan):
            return Run(table.observed + kept, sweeps, mixed)
        more = sweeps


def _given_up(mixed: Agreement, sweeps: int, plan: Plan) -> bool:
    hopeless = sweeps >= plan.hopeless_after and mixed.rhat > plan.hopeless_rhat
    return hopeless or 2 * sweeps > plan.most_sweeps


def shipped_prior() -> Prior:
    """The prior that ships with the package."""
    rules = chain_rules()["latent_classes"]
    return Prior(**{name: rules[name] for name in Prior.__slots__})


def shipped_plan() -> Plan:
    """The plan that ships with the package."""
    rules = chain_rules()["latent_classes"]
    return Plan(**{name: rules[name] for name in Plan.__slots__})


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


def _refusal(table: CaptureTable, run: Run, settings: dict[str, Any]) -> Estimate:
    limits, mixed, apart = chain_limits(), run.mixed, places(run.medians)
    refusal = AnswerRefused(
        "EST-042",
        rhat=f"{mixed.rhat:.2f}",
        limit=limits.worst_rhat,
        effective=round(mixed.effective),
        least=limits.least_effective,
    )
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
