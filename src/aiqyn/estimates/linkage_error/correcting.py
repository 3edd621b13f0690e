"""The total without linkage error, from an audit, with an interval that holds the audit's doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.resampling import draw
from aiqyn.estimates.linkage_error.audits import LinkageAudit
from aiqyn.estimates.linkage_error.correcting_by_hand import ByHand
from aiqyn.estimates.linkage_error.extrapolating import (
    FEW,
    Choice,
    choice_by,
    dispersed,
    totals,
    without_error,
)
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH
from aiqyn.estimates.results import Caution
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.words import number, percent, say

POINT_DRAWS = 400  # tables at each step for the number itself
BOOT = 200  # corrected totals for the interval
BOOT_DRAWS = 8  # tables at each step for each of them
ENDS = (0.025, 0.975)
# Overlaps carried back vary by the chance of the audit as well, not only as Poisson counts do: 1.4
# times as much (audit of 1,000 persons) to 2.1 times (300) on lists of 20,000 persons. The choice
# of the model takes twice, or pairs enter that explain the chance of the audit.
DISPERSION = 2.0


@dataclass(frozen=True, slots=True)
class Corrected:
    """Persons in all, recorded or not, had no link been missed and none been wrong.

    Attributes
    ----------
    estimate, lo95, hi95 : persons
    recall, precision : of the audit, shares of pairs of records
    naive : persons in all by the table as it was linked
    method : code of the method that was applied to every table
    cautions : what must be said with the number
    by_hand : the same from the histories that the audit found by hand, without extrapolation
    """

    estimate: float
    lo95: float
    hi95: float
    recall: float
    precision: float
    naive: float
    method: str
    cautions: tuple[Caution, ...] = (Caution("EST-162"),)
    by_hand: ByHand | None = None

    def to_json(self) -> dict[str, Any]:  # Any: numbers, and the same again by hand
        """``{"estimate", "lo95", "hi95", "recall", "precision"}``, and ``"by_hand"`` if known."""
        told = {name: getattr(self, name) for name in _CONTRACT}
        if self.by_hand is None:
            return told
        return told | {"by_hand": {name: getattr(self.by_hand, name) for name in _CONTRACT[:3]}}

    def agrees_with(self, other: ByHand) -> bool:
        """Whether one of the two numbers lies in the other's interval."""
        return self.lo95 <= other.estimate <= self.hi95 or other.lo95 <= self.estimate <= other.hi95

    def text(self, lang: str = "en") -> str:
        """A sentence or two: the corrected number beside the one that was not."""
        persons = {"n": self.estimate, "low": self.lo95, "high": self.hi95, "naive": self.naive}
        shown = {name: number(value, lang) for name, value in persons.items()}
        shares = {n: percent(getattr(self, n), lang, decimals=1) for n in ("recall", "precision")}
        return say("estimate.corrected", lang, **shown, **shares)

    def __repr__(self) -> str:
        return f"Corrected: {self.text('en')}"


_CONTRACT = ("estimate", "lo95", "hi95", "recall", "precision")


def corrected_for_linkage(
    table: CaptureTable,
    audit: LinkageAudit,
    method: str = "stepwise",
    *,
    rng: np.random.Generator,
    pthresh: float = PTHRESH,
    order: int = 2,
    boot: int = BOOT,
) -> Corrected:
    """Simulation-extrapolation: add more of the audit's error in steps, and go back to none.

    Parameters
    ----------
    table : persons by history as they were linked
    audit : recall and precision of that linkage
    method : stepwise, bic, aic or independence
    boot : corrected totals for the interval, at least 20

    Raises
    ------
    AnswerRefused (EST-063) for such an audit, (EST-065) when more error leaves no maximum.
    UsageRefused (EST-064) for another method.

    Notes
    -----
    Each total of the interval draws the table again and chooses its model anew, draws recall and
    precision from their posterior, and the added error by chance: sampling, choice of the model,
    audit and simulation are all in it.
    """
    choice = choice_by(method, len(table.lists), pthresh, order)
    one = table.vector[None]
    naive = float(totals(one, choice(one))[0])
    if not audit.is_sure:
        choice = dispersed(choice, DISPERSION)
    rates = audit.rates(one, table.lists)
    estimate = float(without_error(one, rates, choice, POINT_DRAWS, rng)[0])
    if not np.isfinite([estimate, naive]).all():
        raise AnswerRefused("EST-065")
    low, high = _interval(table, audit, choice, estimate, boot, rng)
    shares = (audit.recall.value, audit.precision.value)
    return Corrected(estimate, low, high, *shares, naive, method)


def _interval(
    table: CaptureTable,
    audit: LinkageAudit,
    choice: Choice,
    estimate: float,
    boot: int,
    rng: np.random.Generator,
) -> tuple[float, float]:
    again = draw(table, boot, int(rng.integers(2**31)))
    rates = audit.rates(again, table.lists, rng)
    found = without_error(again, rates, choice, BOOT_DRAWS, rng)
    good = found[np.isfinite(found)]
    if len(good) < FEW * boot:
        raise AnswerRefused("EST-065")
    low, high = np.quantile(good, ENDS)
    return min(float(low), estimate), max(float(high), estimate)
