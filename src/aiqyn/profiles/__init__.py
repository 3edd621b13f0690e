"""Victims, offenders by justice stage, groups, routes, time to justice, policy: the profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.profiles.intervals import per_ten, poisson_rate, wilson
    from aiqyn.profiles.judged_together import verdict_combinations
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
    "verdict_combinations",
    "verdict_table",
    "victim_tables",
    "victims",
    "wilson",
]

_HOME = {
    "TABLES": "victim_profile",
    "ProfileTable": "victim_profile",
    "assess": "victim_profile",
    "count_cube": "margins",
    "differences": "victim_profile",
    "domains": "victim_profile",
    "per_ten": "intervals",
    "person_counts": "person_bounds",
    "poisson_rate": "intervals",
    "sources": "victim_profile",
    "verdict_combinations": "judged_together",
    "verdict_table": "victim_profile",
    "victim_tables": "victim_profile",
    "victims": "victim_profile",
    "wilson": "intervals",
}

__getattr__ = lazily(__name__, _HOME)
