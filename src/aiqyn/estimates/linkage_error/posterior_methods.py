"""Methods that answer with a posterior: what each makes of tables carried back to no error.

Their models are weighed, or their pairs chosen, on counts divided by the dispersion: counts carried
back hold the chance of the audit, which would else pass for dependence between lists. What is left
to be drawn, the persons in all, is drawn from the counts themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.estimates.bayesian.posterior_threshold import totals_after_threshold
from aiqyn.estimates.decomposable.posterior import totals_over_graphs
from aiqyn.estimates.latent_classes import totals_of_tables
from aiqyn.estimates.tables.cells import Floats

POSTERIORS = ("bayes-threshold", "decomposable", "latent-class")

# Tables (tables, 2**lists) -> draws of persons in all of each; none of a table that is refused.
# The first table is refused aloud.
PosteriorMethod = Callable[[Floats, np.random.Generator], list[Floats]]
# (counts, the same divided by the dispersion) -> draws of persons in all.
_OfOne = Callable[[Floats, Floats, np.random.Generator], Floats]


def posterior_method(method: str, dispersion: float, delta: float | None = None) -> PosteriorMethod:
    """The method for many tables.

    Parameters
    ----------
    method : one of `POSTERIORS`
    dispersion : how many times as much as Poisson counts the counts vary, at least 1
    delta : prior persons in each cell (decomposable); ``2**-lists`` unless given

    Raises
    ------
    UsageRefused (EST-064) for another method.
    """
    match method:
        case "bayes-threshold":
            return partial(_one_by_one, totals_after_threshold, dispersion)
        case "decomposable":
            return partial(_one_by_one, partial(totals_over_graphs, delta=delta), dispersion)
        case "latent-class":  # classes are not chosen: nothing is weighed on fewer persons
            return totals_of_tables
        case _:
            raise UsageRefused("EST-064", method=method, allowed=", ".join(POSTERIORS))


def _one_by_one(
    draws: _OfOne, dispersion: float, tables: Floats, rng: np.random.Generator
) -> list[Floats]:
    found: list[Floats] = []
    for counts in tables:
        try:
            found.append(draws(counts, np.rint(counts / dispersion), rng))
        except AnswerRefused:
            if not found:
                raise
            found.append(np.zeros(0))
    return found
