"""How often neighbouring regions that rise together are told, with the scan and without it.

    python -m benches.planted_clusters [runs] [times as many persons]

In a country where nothing else changes, three neighbouring regions of Samal have `times` as many
persons in the latest 13 weeks, of every form or of one; reports come as late as ever. Told: by a
cluster with two of the three or more; by a series, or by a combination, of one of them; by either.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.signals.scan.neighbouring import Neighbours
from aiqyn.signals.watching_country.signal import Signal
from aiqyn.signals.watching_country.whole_watch import whole_watch
from benches.null_countries import AS_OF, FIRST, Quiet, drawn_as, null_country, samal

REGIONS = ("XSA-03", "XSA-05", "XSA-06")
WEEKS = 13
QUIET = Quiet(season=0.2, phi=1.3)


def planted(
    persons: pl.DataFrame, form: str | None, times: float, rng: np.random.Generator
) -> pl.DataFrame:
    """The persons by whom the regions' number is `times` as large in the latest weeks."""
    days = (AS_OF - FIRST).days + 1
    parts = []
    for region in REGIONS:
        mine = persons.filter(pl.col("region") == region)
        if form is not None:
            mine = mine.filter(pl.col("forms").list.contains(form))
        n = rng.poisson((times - 1) * mine.height * 7 * WEEKS / days)
        who, day = rng.integers(0, mine.height, n), days - 1 - rng.integers(0, 7 * WEEKS, n)
        parts.append(drawn_as(mine, who, day, FIRST))
    return pl.concat(parts).filter(pl.col("date_reported") <= AS_OF)


def told(
    persons: pl.DataFrame, beside: Neighbours, form: str | None, times: float, runs: int
) -> tuple[float, float, float]:
    """Share of the runs in which a cluster tells it, in which another signal does, and either."""
    found = []
    for seed in range(3000, 3000 + runs):
        rng = np.random.default_rng(seed)
        quiet = null_country(persons, FIRST, AS_OF, QUIET, rng)
        country = pl.concat([quiet, planted(persons, form, times, rng)])
        signals = whole_watch(country, "XSA", AS_OF, beside, rng=rng).signals
        by_cluster = any(_of_two(signal) for signal in signals)
        by_another = any(signal.cell.get("place") in REGIONS for signal in signals)
        found.append((by_cluster, by_another, by_cluster or by_another))
    cluster, another, either = np.mean(found, axis=0)
    return float(cluster), float(another), float(either)


def _of_two(signal: Signal) -> bool:
    return len({region.code for region in signal.regions} & set(REGIONS)) > 1


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        everybody, beside = samal(Path(folder) / "samal")
    everybody = pl.concat([everybody] * many)
    for form in (None, "forced_labour"):
        for times in (1.5, 1.8):
            cluster, another, either = told(everybody, beside, form, times, runs)
            print(
                f"{form or 'all forms'} x {times}, {many} x persons: told by a cluster "
                f"{cluster:.2f}, by another signal there {another:.2f}, by either {either:.2f}",
                flush=True,
            )
