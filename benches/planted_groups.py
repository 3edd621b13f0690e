"""Groups of values that rise together: what single combinations tell of them, and what with groups.

    python -m benches.planted_groups 1500 0.04,0.08 20

prints a row for each way to plant and each share of the last year's records.
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
    "6 citizenships, 1 channel": {"citizenship": 6, "channel": 1},
    "5 citizenships, 2 channels": {"citizenship": 5, "channel": 2},
    "3 citizenships, 3 regions": {"citizenship": 3, "region": 3},
    "2 channels, 2 regions, 2 sectors": {"channel": 2, "region": 2, "sector": 2},
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one file.

    Attributes
    ----------
    signals : how many
    right : share of the values in them that were planted; 0 where nothing is told
    held : share of the planted values that are in them
    whole : whether one signal has half of the planted values, and half of its own are planted
    """

    signals: int
    right: float
    held: float
    whole: bool


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


def told(table: pl.DataFrame, what: Mapping[str, set[str]], seed: int, of_groups: float) -> Told:
    """The signals of a file beside the planted values."""
    import numpy as np

    from aiqyn.signals import new_combinations

    found = new_combinations(
        table,
        date="date",
        attributes=table.columns[1:],
        rng=np.random.default_rng(seed),
        of_groups=of_groups,
    )
    true = {(name, value) for name, values in what.items() for value in values}
    each = [_values(one) for one in found.signals]
    named = set().union(*each)
    return Told(
        len(each),
        len(named & true) / max(len(named), 1),
        len(named & true) / len(true),
        any(2 * len(one & true) >= max(len(one), len(true)) for one in each),
    )


def _values(one: Emerging) -> set[tuple[str, str]]:
    return {
        (name, value)
        for name, values in one.what.items()
        for value in ((values,) if isinstance(values, str) else values)
    }


def main(records: int, shares: Sequence[float], seeds: int) -> None:
    """A row for each: without groups, and with them."""
    from aiqyn.cli.watch_records import OF_GROUPS

    for name, sizes in PLANTED.items():
        for share in shares:
            files = [planted_group(seed, records, sizes, share) for seed in range(seeds)]
            cells = [
                _summary([told(*file, seed, of_groups) for seed, file in enumerate(files)])
                for of_groups in (0.0, OF_GROUPS)
            ]
            print(f"| {records:,} | {name} | {share:.0%} | {' | '.join(cells)} |", flush=True)


def _summary(files: Sequence[Told]) -> str:
    """Files of which something is told, whole, right and held."""
    some = [one for one in files if one.signals]
    right = sum(one.right for one in some) / max(len(some), 1)
    held = sum(one.held for one in files) / len(files)
    whole = sum(one.whole for one in files)
    return f"{len(some)} of {len(files)} | {whole} | {right:.0%} | {held:.0%}"


if __name__ == "__main__":
    main(int(sys.argv[1]), [float(one) for one in sys.argv[2].split(",")], int(sys.argv[3]))
