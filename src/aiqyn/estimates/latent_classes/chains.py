"""Chains of the latent class model: how many, how long, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.bayesian.convergence import Agreement, agreement, chain_limits, chain_rules
from aiqyn.estimates.latent_classes.sampler import Prior, State, advance, histories, start
from aiqyn.estimates.tables.cells import Floats, Ints


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
    state : where the chains stand at the end
    """

    totals: Ints
    sweeps: int
    mixed: Agreement
    state: State

    @property
    def medians(self) -> Floats:
        """Of each chain, smallest first."""
        return np.sort(np.median(self.totals, axis=1))

    def refusal(self) -> AnswerRefused | None:
        """Why there is no answer (EST-042): the chains do not agree; None where they do."""
        limits, mixed = chain_limits(), self.mixed
        if mixed.within(limits):
            return None
        return AnswerRefused(
            "EST-042",
            rhat=f"{mixed.rhat:.2f}",
            limit=limits.worst_rhat,
            effective=round(mixed.effective),
            least=limits.least_effective,
        )


def sample(counts: Floats, prior: Prior, plan: Plan, rng: np.random.Generator) -> Run:
    """Chains as long as they need to agree, or as long as they may be.

    Parameters
    ----------
    counts : persons by history; shape ``(2**lists,)``
    """
    data = histories(counts, len(counts).bit_length() - 1)
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
            return Run(int(counts.sum()) + kept, sweeps, mixed, state)
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
