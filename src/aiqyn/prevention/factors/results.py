"""The answer: which factors go with measured trafficking, how surely, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aiqyn.prevention.factors.link import Link
from aiqyn.prevention.factors.list_of_factors import factor_list
from aiqyn.words import number, say


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The rate ratios when one factor or one area is left out."""

    kind: Literal["factor", "area"]
    code: str
    ratios: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """``{"left_out", "code", "rate_ratios"}``."""
        return {"left_out": self.kind, "code": self.code, "rate_ratios": dict(self.ratios)}


@dataclass(frozen=True, slots=True)
class Association:
    """Which factors go with measured trafficking.

    Attributes
    ----------
    links : in the order of the list of factors
    cells, areas, periods, persons : what the answer rests on
    share_known : whether the share detected is known; if not, detections are all that is explained
    between_areas, beyond_chance : posterior means of the two spreads, log scale
    together : pairs of factors that move together, with their correlation
    unused : factor -> key of the reason
    dropped : cells that lack something and are left out
    draws : of the share detected
    """

    links: tuple[Link, ...]
    cells: int
    areas: int
    periods: int
    persons: float
    share_known: bool
    between_areas: float
    beyond_chance: float
    draws: int
    seed: int
    together: tuple[tuple[str, str, float], ...] = ()
    unused: Mapping[str, str] = field(default_factory=dict)
    dropped: int = 0
    left_out: tuple[LeftOut, ...] = ()

    def cautions(self, lang: str) -> list[dict[str, str]]:
        """What the reader must know beside the numbers; the first always stands."""
        label = factor_list().__getitem__
        told: list[tuple[str, dict[str, str]]] = [("not_a_cause", {}), ("areas_not_persons", {})]
        told += [] if self.share_known else [("share_unknown", {})]
        for one, other, r in self.together:
            pair = {"one": label(one).label(lang), "other": label(other).label(lang)}
            told.append(("together", pair | {"r": number(r, lang, decimals=2)}))
        told += [("dropped", {"n": number(self.dropped, lang)})] if self.dropped else []
        return [
            {"code": key, "text": say(f"factors.caution.{key}", lang, **slots)}
            for key, slots in told
        ]

    def text(self, lang: str) -> str:
        """A paragraph for a reader: what it rests on, each finding, what it does not say."""
        rests = {
            "areas": number(self.areas, lang),
            "periods": number(self.periods, lang),
            "n": number(self.persons, lang),
        }
        lines = [say("factors.rests_on", lang, **rests)]
        lines += [link.text(lang) for link in self.links]
        return "\n".join([*lines, *(c["text"] for c in self.cautions(lang))])

    def to_json(self, lang: str) -> dict[str, Any]:  # Any: JSON
        """Everything above."""
        labels = factor_list()
        return {
            "refused": False,
            "links": [link.to_json(lang) for link in self.links],
            "areas": self.areas,
            "periods": self.periods,
            "cells": self.cells,
            "persons": self.persons,
            "detection": "known" if self.share_known else "unknown",
            "between_areas": self.between_areas,
            "beyond_chance": self.beyond_chance,
            "draws": self.draws,
            "seed": self.seed,
            "together": [{"one": a, "other": b, "correlation": r} for a, b, r in self.together],
            "not_used": [
                {"factor": f, "label": labels[f].label(lang), "reason": say(why, lang)}
                for f, why in self.unused.items()
            ],
            "dropped_cells": self.dropped,
            "left_out": [x.to_json() for x in self.left_out],
            "cautions": self.cautions(lang),
            "text": self.text(lang),
        }
