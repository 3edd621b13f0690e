"""The posterior of the total without linkage error: a mixture over what the audit leaves open."""

from __future__ import annotations

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.linkage_error.audits import LinkageAudit
from aiqyn.estimates.linkage_error.by_hand import AuditedHistories, corrected_tables
from aiqyn.estimates.linkage_error.correcting_by_hand import ByHand
from aiqyn.estimates.linkage_error.extrapolating import (
    BOOT_DRAWS,
    DISPERSION,
    ENDS,
    FEW,
    POINT_DRAWS,
    tables_without_error,
)
from aiqyn.estimates.linkage_error.posterior_methods import posterior_method
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats

AUDITS = 24  # tables carried back, each with rates of its own


def corrected_posterior(
    table: CaptureTable,
    audit: LinkageAudit,
    method: str,
    rng: np.random.Generator,
    delta: float | None = None,
) -> tuple[float, float, float, float]:
    """Posterior median of the total, the ends of the 95 % interval, and the median as linked.

    The table is carried back to no error, once with the rates as measured, and `AUDITS` times with
    rates drawn from the audit's posterior. The number is the median of the first; the interval is
    that of the posteriors of all others together, each counted alike (a cut posterior: the lists
    say nothing of the error of their links; Plummer 2015, Stat. Comput. 25, 37-43).

    Raises
    ------
    AnswerRefused (EST-065) when too few of the tables have a posterior, and as the method.
    """
    one = table.vector[None]
    rates = audit.rates(one, table.lists)
    whole = tables_without_error(one, rates, POINT_DRAWS, rng)
    again = np.repeat(one, AUDITS, axis=0)
    drawn = audit.rates(again, table.lists, rng)
    others = tables_without_error(again, drawn, BOOT_DRAWS, rng)
    sure = posterior_method(method, 1.0, delta)
    unsure = sure if audit.is_sure else posterior_method(method, DISPERSION, delta)
    (naive,) = sure(one, rng)
    found = _mixture(unsure(np.concatenate([whole, others]), rng))
    return *found, float(np.median(naive))


def posterior_by_hand(
    table: CaptureTable,
    histories: AuditedHistories,
    method: str,
    rng: np.random.Generator,
    delta: float | None = None,
) -> ByHand:
    """The same from the table by hand: once with every audited person, then with them drawn again.

    Raises
    ------
    AnswerRefused (EST-065) when too few of the tables have a posterior, and as the method.
    """
    one = corrected_tables(table.vector[None], histories)
    again = np.repeat(table.vector[None], AUDITS, axis=0)
    others = corrected_tables(again, histories, histories.drawn(AUDITS, rng))
    tables = np.rint(np.concatenate([one, others]))
    return ByHand(*_mixture(posterior_method(method, DISPERSION, delta)(tables, rng)))


def _mixture(posteriors: list[Floats]) -> tuple[float, float, float]:
    """Median of the first, ends of all others together."""
    first, *others = posteriors
    good = [draws for draws in others if len(draws)]
    if len(good) < FEW * len(others):
        raise AnswerRefused("EST-065")
    middle = float(np.median(first))
    low, high = np.quantile(np.concatenate(good), ENDS)
    return middle, min(float(low), middle), max(float(high), middle)
