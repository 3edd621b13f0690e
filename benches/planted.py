"""New combinations where the truth is known: noise, and a quarter of the last year moved to one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benches.measures import limits
from benches.rows import Row

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

SEEDS, RECORDS, FIRST = 50, 1_500, date(2021, 1, 1)
DAYS = 4 * 365 + 1
SIZES = ((6, 5, 4, 3, 8, 5, 4, 2), (3, 3, 3), (40, 5, 5, 3), (2, 2, 2, 2, 2, 2))


def planted() -> Iterator[Row]:
    """False alarms a run over 50 seeds; runs in which the planted pair is not the first."""
    bound = limits()["new_combinations"]
    false = sum(len(_told(noise(seed), seed)) for seed in range(SEEDS)) / SEEDS
    yield Row("new combinations: false alarms a run", false, "", bound["false_alarms"])
    missed = 0
    for seed in range(SEEDS):
        records, what = with_a_pair(noise(seed), seed)
        first = _told(records, seed)[:1]
        missed += first != [what]
    yield Row("new combinations: planted pair not first", missed, f"of {SEEDS}", bound["missed"])


def _told(records: pl.DataFrame, seed: int) -> list[dict[str, str | tuple[str, ...]]]:
    import numpy as np

    from aiqyn.cli.watch_records import OF_GROUPS
    from aiqyn.signals import new_combinations

    found = new_combinations(
        records,
        date="date",
        attributes=records.columns[1:],
        rng=np.random.default_rng(seed),
        of_groups=OF_GROUPS,
    )
    return [dict(signal.what) for signal in found.signals]


def noise(seed: int) -> pl.DataFrame:
    """Records of four years in which nothing changes but the total.

    By seed: even or skewed shares, attributes apart or dependent, seasons and growth of the total.
    """
    import numpy as np
    import polars as pl

    rng = np.random.default_rng([seed, RECORDS])
    day = np.arange(DAYS)
    weight = (1 + 0.3 * np.sin(day * 2 * np.pi / 365.25)) * (1 + 0.3 * day / DAYS)
    days = rng.choice(DAYS, RECORDS, p=weight / weight.sum())
    hidden = rng.random(RECORDS)
    columns = {
        chr(ord("a") + i): _values(size, hidden if i % 2 and seed % 2 else None, seed, rng)
        for i, size in enumerate(SIZES[seed % len(SIZES)])
    }
    return pl.DataFrame({"date": [FIRST + timedelta(int(d)) for d in days], **columns})


def _values(size: int, hidden: np.ndarray | None, seed: int, rng: np.random.Generator) -> list[str]:
    import numpy as np

    share = np.arange(1, size + 1.0) ** -(0.0, 0.7, 1.5)[seed % 3]
    drawn = rng.choice(size, RECORDS, p=share / share.sum())
    if hidden is not None:
        drawn = np.where(rng.random(RECORDS) < 0.5, (hidden * size).astype(int), drawn)
    return [f"v{one}" for one in drawn]


def with_a_pair(records: pl.DataFrame, seed: int) -> tuple[pl.DataFrame, dict[str, str]]:
    """A quarter of the last year's records given two values; the records, and the values."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng([seed, 2])
    names = sorted(rng.choice(records.columns[1:], 2, replace=False))
    what = {name: str(rng.choice(records[name].unique().sort())) for name in names}
    late = (records["date"] > FIRST + timedelta(DAYS - 366)).to_numpy()
    moved = pl.Series(late & (rng.random(RECORDS) < 0.25))
    columns = [
        pl.when(moved).then(pl.lit(value)).otherwise(pl.col(name)).alias(name)
        for name, value in what.items()
    ]
    return records.with_columns(columns), what
