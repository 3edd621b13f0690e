"""The models that the replicates of a stepwise choice chose, and how often each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from aiqyn.estimates.intervals.resampling import Bootstrapped, Procedure
from aiqyn.estimates.log_linear.naming import Histories, modes, named_model
from aiqyn.estimates.log_linear.ranking import MOST_MODELS, far_apart
from aiqyn.estimates.log_linear.stepwise_choice import choose
from aiqyn.estimates.results import Caution, Estimate, ModelShare
from aiqyn.estimates.tables.cells import Bools, Floats

OFTEN = 0.05  # a model chosen by fewer replicates is not listed as a mode


def choosing(lists: int, pthresh: float) -> Procedure:
    """Pairs chosen anew on each table; the key of a model is its row of terms."""

    def procedure(batch: Floats) -> tuple[Floats, tuple[object, ...]]:
        found = choose(batch, lists, pthresh)
        return found.total, tuple(row.tobytes() for row in found.terms)

    return procedure


def with_chosen_models(
    estimate: Estimate,
    table: Histories,
    chosen: Bools,
    again: Bootstrapped | None,
    totals: Callable[[Bools], Sequence[float | None]],
) -> Estimate:
    """The answer with the models by how many replicates chose them; without any the chosen one.

    Parameters
    ----------
    chosen : terms of the model of the table itself
    totals : persons in all on the table itself by rows of terms; None where not admissible
    """
    total = estimate.total or 0.0
    shares = _shares(table, again, totals) or (ModelShare(named_model(table, chosen), total),)
    often = [m.estimate for m in shares if (m.share or 0) >= OFTEN and m.estimate]
    apart = modes((total, *often))
    told = (*far_apart(apart, "EST-112"), *estimate.cautions)
    return replace(estimate, models=shares, modes=apart, cautions=told)


def lost_pairs(lost: tuple[tuple[str, ...], ...]) -> tuple[Caution, ...]:
    """The caution that names the terms at minus infinity."""
    pairs = "; ".join("×".join(term) for term in lost)
    return (Caution("EST-107", {"pairs": pairs}),) if lost else ()


def _shares(
    table: Histories,
    again: Bootstrapped | None,
    totals: Callable[[Bools], Sequence[float | None]],
) -> tuple[ModelShare, ...]:
    if again is None:
        return ()
    keys = Counter(key for key in again.models if isinstance(key, bytes))
    common = sorted(keys.items(), key=lambda kv: (-kv[1], kv[0]))[:MOST_MODELS]
    terms = np.stack([np.frombuffer(key, dtype=np.bool_) for key, _ in common])
    return tuple(
        ModelShare(named_model(table, row), value, times / again.replicates.run)
        for row, value, (_, times) in zip(terms, totals(terms), common, strict=True)
    )
