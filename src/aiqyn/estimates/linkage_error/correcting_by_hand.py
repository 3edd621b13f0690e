"""The total without linkage error, from the histories that an audit found by hand."""

from __future__ import annotations

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.resampling import draw
from aiqyn.estimates.linkage_error.audits import LinkageAudit
from aiqyn.estimates.linkage_error.by_hand import AuditedHistories, corrected_tables
from aiqyn.estimates.linkage_error.correcting import FEW, Corrected
from aiqyn.estimates.linkage_error.extrapolating import choice_by, totals
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH
from aiqyn.estimates.tables.capture_histories import CaptureTable

BOOT = 400  # tables for the number and its interval
NORMAL = 1.959964  # standard deviations to either end of 95 %


def corrected_by_hand(
    table: CaptureTable,
    audit: LinkageAudit,
    histories: AuditedHistories,
    method: str = "stepwise",
    *,
    rng: np.random.Generator,
    pthresh: float = PTHRESH,
    order: int = 2,
    boot: int = BOOT,
) -> Corrected:
    """The total of the table in which each found history is given to what its persons are by hand.

    Parameters
    ----------
    table : persons by history as they were linked
    audit : recall and precision of that linkage, to be told with the number
    histories : the audited persons, found and true
    boot : tables drawn again together with the audit, each with a model chosen anew

    Returns
    -------
    The median of the drawn totals, and 1.96 standard deviations of their logarithms to either side.
    One table alone may fall on either side of a model's threshold; the median of many does not
    jump.

    Raises
    ------
    AnswerRefused (EST-065) when too few of the tables have a total, UsageRefused (EST-064) for a
    method that chooses no log-linear model.
    """
    choice = choice_by(method, len(table.lists), pthresh, order)
    naive = float(totals(table.vector[None], choice(table.vector[None]))[0])
    again = draw(table, boot, int(rng.integers(2**31)))
    mended = corrected_tables(again, histories, histories.drawn(boot, rng))
    found = totals(mended, choice(mended))
    good = np.log(found[np.isfinite(found)])
    if len(good) < FEW * boot:
        raise AnswerRefused("EST-065")
    middle, spread = float(np.median(good)), NORMAL * float(np.std(good, ddof=1))
    ends = (np.exp(middle), np.exp(middle - spread), np.exp(middle + spread))
    shares = (audit.recall.value, audit.precision.value)
    estimate, low, high = (float(end) for end in ends)
    return Corrected(estimate, low, high, *shares, naive, method, ())
