"""One figure of the article beside what the data give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from aiqyn import words
from aiqyn.profiles.figures.answers import Basis
from aiqyn.profiles.figures.statements import Unit

Verdict = Literal["agrees", "differs", "cannot_be_computed"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated figure, its recomputation, and whether they agree.

    Attributes
    ----------
    id : str
    unit : "share" and "points" (fractions of 1), "per_ten" (persons of ten) or "count"
    stated : float                 as the article has it
    computed, low, high : float | None   from the data; ends with every "<5" between 0 and 4
    basis : Basis                  persons and countries behind it
    counted : "victims" or "persons"
    verdict : Verdict
    reasons : keys of the catalogue that explain it, in order
    also : numbers in other years or over other cells that the reasons quote
    country : str | None           ISO 3166 alpha-3; None for the whole file
    """

    id: str
    unit: Unit
    stated: float
    computed: float | None
    low: float | None
    high: float | None
    basis: Basis
    counted: Literal["victims", "persons"]
    verdict: Verdict
    reasons: tuple[str, ...]
    also: tuple[tuple[str, float | None], ...] = ()
    country: str | None = None

    def title(self, lang: str) -> str:
        """What the figure is about."""
        return words.say(f"figure.{self.id}", lang)

    def why(self, lang: str) -> str:
        """Whole sentences on why it agrees, differs or cannot be computed."""
        slots = self._slots(lang)
        return " ".join(words.say(key, lang, **slots) for key in self.reasons)

    def text(self, lang: str) -> str:
        """A paragraph: the title, the two numbers, the reason."""
        return f"{self.title(lang)}. {self.why(lang)}"

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """The fields that the contract of ``aiqyn figures`` fixes, and a few more."""
        return {
            "figure": self.id,
            "stated": self.stated,
            "computed": _rounded(self.computed),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "basis": self._basis(),
            "verdict": self.verdict,
            "why": self.why(lang),
            "title": self.title(lang),
            "unit": self.unit,
            "country": self.country,
        }

    def _basis(self) -> dict[str, Any]:
        rest: dict[str, float | None] = {
            "countries": self.basis.countries,
            "small_cells": self.basis.small_cells,
            "shared_cells": self.basis.shared_cells,
        }
        if self.basis.largest_row_only is not None:
            rest["largest_row_only"] = _rounded(self.basis.largest_row_only)
        return {self.counted: self.basis.persons, **rest}

    def _slots(self, lang: str) -> dict[str, str]:
        named = {"stated": self.stated, "computed": self.computed, "low": self.low}
        named |= {"high": self.high, "largest": self.basis.largest_row_only}
        level: Unit = "share" if self.unit == "points" else self.unit
        slots = {name: shown(value, self.unit, lang) for name, value in named.items()}
        slots |= {name: shown(value, level, lang) for name, value in self.also}
        return slots | {
            "n": words.number(self.basis.persons, lang),
            "countries": words.number(self.basis.countries, lang),
            "small": words.number(self.basis.small_cells, lang),
            "country": self.country or "",
        }

    def __repr__(self) -> str:
        found = "-" if self.computed is None else f"{self.computed:.4g}"
        return f"Figure {self.id}: stated {self.stated:g}, computed {found}: {self.verdict}"


def shown(value: float | None, unit: Unit, lang: str) -> str:
    """A value in its unit as the language writes it; a dash where there is none."""
    if value is None:
        return words.EN_DASH
    if unit == "share":
        return words.percent(value, lang, decimals=1)
    if unit == "points":
        return words.say("figure.points", lang, x=words.number(100 * value, lang, decimals=1))
    return words.number(value, lang, decimals=1 if unit == "per_ten" else 0)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
