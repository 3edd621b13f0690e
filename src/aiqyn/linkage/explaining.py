"""Why two records are held to be one person: each comparison's level and its weight, no values.

Weights are bits: log2 of how much likelier the level is for pairs of one person than for two. They
add up, from that of the prior to that of the pair; 2 ** sum is the odds that they are one person.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import polars as pl

from aiqyn.linkage.model.dialects import in_dialect
from aiqyn.linkage.model.parameters import Parameters
from aiqyn.linkage.model.plan import Comparison, Level, Plan
from aiqyn.words import has, number, percent, say


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the waterfall.

    Attributes
    ----------
    comparison, level : what was compared, and how far the two agree
    weight : bits; above 0 it speaks for one person
    rare : of the weight, bits that come from the value being rarer (or commoner) than others
    """

    comparison: str
    level: str
    weight: float
    rare: float = 0.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps from what is known of any two records to what is held of these two."""

    prior: float
    steps: tuple[Step, ...]

    @property
    def weight(self) -> float:
        """Bits in all."""
        return self.prior + sum(step.weight for step in self.steps)

    @property
    def probability(self) -> float:
        """That the two are one person."""
        return float(1 / (1 + math.pow(2, -self.weight)))

    def text(self, lang: str = "en") -> str:
        """A line a comparison, strongest first, and what they come to."""
        lines = [say("link.explain.head", lang, p=percent(self.probability, lang, decimals=1))]
        for step in sorted(self.steps, key=lambda s: -abs(s.weight)):
            lines.append(_line(step, lang))
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """Levels and bits."""
        steps = [{k: getattr(s, k) for k in Step.__slots__} for s in self.steps]
        told = {"prior": self.prior, "steps": steps, "weight": self.weight}
        return told | {"probability": self.probability}


def explain(
    features: pl.DataFrame, left: int, right: int, plan: Plan, numbers: Parameters
) -> Explanation:
    """The waterfall of one pair.

    Parameters
    ----------
    features : of all records, as `score` takes them; rarity is told from all of them
    left, right : numbers of the two records
    """
    levels = _levels(features, min(left, right), max(left, right), plan)
    steps = tuple(
        _step(features, left, right, comparison, levels[comparison.name], numbers)
        for comparison in plan.comparisons
    )
    return Explanation(math.log2(numbers.prior / (1 - numbers.prior)), steps)


def _levels(features: pl.DataFrame, left: int, right: int, plan: Plan) -> dict[str, str]:
    """The level of each comparison, told by the plan's own conditions."""
    import duckdb

    two = [
        features.filter(pl.col("record") == record).select(pl.all().name.suffix(side))
        for record, side in ((left, "_l"), (right, "_r"))
    ]
    pair = pl.concat(two, how="horizontal").to_arrow()
    wanted = ", ".join(f"{_case(c)} AS {c.name}" for c in plan.comparisons)
    with duckdb.connect(":memory:") as connection:
        connection.register("pair", pair)
        found = connection.execute(f"SELECT {wanted} FROM pair").fetchall()
    return dict(zip((c.name for c in plan.comparisons), found[0], strict=True))


def _case(comparison: Comparison) -> str:
    told = [
        f"WHEN {in_dialect(level.when, 'duckdb')} THEN '{level.name}'"
        for level in comparison.levels
        if level.when
    ]
    return f"CASE {' '.join(told)} ELSE '{comparison.levels[-1].name}' END"


def _step(
    features: pl.DataFrame,
    left: int,
    right: int,
    comparison: Comparison,
    name: str,
    numbers: Parameters,
) -> Step:
    level = next(x for x in comparison.levels if x.name == name)
    if level.missing:
        return Step(comparison.name, name, 0.0)
    m, u = numbers.m[comparison.name][name], numbers.u[comparison.name][name]
    rare = _rarity(features, left, right, level, u)
    return Step(comparison.name, name, math.log2(m / u) + rare, rare)


def _rarity(features: pl.DataFrame, left: int, right: int, level: Level, u: float) -> float:
    """Bits for a value that is rarer than the level's values are on average."""
    if level.frequency is None:
        return 0.0
    said = features[level.frequency].drop_nulls()
    values = features.filter(pl.col("record").is_in([left, right]))[level.frequency].drop_nulls()
    if not len(values):
        return 0.0
    often = max(int((said == value).sum()) for value in values)
    return math.log2(u) - math.log2(often / len(said))


def _line(step: Step, lang: str) -> str:
    what = _said(f"link.comparison.{step.comparison}", step.comparison, lang)
    level = _said(f"link.level.{step.comparison}.{step.level}", step.level, lang)
    side = "for" if step.weight > 0.05 else "against" if step.weight < -0.05 else "neither"
    bits = number(abs(step.weight), lang, decimals=1)
    return say(f"link.explain.{side}", lang, what=what, level=level, bits=bits)


def _said(key: str, name: str, lang: str) -> str:
    """The words of the catalogue; of a plan of one's own, the name that it gives."""
    return say(key, lang) if has(key) else name
