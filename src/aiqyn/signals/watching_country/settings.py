"""The choices of the watch over a country, from ``data/signals/watching_country.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WEEKS_OF_YEAR = 52


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """What is watched, and how strictly; the file says why each.

    Attributes
    ----------
    windows : weeks; each divides 52
    left_out : weeks before now that are no part of the history
    fewest_before, fewest_now : persons
    expected, new_patterns, clusters : false alarms of one run: all series together, new
        combinations, and neighbouring regions
    """

    dimensions: tuple[str, ...]
    longest: int
    apart: tuple[frozenset[str], ...]
    windows: tuple[int, ...]
    years: int
    left_out: int
    fewest_before: int
    fewest_now: int
    enough_for_a_season: float
    expected: float
    largest_q: float
    as_country: float
    draws: int
    new_patterns: float
    replicates: int
    clusters: float
    most_regions: int
    most_sets: int
    enough_for_a_cluster: float
    cluster_replicates: int


@cache
def watch_settings() -> WatchSettings:
    """The shipped choices."""
    place = files("aiqyn").joinpath("data", "signals", "watching_country.toml")
    told = tomllib.loads(place.read_text(encoding="utf-8"))
    parts = [told.pop(name) for name in ("share", "combinations", "clusters")]
    return WatchSettings(
        dimensions=tuple(told.pop("dimensions")),
        apart=tuple(frozenset(pair) for pair in told.pop("apart")),
        windows=tuple(told.pop("windows")),
        **told,
        **{name: value for part in parts for name, value in part.items()},
    )
