"""Victims, offenders by justice stage, groups, routes, time to justice, policy: the profiles."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiqyn.profiles.intervals import per_ten, poisson_rate, wilson
    from aiqyn.profiles.margins import count_cube
    from aiqyn.profiles.person_bounds import person_counts
    from aiqyn.profiles.victim_profile import (
        TABLES,
        ProfileTable,
        assess,
        differences,
        domains,
        sources,
        verdict_table,
        victim_tables,
        victims,
    )

__all__ = [
    "TABLES",
    "ProfileTable",
    "assess",
    "count_cube",
    "differences",
    "domains",
    "per_ten",
    "person_counts",
    "poisson_rate",
    "sources",
    "verdict_table",
    "victim_tables",
    "victims",
    "wilson",
]

_HOME = {
    "count_cube": "margins",
    "per_ten": "intervals",
    "person_counts": "person_bounds",
    "poisson_rate": "intervals",
    "wilson": "intervals",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"aiqyn.profiles.{_HOME.get(name, 'victim_profile')}"), name)
