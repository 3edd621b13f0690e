"""The total over a grid of errors of linkage: the numbers, their words and their JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiqyn.words import number, percent, say

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class AtRates:
    """The total if linkage had made these errors.

    Attributes
    ----------
    missed : share of the pairs of records of one person that were not held together
    false : share of the persons found who are two persons
    estimate : persons in all without these errors; None where it cannot be extrapolated
    """

    missed: float
    false: float
    estimate: float | None


@dataclass(frozen=True, slots=True)
class LinkageSensitivity:
    """How the total hangs on the errors of linkage, which nobody has measured.

    Attributes
    ----------
    method : code of the method that was applied to every table
    naive : persons in all by the table as it is
    points : one for each pair of rates, those without error first
    """

    method: str
    naive: float
    points: tuple[AtRates, ...]

    @property
    def range(self) -> tuple[float, float]:
        """Smallest and largest total of the grid."""
        known = [p.estimate for p in self.points if p.estimate is not None]
        return min(known, default=self.naive), max(known, default=self.naive)

    def table(self) -> pl.DataFrame:
        """One row a pair of rates: missed, false, estimate."""
        import polars as pl

        rows = [(p.missed, p.false, p.estimate) for p in self.points]
        return pl.DataFrame(rows, schema=["missed", "false", "estimate"], orient="row")

    def text(self, lang: str = "en") -> str:
        """A paragraph: the total as it is, and between what it would lie."""
        low, high = self.range
        missed, false = (max(getattr(p, n) for p in self.points) for n in ("missed", "false"))
        persons = {"naive": number(self.naive, lang), "low": number(low, lang)}
        rates = {"missed": percent(missed, lang), "false": percent(false, lang)}
        return say(
            "estimate.linkage_sensitivity", lang, **persons, high=number(high, lang), **rates
        )

    def grid_text(self, lang: str = "en") -> str:
        """The paragraph, and a line for each share of false links with the totals in it."""
        lines = (self._line(false, lang) for false in dict.fromkeys(p.false for p in self.points))
        return "\n".join([self.text(lang), *lines])

    def to_json(self) -> dict[str, Any]:  # Any: words, numbers, null
        """``{"method", "naive", "low", "high", "points": [{"missed", "false", "estimate"}]}``."""
        points = [{n: getattr(p, n) for n in AtRates.__slots__} for p in self.points]
        low, high = self.range
        told = {"method": self.method, "naive": self.naive, "low": low, "high": high}
        return told | {"points": points}

    def _line(self, false: float, lang: str) -> str:
        totals = "; ".join(_at(p, lang) for p in self.points if p.false == false)
        key = "estimate.linkage_sensitivity.line"
        return say(key, lang, false=percent(false, lang), totals=totals)

    def __repr__(self) -> str:
        return f"LinkageSensitivity: {self.text('en')}"


def _at(point: AtRates, lang: str) -> str:
    none = say("estimate.hidden.no_number", lang)
    total = none if point.estimate is None else number(point.estimate, lang)
    missed = percent(point.missed, lang)
    return say("estimate.linkage_sensitivity.at", lang, missed=missed, n=total)
