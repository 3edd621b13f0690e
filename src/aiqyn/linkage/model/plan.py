"""The plan of a linkage: which pairs are looked at, what is compared, how the numbers are learnt.

The plan is data (``data/linkage/model.toml``) and knows nothing of a database: conditions name the
two records' columns as ``column_l`` and ``column_r`` and call the few functions of `dialects`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of agreement of a comparison; the first whose condition holds is taken.

    Attributes
    ----------
    name : its name, unique in the comparison; explanations show it
    when : condition; empty for the last level, "anything else"
    frequency : column whose rarer values weigh more at this level, or none
    missing : the level of pairs of which one record does not say
    m, u : share of pairs of one person, and of two, that are at this level, until learnt
    """

    name: str
    when: str = ""
    frequency: str | None = None
    missing: bool = False
    m: float | None = None
    u: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, in levels from the strongest agreement to none."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """How the numbers are learnt.

    Attributes
    ----------
    sure : rules whose pairs are one person nearly always; their number gives the prior
    sure_recall : share of all pairs of one person that such rules find
    rounds : blocking rules of the rounds of expectation maximisation
    pairs : pairs drawn for the numbers of two persons (u), and at most in a round
    learn_from : records from which the numbers, and how rare a value is, can be told
    """

    sure: tuple[str, ...]
    sure_recall: float
    rounds: tuple[str, ...]
    pairs: int
    learn_from: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan.

    Attributes
    ----------
    blocking : conditions; a pair is looked at when one of them holds
    kept : probability from which a pair is remembered (review, explanations)
    counting, casework : probabilities from which a pair is one person: for estimates, for a case
    unseen : probability of a pair inside a chain of likely pairs that was not scored itself
    """

    blocking: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    training: Training
    kept: float
    counting: float
    casework: float
    unseen: float

    def without_frequencies(self) -> Plan:
        """The plan for few records, of which none tells how rare a value is elsewhere."""
        plain = tuple(
            Comparison(c.name, tuple(replace(level, frequency=None) for level in c.levels))
            for c in self.comparisons
        )
        return replace(self, comparisons=plain)

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Probability from which a pair is one person, by purpose."""
        return {"counting": self.counting, "casework": self.casework}


@cache
def shipped_plan() -> Plan:
    """The plan that ships with the package."""
    text = files("aiqyn").joinpath("data", "linkage", "model.toml").read_text(encoding="utf-8")
    return read_plan(text)


def read_plan(text: str) -> Plan:
    """The plan written as TOML."""
    told = tomllib.loads(text)
    limits, training = told["thresholds"], told["training"]
    return Plan(
        blocking=tuple(_rule(r) for r in told["blocking"]["rules"]),
        comparisons=tuple(_comparison(c) for c in told["comparison"]),
        training=Training(
            tuple(_rule(r) for r in training["sure"]),
            training["sure_recall"],
            tuple(_rule(r) for r in training["rounds"]),
            int(training["pairs"]),
            int(training["learn_from"]),
        ),
        kept=limits["kept"],
        counting=limits["counting"],
        casework=limits["casework"],
        unseen=limits["unseen"],
    )


def read_plan_file(path: str | Path) -> Plan:
    """The plan of a file.

    Raises
    ------
    InputRefused (LINK-020) when the file is no such plan.
    """
    try:
        return read_plan(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        raise InputRefused("LINK-020", file=Path(path).name) from None


def _rule(told: str | Sequence[str]) -> str:
    """A condition as it stands, or equality of the columns of a list."""
    if isinstance(told, str):
        return told
    return " AND ".join(f"l.{column} = r.{column}" for column in told)


def _comparison(told: Mapping[str, Any]) -> Comparison:  # Any: TOML
    return Comparison(told["name"], tuple(Level(**level) for level in told["level"]))
