"""Which models of a table have a maximum, and which of them only one."""

from __future__ import annotations

from typing import Any

import numpy as np

from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.log_linear.existence import Existence, existence
from aiqyn.estimates.log_linear.hierarchical_models import model_terms
from aiqyn.estimates.log_linear.naming import named_model
from aiqyn.estimates.tables.capture_histories import CaptureTable


def existence_of_models(
    table: CaptureTable | IntervalTable, order: int = 2
) -> tuple[Existence, ...]:
    """The code of every hierarchical model of the order, in the order of `model_terms`.

    Where cells are suppressed the codes are those of the fewest persons: a range that begins at 0
    bounds a mean no more than a zero does (`interval_cells.fitting`).

    Raises
    ------
    AnswerRefused (EST-016) when that would be too many models.
    """
    terms = model_terms(len(table.lists), order)
    return existence(np.broadcast_to(table.vector, terms.shape), terms)


def existence_json(
    table: CaptureTable | IntervalTable, order: int = 2
) -> list[dict[str, Any]]:  # Any: JSON
    """``{"pairs", "terms", "code"}`` of every model; pairs at minus infinity are named too."""
    terms = model_terms(len(table.lists), order)
    codes = existence_of_models(table, order)
    named = (named_model(table, row).terms for row in terms)
    return [
        {
            "pairs": [list(t) for t in model if len(t) == 2],
            "terms": [list(t) for t in model],
            "code": int(code),
        }
        for model, code in zip(named, codes, strict=True)
    ]
