"""The answer: areas with the number of people harmed and their place, target groups, cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A number with its interval; printed rounded."""

    value: float
    low: float
    high: float

    def rounded(self, to: int) -> Span:
        """The number to the nearest `to`, the interval outwards."""
        down, up = int(self.low // to * to), int(-(-self.high // to) * to)
        return Span(round(self.value / to) * to, down, up)

    def to_json(self, name: str) -> dict[str, float]:
        """``{name, "lo95", "hi95"}``."""
        return {name: self.value, "lo95": self.low, "hi95": self.high}


@dataclass(frozen=True, slots=True)
class Offer:
    """What one channel would do for one target group of an area.

    Attributes
    ----------
    reached : residents of the group whom it reaches
    harmed : people harmed among them in a period, expected
    cost : of reaching them all
    cost_of_one : cost for each person harmed who is reached
    """

    channel: str
    labels: Mapping[str, str]
    reached: float
    harmed: Span
    cost: float
    cost_of_one: Span
    currency: str
    source: str

    def to_json(self, lang: str) -> dict[str, Any]:  # Any: JSON
        """The fields above."""
        return {
            "channel": self.channel,
            "label": self.labels[lang],
            "reached": self.reached,
            "harmed_among_reached": self.harmed.to_json("value"),
            "cost": self.cost,
            "cost_per_person_at_risk_reached": self.cost_of_one.to_json("value"),
            "currency": self.currency,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A target group in an area: its residents and the expected number harmed."""

    code: str
    residents: float
    expected: Span
    offers: tuple[Offer, ...] = ()

    def to_json(self, lang: str) -> dict[str, Any]:  # Any: JSON
        """The fields above."""
        return {
            "group": self.code,
            "residents": self.residents,
            **self.expected.to_json("expected"),
            "offers": [offer.to_json(lang) for offer in self.offers],
        }


@dataclass(frozen=True, slots=True)
class Area:
    """One area.

    Attributes
    ----------
    expected : people harmed in the last period, found or not
    per_100k : the same for each 100 000 residents
    places : best and worst place among the areas, 1 having the most
    tier : group of areas that cannot be told from the group's first, 1 having the most
    like : areas that cannot be told apart from this one, of whatever tier
    """

    code: str
    residents: float
    expected: Span
    per_100k: Span
    places: tuple[int, int]
    tier: int
    like: tuple[str, ...] = ()
    groups: tuple[TargetGroup, ...] = ()

    def to_json(self, lang: str) -> dict[str, Any]:  # Any: JSON
        """The fields above."""
        return {
            "area": self.code,
            "residents": self.residents,
            **self.expected.to_json("expected"),
            "per_100k": self.per_100k.to_json("value"),
            "rank_low": self.places[0],
            "rank_high": self.places[1],
            "tier": self.tier,
            "not_told_apart": list(self.like),
            "groups": [group.to_json(lang) for group in self.groups],
        }


@dataclass(frozen=True, slots=True)
class WhereToAct:
    """Areas by the expected number of people harmed.

    Attributes
    ----------
    areas : by tier, then by code: within a tier there is no order
    period : the last one counted
    not_ranked : area -> key of the reason
    share_known : whether the share detected is known
    """

    areas: tuple[Area, ...]
    period: str
    share_known: bool
    seed: int
    not_ranked: Mapping[str, str] = field(default_factory=dict)

    def area(self, code: str) -> Area:
        """The area of that code."""
        return next(a for a in self.areas if a.code == code)
