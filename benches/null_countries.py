"""The whole watch over countries where nothing changes: how many signals it raises.

    python -m benches.null_countries [runs]

Who is detected is drawn anew, how many only as chance has it.

Every person of an observatory may be drawn, with all of their attributes and their delay, so
series overlap as they do in truth. Numbers by region and four weeks are negative binomial around a
constant rate with a season; what is drawn in one region and month is alike no more than elsewhere.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time
from typing import get_args

import numpy as np
import polars as pl

from aiqyn.demo import write_country
from aiqyn.observatory import STAGES, Observatory, build, table
from aiqyn.observatory.signals.known_persons import known_on
from aiqyn.observatory.signals.neighbouring import neighbours
from aiqyn.signals.scan.neighbouring import Neighbours
from aiqyn.signals.watching_country.series_of_country import Integers
from aiqyn.signals.watching_country.settings import watch_settings
from aiqyn.signals.watching_country.signal import Kind
from aiqyn.signals.watching_country.whole_watch import whole_watch

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
        parts.append(drawn_as(persons, who, day, first))
    return pl.concat(parts).filter(pl.col("date_reported") <= as_of)


def drawn_as(persons: pl.DataFrame, who: Integers, day: Integers, first: date) -> pl.DataFrame:
    """Those persons, detected on those days after the first, reported as late as they were."""
    taken = persons[who]
    delay = taken["date_reported"] - taken["date_detected"]
    detected = pl.Series(np.datetime64(first) + day.astype("timedelta64[D]")).cast(pl.Date)
    return taken.with_columns(date_detected=detected, date_reported=detected + delay)


def false_alarms(
    persons: pl.DataFrame, beside: Neighbours, quiet: Quiet, runs: int
) -> dict[Kind, Integers]:
    """Signals of each of `runs` countries where nothing changes, by kind of signal."""
    found: dict[Kind, list[int]] = {kind: [] for kind in get_args(Kind)}
    for seed in range(1000, 1000 + runs):
        rng = np.random.default_rng(seed)
        country = null_country(persons, FIRST, AS_OF, quiet, rng)
        raised = Counter(
            one.kind for one in whole_watch(country, "XSA", AS_OF, beside, rng=rng).signals
        )
        for kind, counts in found.items():
            counts.append(raised[kind])
    return {kind: np.array(counts) for kind, counts in found.items()}


def samal(place: Path) -> tuple[pl.DataFrame, Neighbours]:
    """Everybody detected in Samal, with every report, and which regions lie beside each other."""
    write_country(place, persons=20_000)
    observatory = Observatory.open(place)
    build(observatory, STAGES, until="intake")
    everybody = known_on(table(observatory, "intake", "victims"), ALL_KNOWN).persons
    return everybody, neighbours(observatory)


KINDS = {
    "steady": Quiet(),
    "season 0.2": Quiet(season=0.2),
    "season 0.2, phi 1.5": Quiet(season=0.2, phi=1.5),
    "season 0.2, phi 2": Quiet(season=0.2, phi=2.0),
    "season 0.2, growth 8 % a year": Quiet(season=0.2, growth=0.08),
}


def _line(name: str, found: dict[Kind, Integers], seconds: float) -> str:
    whole = sum(found.values(), np.zeros(1))
    parts = ", ".join(f"{kind} {counts.mean():.3f}" for kind, counts in found.items())
    error = whole.std(ddof=1) / len(whole) ** 0.5
    return f"{name}: {whole.mean():.3f} (se {error:.3f}) a run: {parts}; {seconds:.0f} s"


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        everybody, beside = samal(Path(folder) / "samal")
    told = watch_settings()
    stated = told.expected + told.clusters + told.new_patterns
    print(f"stated {stated:.2f}; {runs} runs of each kind")
    for name, quiet in KINDS.items():
        start = process_time()
        found = false_alarms(everybody, beside, quiet, runs)
        print(_line(name, found, process_time() - start), flush=True)
