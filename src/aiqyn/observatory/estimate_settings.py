"""``[estimate]`` of observatory.toml: how the hidden number is estimated, fixed before the data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

NUMBERS = ("boot", "part_boot", "seed", "least_persons")
KEYS = ("methods", *NUMBERS, "lists", "one_list")
OWN, FOLLOWS, NONE = "own", "follows", "none"  # whose list an agency's list is
LIST_KINDS = f"{OWN}, {FOLLOWS}:…, {NONE}"
FEWEST_REPLICATES = 20  # below this no limit of 95 % can be told


@dataclass(frozen=True, slots=True)
class EstimateSettings:
    """The choices for the estimates of one observatory; data/estimates/build.toml has the defaults.

    Attributes
    ----------
    methods : in the order of the chart; the first with an interval is the one that is printed
    boot, part_boot : resampled tables for a method's interval, and for that of a part
    point_only : methods that the build gives without an interval
    by_year : methods of each year of the trend
    lists : agencies whose lists are used; empty: all that have a list of their own
    one_list : kinds whose agencies keep one list together; None: as the kinds say by themselves
    least_persons : persons of a year on a list for it to count as one
    """

    methods: tuple[str, ...]
    boot: int
    part_boot: int
    point_only: tuple[str, ...]
    by_year: tuple[str, ...]
    seed: int
    lists: tuple[str, ...] = ()
    one_list: tuple[str, ...] | None = None
    least_persons: int = 5


@cache
def estimate_defaults() -> dict[str, Any]:  # Any: numbers and lists of words
    """The choices that ship with the package."""
    text = files("aiqyn").joinpath("data", "estimates", "build.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def estimate_rules(settings: EstimateSettings) -> Iterator[tuple[str, bool, str]]:
    """Each key of ``[estimate]``, whether it holds, and what it may be."""
    from aiqyn.standard import code_list

    known, kinds = _methods(settings), code_list("agency_kind").codes()
    boots = f"0, {FEWEST_REPLICATES}, {FEWEST_REPLICATES + 1}, …"
    yield "methods", bool(settings.methods) and _among(settings.methods, known), ", ".join(known)
    for key in ("boot", "part_boot"):
        replicates = getattr(settings, key)
        yield key, replicates == 0 or replicates >= FEWEST_REPLICATES, boots
    yield "seed", settings.seed >= 0, "0, 1, 2, …"
    yield "lists", len(set(settings.lists)) == len(settings.lists), "agencies/"
    yield "one_list", _among(settings.one_list or (), kinds), ", ".join(kinds)
    yield "least_persons", settings.least_persons >= 1, "≥ 1"


def known_list(told: str) -> bool:
    """Whether ``list`` of an agency.toml says something: own, none, follows:<agency>."""
    word, _, source = told.partition(":")
    return told in (OWN, NONE) or (word == FOLLOWS and bool(source))


def _methods(settings: EstimateSettings) -> tuple[str, ...]:
    """The methods there are; the estimators are not loaded to check what ships with them."""
    own = tuple(estimate_defaults()["methods"])
    if set(settings.methods) <= set(own):
        return own
    from aiqyn.estimates.multiple_systems import AVAILABLE

    return AVAILABLE


def _among(chosen: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return len(set(chosen)) == len(chosen) and set(chosen) <= set(known)
