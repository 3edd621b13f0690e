"""What the total would be if such a share of links was missed, and such a share of persons two."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.estimates.linkage_error.audits import LEAST_SHARE
from aiqyn.estimates.linkage_error.error_rates import ErrorRates, leaving, merges_of_persons
from aiqyn.estimates.linkage_error.extrapolating import without_error
from aiqyn.estimates.linkage_error.grid_of_rates import AtRates, LinkageSensitivity
from aiqyn.estimates.linkage_error.held_methods import held_method, of_each
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats

MISSED = (0.0, 0.01, 0.02, 0.05)
FALSE = (0.0, 0.01, 0.02)
DRAWS = 400  # tables at each step of each pair of rates


def linkage_sensitivity(
    table: CaptureTable,
    missed: Sequence[float] = MISSED,
    false: Sequence[float] = FALSE,
    method: str = "stepwise",
    *,
    rng: np.random.Generator,
    pthresh: float = PTHRESH,
    order: int = 2,
    draws: int = DRAWS,
) -> LinkageSensitivity:
    """The corrected total over a grid of assumed rates; the table is taken to hold those errors.

    Parameters
    ----------
    missed, false : rates as in `AtRates`, each at least 0 and below 1 - `LEAST_SHARE`
    method : one of `held_methods.HELD`

    Raises
    ------
    UsageRefused (EST-032) for other rates, (EST-064) for another method.
    AnswerRefused (EST-020) when the table as it is has no maximum.

    Notes
    -----
    More missed links make the table's total too high, more wrong ones too low; so the corrected
    total falls with `missed` and rises with `false`.
    """
    _check(missed, false)
    held = held_method(method, len(table.lists), pthresh, order)
    naive = float(of_each(held, table.vector[None])[0])
    if not np.isfinite(naive):
        raise AnswerRefused("EST-020")
    pairs = [(m, f) for f in false for m in missed]
    rates = _rates(table, pairs)
    tables = np.tile(table.vector, (len(pairs), 1))
    found = without_error(tables, rates, held, draws, rng)
    points = (
        AtRates(m, f, naive if m == f == 0 else _known(total))
        for (m, f), total in zip(pairs, found, strict=True)
    )
    return LinkageSensitivity(method, naive, tuple(points))


def _rates(table: CaptureTable, pairs: Sequence[tuple[float, float]]) -> ErrorRates:
    counts: Floats = np.tile(table.vector, (len(pairs), 1))
    missed = np.array([m for m, _ in pairs])[:, None]
    recalls = np.repeat(1 - missed, len(table.lists), axis=1)
    false = [merges_of_persons(counts[k : k + 1], f)[0] for k, (_, f) in enumerate(pairs)]
    return ErrorRates(leaving(counts, recalls), np.zeros_like(recalls), np.array(false))


def _known(total: float) -> float | None:
    return float(total) if np.isfinite(total) else None


def _check(missed: Sequence[float], false: Sequence[float]) -> None:
    for option, rates in (("missed", missed), ("false", false)):
        if not rates or not all(0 <= r < 1 - LEAST_SHARE for r in rates):
            raise UsageRefused("EST-032", option=option, allowed=f"0 … {1 - LEAST_SHARE}")
