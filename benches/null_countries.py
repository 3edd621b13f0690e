"""Countries where nothing changes: who is detected is drawn anew, how many only as chance has it.

    python -m benches.null_countries [runs]

Every person of an observatory may be drawn, with all of their attributes and their delay, so
series overlap as they do in truth. Numbers by region and four weeks are negative binomial around a
constant rate with a season; what is drawn in one region and month is alike no more than elsewhere.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.demo import write_country
from aiqyn.observatory import STAGES, Observatory, build, table
from aiqyn.observatory.signals.known_persons import known_on
from aiqyn.signals.watching_country.watching import watch_country

FIRST, AS_OF, ALL_KNOWN = date(2019, 1, 1), date(2025, 12, 31), date(2026, 2, 15)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A country where nothing changes.

    Attributes
    ----------
    season : amplitude of a yearly wave on the log scale
    phi : variance of the numbers of a region and month, over their mean
    growth : a year, on the log scale, the same everywhere
    """

    season: float = 0.0
    phi: float = 1.0
    growth: float = 0.0


def null_country(
    persons: pl.DataFrame, first: date, as_of: date, quiet: Quiet, rng: np.random.Generator
) -> pl.DataFrame:
    """As many persons as `persons` in a country where nothing changes, as known on `as_of`."""
    days = (as_of - first).days + 1
    months = np.arange(days) // 28
    regions = persons["region"].fill_null("?")
    wave = np.exp(
        quiet.season * np.cos(2 * np.pi * np.arange(days) / 365.25)
        + quiet.growth * np.arange(days) / 365.25
    )
    parts = []
    for region, n in sorted(regions.value_counts().iter_rows()):
        expected = np.bincount(months, weights=wave) * n / wave.sum()
        if quiet.phi > 1:
            counts = rng.poisson(rng.gamma(expected / (quiet.phi - 1), quiet.phi - 1))
        else:
            counts = rng.poisson(expected)
        day = np.repeat(np.arange(len(counts)) * 28, counts)
        day = np.minimum(day + rng.integers(0, 28, len(day)), days - 1)
        who = rng.choice(np.flatnonzero((regions == region).to_numpy()), len(day))
        parts.append(_drawn(persons, who, day, first))
    return pl.concat(parts).filter(pl.col("date_reported") <= as_of)


def _drawn(persons: pl.DataFrame, who: np.ndarray, day: np.ndarray, first: date) -> pl.DataFrame:  # type: ignore[type-arg]  # whole numbers
    taken = persons[who]
    delay = taken["date_reported"] - taken["date_detected"]
    detected = pl.Series(np.datetime64(first) + day.astype("timedelta64[D]")).cast(pl.Date)
    return taken.with_columns(date_detected=detected, date_reported=detected + delay)


def false_alarms(persons: pl.DataFrame, quiet: Quiet, runs: int) -> list[int]:
    """Signals of each of `runs` countries where nothing changes."""
    found = []
    for seed in range(1000, 1000 + runs):
        rng = np.random.default_rng(seed)
        country = null_country(persons, FIRST, AS_OF, quiet, rng)
        found.append(len(watch_country(country, "XSA", AS_OF, rng=rng).signals))
    return found


def samal_persons(place: Path) -> pl.DataFrame:
    """Everybody detected in Samal, with every report."""
    write_country(place, persons=20_000)
    observatory = Observatory.open(place)
    build(observatory, STAGES, until="intake")
    return known_on(table(observatory, "intake", "victims"), ALL_KNOWN).persons


KINDS = {
    "steady": Quiet(),
    "season 0.2": Quiet(season=0.2),
    "season 0.2, phi 1.5": Quiet(season=0.2, phi=1.5),
    "season 0.2, phi 2": Quiet(season=0.2, phi=2.0),
    "season 0.2, growth 8 % a year": Quiet(season=0.2, growth=0.08),
}

if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        everybody = samal_persons(Path(folder) / "samal")
    for name, quiet in KINDS.items():
        n = np.array(false_alarms(everybody, quiet, runs))
        print(f"{name}: {n.mean():.3f} signals a run (se {n.std() / runs**0.5:.3f}), {runs} runs")
