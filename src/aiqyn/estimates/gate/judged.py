"""What the gate looks at: the table, the estimate that is judged, the others, the thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.gate.printed_range import PrintedRange
from aiqyn.estimates.gate.rules import Rules
from aiqyn.estimates.log_linear.stepwise_choice import choose
from aiqyn.estimates.results import Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Bools


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks look at: the table, the estimate that is judged, and the others."""

    table: CaptureTable
    chief: Estimate
    given: Sequence[Estimate]
    printed: PrintedRange
    rules: Rules
    audited: bool = False

    @property
    def terms(self) -> Bools | None:
        """Terms of the judged model, or of the stepwise one; None where neither has a maximum."""
        return model_terms(self.table, self.chief)


def model_terms(table: CaptureTable, estimate: Estimate) -> Bools | None:
    """Terms of an estimate's model, or of the stepwise one; None where neither has a maximum."""
    terms = np.zeros(len(table.counts), dtype=np.bool_)
    if estimate.model is not None:
        bit = {name: 1 << j for j, name in enumerate(table.lists)}
        terms[[0, *(sum(bit[x] for x in term) for term in estimate.model.terms)]] = True
        return terms
    chosen = choose(table.vector[None], len(table.lists))
    found: Bools = chosen.terms[0]
    return found if np.isfinite(chosen.total[0]) else None
