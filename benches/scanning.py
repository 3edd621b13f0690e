"""The space-time scan: 189 strata of 217 places, 999 replicates each, as a country asks for."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import numpy as np

from benches.measures import limits
from benches.rows import Row

STRATA, PLACES, NEIGHBOURS, PERIODS, REPLICATES = 189, 217, 108, 12, 999
MEASURED = (0.05, 0.3, 3.0)  # mean cases of a place and month in the strata that are run


def scanning() -> Iterator[Row]:
    """Processor seconds of all strata, carried over from three; every replicate, and few."""
    for stop_after, how in ((None, "all replicates"), (20, "stop after 20")):
        spent = np.mean([_seconds(mean, stop_after) for mean in MEASURED])
        what = f"scan: {STRATA} strata of {PLACES} places, {how} (from {len(MEASURED)})"
        yield Row(what, float(spent) * STRATA, "s", limits()["scan"]["country"])


def _seconds(mean: float, stop_after: int | None) -> float:
    from aiqyn.signals.scan import CasesAndPlaces, scan_clusters

    rng = np.random.default_rng(PLACES)
    at = rng.uniform(size=(PLACES, 2))
    expected = np.outer(rng.gamma(2, mean / 2, PLACES), np.ones(PERIODS))
    names, months = tuple(map(str, range(PLACES))), tuple(map(str, range(PERIODS)))
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    cases = rng.poisson(expected).astype(np.float64)
    data = CasesAndPlaces(names, months, cases, None, expected, apart)
    scan_clusters(data, rng=rng, replicates=1, most_places=2)  # compiled before the clock starts
    start = process_time()
    scan_clusters(
        data, rng=rng, replicates=REPLICATES, stop_after=stop_after, most_places=NEIGHBOURS
    )
    return process_time() - start
