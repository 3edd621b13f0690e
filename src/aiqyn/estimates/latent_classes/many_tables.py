"""Persons in all of many tables that are nearly alike: the chains walk from one to the next."""

from __future__ import annotations

import numpy as np

from aiqyn.estimates.latent_classes.chains import sample, shipped_plan, shipped_prior
from aiqyn.estimates.latent_classes.sampler import advance, histories
from aiqyn.estimates.tables.cells import Floats

SWEEPS = 2000  # of each chain on each table after the first; half of them are forgotten


def totals_of_tables(tables: Floats, rng: np.random.Generator) -> list[Floats]:
    """Draws of persons in all of each table.

    Parameters
    ----------
    tables : persons by history, whole numbers; shape ``(tables, 2**lists)``. The chains settle on
        the first and go on from where they stand, so the others must be near it.

    Raises
    ------
    AnswerRefused (EST-042) when the chains do not agree on the first table.
    """
    prior, lists = shipped_prior(), tables.shape[1].bit_length() - 1
    run = sample(tables[0], prior, shipped_plan(), rng)
    refusal = run.refusal()
    if refusal is not None:
        raise refusal
    found, state = [run.totals.ravel().astype(np.float64)], run.state
    for counts in tables[1:]:
        state, hidden = advance(state, histories(counts, lists), prior, SWEEPS, rng)
        found.append(counts.sum() + hidden[:, SWEEPS // 2 :].ravel())
    return found
