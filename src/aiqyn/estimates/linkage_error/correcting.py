"""The total without linkage error, from an audit, with an interval that holds the audit's doubt."""

from __future__ import annotations

import numpy as np

from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.estimates.intervals.resampling import draw
from aiqyn.estimates.linkage_error.audits import LinkageAudit
from aiqyn.estimates.linkage_error.corrected import Corrected
from aiqyn.estimates.linkage_error.correcting_posteriors import corrected_posterior
from aiqyn.estimates.linkage_error.extrapolating import (
    BOOT_DRAWS,
    DISPERSION,
    ENDS,
    FEW,
    POINT_DRAWS,
    without_error,
)
from aiqyn.estimates.linkage_error.held_methods import (
    HELD,
    HeldMethod,
    dispersed,
    held_method,
    of_each,
)
from aiqyn.estimates.linkage_error.posterior_methods import POSTERIORS
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH
from aiqyn.estimates.tables.capture_histories import CaptureTable

CORRECTED = (*HELD, *POSTERIORS)  # every method of the contract
BOOT = 200  # corrected totals for the interval


def corrected_for_linkage(
    table: CaptureTable,
    audit: LinkageAudit,
    method: str = "stepwise",
    *,
    rng: np.random.Generator,
    pthresh: float = PTHRESH,
    order: int = 2,
    delta: float | None = None,
    boot: int = BOOT,
) -> Corrected:
    """Simulation-extrapolation: add more of the audit's error in steps, and go back to none.

    Parameters
    ----------
    table : persons by history as they were linked
    audit : recall and precision of that linkage
    method : one of `CORRECTED`
    pthresh, order, delta : of the method, as in `multiple_systems.Options`
    boot : corrected totals for the interval, at least 20; a posterior takes fewer tables

    Raises
    ------
    AnswerRefused (EST-063) for such an audit, (EST-065) when more error leaves no maximum; and as
    the method itself.
    UsageRefused (EST-064) for another method.

    Notes
    -----
    Each total of the interval draws the table again and chooses its model anew, draws recall and
    precision from their posterior, and the added error by chance: sampling, choice of the model,
    audit and simulation are all in it. Methods with a posterior: `corrected_posterior`.
    """
    if method not in CORRECTED:
        raise UsageRefused("EST-064", method=method, allowed=", ".join(CORRECTED))
    if method in POSTERIORS:
        found = corrected_posterior(table, audit, method, rng, delta)
    else:
        choice = held_method(method, len(table.lists), pthresh, order)
        found = _extrapolated(table, audit, choice, boot, rng)
    estimate, low, high, naive = found
    recall, precision = audit.recall.value, audit.precision.value
    return Corrected(estimate, low, high, recall, precision, naive, method)


def _extrapolated(
    table: CaptureTable,
    audit: LinkageAudit,
    method: HeldMethod,
    boot: int,
    rng: np.random.Generator,
) -> tuple[float, float, float, float]:
    """The number, the ends of its interval, and the number as linked."""
    one = table.vector[None]
    naive = float(of_each(method, one)[0])
    if not audit.is_sure:
        method = dispersed(method, DISPERSION)
    rates = audit.rates(one, table.lists)
    estimate = float(without_error(one, rates, method, POINT_DRAWS, rng)[0])
    if not np.isfinite([estimate, naive]).all():
        raise AnswerRefused("EST-065")
    low, high = _interval(table, audit, method, boot, rng)
    return estimate, min(low, estimate), max(high, estimate), naive


def _interval(
    table: CaptureTable,
    audit: LinkageAudit,
    method: HeldMethod,
    boot: int,
    rng: np.random.Generator,
) -> tuple[float, float]:
    again = draw(table, boot, int(rng.integers(2**31)))
    rates = audit.rates(again, table.lists, rng)
    found = without_error(again, rates, method, BOOT_DRAWS, rng)
    good = found[np.isfinite(found)]
    if len(good) < FEW * boot:
        raise AnswerRefused("EST-065")
    low, high = np.quantile(good, ENDS)
    return float(low), float(high)
