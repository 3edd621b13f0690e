"""The total without linkage error, from the histories that an audit found by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.resampling import draw
from aiqyn.estimates.linkage_error.by_hand import AuditedHistories, corrected_tables
from aiqyn.estimates.linkage_error.extrapolating import FEW
from aiqyn.estimates.linkage_error.held_methods import HeldMethod, of_each
from aiqyn.estimates.tables.capture_histories import CaptureTable

BOOT = 400  # tables for the number and its interval
NORMAL = 1.959964  # standard deviations to either end of 95 %


@dataclass(frozen=True, slots=True)
class ByHand:
    """Persons in all from the histories of an audit, and the ends of the 95 % interval."""

    estimate: float
    lo95: float
    hi95: float


def corrected_by_hand(
    table: CaptureTable,
    histories: AuditedHistories,
    method: HeldMethod,
    rng: np.random.Generator,
    boot: int = BOOT,
) -> ByHand:
    """The total of the table in which each found history is given to what its persons are by hand.

    Parameters
    ----------
    table : persons by history as they were linked
    histories : the audited persons, found and true
    method : chosen anew on each table
    boot : tables drawn again together with the audit, each with a model chosen anew

    Returns
    -------
    The median of the drawn totals, and 1.96 standard deviations of their logarithms to either side.
    One table alone may fall on either side of a model's threshold; the median of many does not
    jump.

    Raises
    ------
    AnswerRefused (EST-065) when too few of the tables have a total.
    """
    again = draw(table, boot, int(rng.integers(2**31)))
    mended = corrected_tables(again, histories, histories.drawn(boot, rng))
    found = of_each(method, mended)
    good = np.log(found[np.isfinite(found)])
    if len(good) < FEW * boot:
        raise AnswerRefused("EST-065")
    middle, spread = float(np.median(good)), NORMAL * float(np.std(good, ddof=1))
    return ByHand(*(float(np.exp(end)) for end in (middle, middle - spread, middle + spread)))
