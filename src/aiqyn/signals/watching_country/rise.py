"""Since when: the week from which the excess over the history is most marked."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from aiqyn.signals.series.judged import Floats

LONGEST = 52  # weeks back


def weeks_since(weekly: Floats, usual: float) -> int:
    """How many weeks ago the rise began, the last week being 0.

    The start with the largest likelihood ratio of a raised Poisson rate from it to now, of those
    weeks in which somebody was found.

    Parameters
    ----------
    weekly : persons of each week, the last week first
    usual : persons a week that the history leads one to expect
    """
    seen = weekly[:LONGEST]
    total = np.cumsum(seen)
    expected = usual * np.arange(1, len(seen) + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = total * np.log(total / expected) - (total - expected)
    ratio = np.where((total > expected) & (seen > 0), ratio, -np.inf)
    return int(np.argmax(ratio)) if np.isfinite(ratio).any() else 0


def monday_since(weekly: Floats, usual: float, until: date) -> date:
    """The Monday of that week; `until` is the last day of the last week."""
    return until - timedelta(7 * weeks_since(weekly, usual) + 6)
