"""The range that may be printed: the interval, widened by dependence that the data cannot show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.gate.rules import Rules
from aiqyn.estimates.log_linear.offset import totals_at
from aiqyn.estimates.results import Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Bools, pair_masks

LARGEST = 100.0  # factor on the dark figure; above it the model has no maximum at that odds ratio


@dataclass(frozen=True, slots=True)
class PrintedRange:
    """Ends of the range in persons; None where an end is not known."""

    low: float | None
    high: float | None


def printed_range(
    table: CaptureTable, chief: Estimate, terms: Bools | None, rules: Rules
) -> PrintedRange:
    """The 95 % interval and every mode, their dark figures times the factors of the odds ratios.

    Notes
    -----
    The union of the intervals over all odds ratios allowed, an uncertainty region in the sense of
    Vansteelandt, Goetghebeur, Kenward & Molenberghs (2006), Stat. Sinica 16, 953-979.
    """
    interval = chief.interval(0.95)
    if interval is None or interval.low is None:
        return PrintedRange(None, None)
    below, above = dark_factors(table, terms, rules)
    low = _widened(table, min(interval.low, *(chief.modes or [interval.low])), below)
    if interval.high is None or above is None:
        return PrintedRange(low, None)
    high = max(interval.high, *(chief.modes or [interval.high]))
    return PrintedRange(low, _widened(table, high, above))


def dark_factors(
    table: CaptureTable, terms: Bools | None, rules: Rules
) -> tuple[float, float | None]:
    """Factors on the dark figure: of the lower and of the higher odds ratio.

    The farther of two readings: every pair of lists has the odds ratio beyond the model; or one
    pair has it among the persons on no other list, which multiplies the dark figure by it and
    leaves everything seen as it was. The second factor is None where the model has no maximum.
    """
    low, high = rules.odds_ratio_low, rules.odds_ratio_high
    if terms is None:
        return low, high
    pairs = pair_masks(len(table.lists))
    dark = totals_at(table.vector, terms, pairs, [1.0, low, high]) - table.observed
    below, above = (float(d) for d in dark[1:] / dark[0])
    known = bool(np.isfinite(above)) and above <= LARGEST
    return min(low, below) if np.isfinite(below) else low, max(high, above) if known else None


def _widened(table: CaptureTable, total: float, factor: float) -> float:
    return table.observed + factor * max(0.0, total - table.observed)
