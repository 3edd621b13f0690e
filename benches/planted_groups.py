"""Groups of values that rise together: what single combinations find, what the subset scan adds.

    python -m benches.planted_groups 1500 0.04,0.08 20

prints a line for each way to plant and each share of the last year's records.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from aiqyn.signals import Emerging

FIRST, DAYS, YEAR = date(2021, 1, 1), 4 * 365 + 1, 365
SIZES = {"channel": 8, "citizenship": 30, "region": 12, "sector": 6, "age": 5, "sex": 2}
SKEW = 0.5
PLANTED: Mapping[str, Mapping[str, int]] = {
    "nothing": {},
    "6 citizenships, 1 channel": {"citizenship": 6, "channel": 1},
    "5 citizenships, 2 channels": {"citizenship": 5, "channel": 2},
    "3 citizenships, 3 regions": {"citizenship": 3, "region": 3},
    "2 channels, 2 regions, 2 sectors": {"channel": 2, "region": 2, "sector": 2},
}


@dataclass(frozen=True, slots=True)
class Run:
    """One file.

    Attributes
    ----------
    single : whether a combination of single values was told
    group : whether a group was
    right : share of the group's values that were planted
    held : share of the planted values that the group has
    """

    single: bool
    group: bool
    right: float
    held: float


def planted_group(
    seed: int, records: int, sizes: Mapping[str, int], share: float
) -> tuple[pl.DataFrame, dict[str, set[str]]]:
    """Records of four years; `share` of the last year's have a value of each planted attribute."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng([seed, records])
    day = rng.integers(0, DAYS, records)
    columns, what = {}, {}
    moved = (day >= DAYS - YEAR) & (rng.random(records) < share)
    for name, size in SIZES.items():
        weight = np.arange(1.0, size + 1) ** -SKEW
        drawn = rng.choice(size, records, p=weight / weight.sum())
        if name in sizes:
            chosen = rng.choice(size, sizes[name], replace=False)
            drawn = np.where(moved, rng.choice(chosen, records), drawn)
            what[name] = {f"v{one}" for one in chosen}
        columns[name] = [f"v{one}" for one in drawn]
    dates = [FIRST + timedelta(int(d)) for d in day]
    return pl.DataFrame({"date": dates, **columns}), what


def run(seed: int, records: int, sizes: Mapping[str, int], share: float) -> Run:
    """What is told of one file."""
    import numpy as np

    from aiqyn.cli.watch_records import OF_GROUPS
    from aiqyn.signals import new_combinations

    table, what = planted_group(seed, records, sizes, share)
    found = new_combinations(
        table,
        date="date",
        attributes=table.columns[1:],
        rng=np.random.default_rng(seed),
        of_groups=OF_GROUPS,
    )
    groups = [one for one in found.signals if one.is_group]
    told = _values(groups[:1])
    true = {(name, value) for name, values in what.items() for value in values}
    both = len(told & true)
    return Run(
        len(groups) < len(found.signals),
        bool(groups),
        both / max(len(told), 1),
        both / max(len(true), 1),
    )


def _values(signals: Sequence[Emerging]) -> set[tuple[str, str]]:
    return {
        (name, value)
        for one in signals
        for name, values in one.what.items()
        for value in ((values,) if isinstance(values, str) else values)
    }


def main(records: int, shares: Sequence[float], seeds: int) -> None:
    """A line for each."""
    for name, sizes in PLANTED.items():
        for share in shares if sizes else (0.0,):
            runs = [run(seed, records, sizes, share) for seed in range(seeds)]
            told = [one for one in runs if one.group]
            right = sum(one.right for one in told) / max(len(told), 1)
            held = sum(one.held for one in told) / max(len(told), 1)
            print(
                f"{records} records, {name}, {share:.0%}: single {sum(r.single for r in runs)}, "
                f"group {len(told)}, only a group {sum(not r.single for r in told)} of {seeds}; "
                f"of its values planted {right:.0%}, of the planted in it {held:.0%}",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]), [float(one) for one in sys.argv[2].split(",")], int(sys.argv[3]))
