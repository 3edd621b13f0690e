"""Averages over decomposable graphs: every model has its marginal likelihood in closed form."""

from __future__ import annotations

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.decomposable.graphs import graphs, terms_of
from aiqyn.estimates.decomposable.posterior import Posterior, posterior
from aiqyn.estimates.decomposable.replicates import FEWEST, MOST, of_replicates
from aiqyn.estimates.intervals.bca import LEVELS
from aiqyn.estimates.log_linear.naming import APART, modes, named_model
from aiqyn.estimates.results import Caution, Estimate, Interval, ModelShare, Replicates
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats

MASS_AT_END = 1e-3  # posterior mass in the last step above which the grid cuts the answer off
OTHER_DELTA = 0.5  # Jeffreys' prior of each cell, the other common choice
LISTED = 0.05  # posterior probability from which a graph's own median is a mode
MOST_MODELS = 50
NO_WEIGHT = 1e-12  # posterior probability of a graph that need not be listed


def average_of_graphs(
    table: CaptureTable, *, delta: float | None = None, tables: Floats | None = None
) -> Estimate:
    """Persons in all: posterior median over all decomposable graphs of 3 to 5 lists.

    Parameters
    ----------
    delta : prior persons in each cell of the table, the dark figure's too; ``2**-lists`` unless
        given. On thin tables it decides the answer, so the answer under 0.5 is told beside it.
    tables : tables of which the median is wanted too; shape ``(replicates, 2**lists)``; the
        intervals do not come from them

    Raises
    ------
    AnswerRefused (EST-023) for fewer than 3 or more than 5 lists, (EST-024) when nobody is on two.

    Notes
    -----
    Each graph is equally likely beforehand; the prior of the total N goes with 1/N. The intervals
    are credible intervals; no resampling is needed.

    References
    ----------
    Madigan & York (1997), Biometrika 84, 19-31, sections 2-3; hyper-Dirichlet law: Dawid &
    Lauritzen (1993), Ann. Stat. 21, 1272-1317, section 7; R package dga.
    """
    lists = len(table.lists)
    if not FEWEST <= lists <= MOST:
        raise AnswerRefused("EST-023", n=lists, low=FEWEST, high=MOST)
    if not any(n for history, n in enumerate(table.counts) if history.bit_count() > 1):
        raise AnswerRefused("EST-024")  # the posterior would be the prior's
    chosen = 2.0**-lists if delta is None else delta
    found = posterior(table.vector, chosen)
    other = posterior(table.vector, OTHER_DELTA)
    observed, shares = table.observed, found.weights.sum(axis=1)
    total = observed + found.quantile(0.5)
    ranking = np.argsort(-shares, kind="stable")
    models = tuple(
        ModelShare(
            named_model(table, terms_of(graphs(lists)[g], lists)),
            observed + found.quantile(0.5, int(g)),
            float(shares[g]),
        )
        for g in ranking[:MOST_MODELS]
        if shares[g] > NO_WEIGHT
    )
    often = [m.estimate for m in models if m.estimate and (m.share or 0) >= LISTED]
    apart = modes(often) or (total,)
    again = None if tables is None else of_replicates(tables, delta, total)
    return Estimate(
        "decomposable",
        observed,
        total,
        intervals=tuple(_credible(found, observed, level) for level in LEVELS),
        settings={
            "delta": chosen,
            "graphs": len(graphs(lists)),
            "grid_end": int(found.missing[-1]),
            "grid_step": int(found.missing[1] - found.missing[0]),
        },
        models=models,
        modes=apart,
        cautions=(
            *_at_the_end(found),
            *_of_the_prior(total, observed + other.quantile(0.5)),
            *_of_the_modes(apart),
            *(again.cautions if again else ()),
            Caution("EST-108"),
        ),
        replicates=again.counted if again else Replicates(),
        replicate_estimates=again.totals if again else None,
    )


def _credible(found: Posterior, observed: int, level: float) -> Interval:
    low, high = found.quantile((1 - level) / 2), found.quantile((1 + level) / 2)
    cut = ("high",) if high >= found.missing[-1] else ()
    return Interval(level, observed + low, observed + high, cut)


def _at_the_end(found: Posterior) -> tuple[Caution, ...]:
    mass = float(found.weights[:, -1].sum())
    return (Caution("EST-115", {"n": int(found.missing[-1])}),) if mass > MASS_AT_END else ()


def _of_the_prior(total: float, other: float) -> tuple[Caution, ...]:
    if abs(np.log(total / other)) < APART:
        return ()
    return (Caution("EST-114", {"n": total, "other": other, "delta": str(OTHER_DELTA)}),)


def _of_the_modes(apart: tuple[float, ...]) -> tuple[Caution, ...]:
    if len(apart) < 2:
        return ()
    return (Caution("EST-105", {"low": min(apart), "high": max(apart)}),)
