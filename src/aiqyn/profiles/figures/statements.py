"""What the article states: ``data/figures/article.yaml`` as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Unit = Literal["share", "points", "per_ten", "count"]
Cells = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """How a figure is computed: which cells, which years, which part of which whole."""

    kind: Literal["share", "rise", "countries", "absent"]
    indicator: str | None
    dimension: str | None
    years: tuple[int, int]
    whole: Cells
    part: Cells = field(default_factory=dict)
    less: Cells = field(default_factory=dict)
    since: tuple[int, int] | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure of the article: what it says, where, and the rule that recomputes it."""

    id: str
    stated: float
    unit: Unit
    claim: Literal["about", "more_than"]
    reach: Literal["any", "many"]
    where: str
    rule: Rule
    also: Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class Statements:
    """All figures, the widening that still agrees, and the width that decides nothing."""

    figures: tuple[Statement, ...]
    tolerance: Mapping[str, float]
    too_wide: Mapping[str, float]


@cache
def article() -> Statements:
    """The article's figures, in the order of the file."""
    import yaml

    text = files("aiqyn").joinpath("data", "figures", "article.yaml").read_text("utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    groups = {name: tuple(codes) for name, codes in data["groups"].items()}
    figures = tuple(_statement(entry, groups) for entry in data["figures"])
    return Statements(figures, data["tolerance"], data["too_wide"])


# YAML gives no better type than Any.
def _statement(entry: dict[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Statement:
    rule = _rule(entry["rule"], groups)
    return Statement(
        id=entry["id"],
        stated=float(entry["stated"]),
        unit=entry["unit"],
        claim=entry.get("claim", "about"),
        reach=entry.get("reach", "any"),
        where=entry["where"],
        rule=rule,
        also={name: _changed(rule, change) for name, change in entry.get("also", {}).items()},
    )


def _rule(entry: dict[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Rule:
    return Rule(
        kind=entry["kind"],
        indicator=entry["indicator"],
        dimension=entry["dimension"],
        years=_years(entry["years"]),
        whole=_cells(entry["whole"]),
        part=_cells(entry.get("part", {})),
        less=_cells(entry.get("less", {})),
        since=_years(entry["since"]) if "since" in entry else None,
        countries=groups[entry["group"]] if "group" in entry else (),
    )


def _changed(rule: Rule, change: dict[str, Any]) -> Rule:
    read: dict[str, Callable[[Any], Any]]
    read = {"years": _years, "whole": _cells, "part": _cells, "less": _cells}
    return replace(rule, **{key: read.get(key, _same)(value) for key, value in change.items()})


def _years(pair: list[int]) -> tuple[int, int]:
    return int(pair[0]), int(pair[1])


def _cells(entry: dict[str, list[str]]) -> Cells:
    return {column: tuple(codes) for column, codes in entry.items()}


def _same(value: Any) -> Any:
    return value
