"""A total without linkage error beside the total of the table as it was linked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiqyn.estimates.linkage_error.correcting_by_hand import ByHand
from aiqyn.estimates.results import Caution
from aiqyn.words import number, percent, say


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
