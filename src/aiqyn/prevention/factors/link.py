"""How measured trafficking goes with one factor, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from aiqyn.prevention.factors.e_value import e_value, e_value_of_limit
from aiqyn.prevention.factors.list_of_factors import factor_list
from aiqyn.words import number, say

Going = Literal["more", "fewer", "not_seen"]


@dataclass(frozen=True, slots=True)
class Link:
    """How measured trafficking goes with one factor, the others held.

    Attributes
    ----------
    ratio, low, high : rate ratio per standard deviation of the factor, with its interval
    mean, sd : of the factor over the cells, in its unit
    without_share : the rate ratio had the share detected been left out of account
    share_of_doubt : part of the variance that comes from the share detected
    carried : cells whose value was told for an earlier period
    """

    factor: str
    ratio: float
    low: float
    high: float
    mean: float
    sd: float
    without_share: float | None
    share_of_doubt: float
    carried: int

    @property
    def going(self) -> Going:
        """Whether the interval leaves out 1, and on which side."""
        if self.low > 1:
            return "more"
        return "fewer" if self.high < 1 else "not_seen"

    @property
    def e_value(self) -> float:
        """Of the estimate."""
        return e_value(self.ratio)

    @property
    def e_limit(self) -> float:
        """Of the interval's limit nearer to 1."""
        return e_value_of_limit(self.low, self.high)

    def text(self, lang: str) -> str:
        """The finding in a sentence."""
        slots = {
            "factor": factor_list()[self.factor].label(lang),
            "ratio": number(self.ratio, lang, decimals=2),
            "low": number(self.low, lang, decimals=2),
            "high": number(self.high, lang, decimals=2),
            "e": number(self.e_limit, lang, decimals=2),
        }
        return say(f"factors.link.{self.going}", lang, **slots)

    def to_json(self, lang: str) -> dict[str, Any]:  # Any: JSON
        """Numbers, words and the group of the factor."""
        factor = factor_list()[self.factor]
        expected = {"up": "more", "down": "fewer"}.get(factor.direction)
        as_expected = None if self.going == "not_seen" or not expected else self.going == expected
        return {
            "factor": self.factor,
            "label": factor.label(lang),
            "group": factor.group,
            "rate_ratio": self.ratio,
            "lo95": self.low,
            "hi95": self.high,
            "goes_with": self.going,
            "expected": factor.direction,
            "as_expected": as_expected,
            "e_value": self.e_value,
            "e_value_limit": self.e_limit,
            "mean": self.mean,
            "sd": self.sd,
            "unit": factor.unit,
            "without_detection": self.without_share,
            "share_of_variance_from_detection": self.share_of_doubt,
            "carried": self.carried,
            "text": self.text(lang),
        }
