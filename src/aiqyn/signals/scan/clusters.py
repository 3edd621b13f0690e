"""The most likely cluster and those that do not overlap it, with their Monte Carlo p-values."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aiqyn.signals.scan.cases_and_places import CasesAndPlaces
from aiqyn.signals.scan.expected_cases import ScanMethod, expected_cases
from aiqyn.signals.scan.found_clusters import (
    HALF,
    MOST_SECONDARY,
    Cluster,
    ClusterScan,
    Drawing,
    against_chance,
    given_total,
    over_last,
    refuse_odd,
)
from aiqyn.signals.scan.places_near import neighbours, reach
from aiqyn.signals.scan.window_scores import Indices, every_score, greatest_scores
from aiqyn.signals.series.judged import Floats


def scan_clusters(
    data: CasesAndPlaces,
    method: ScanMethod = "eb-poisson",
    *,
    rng: np.random.Generator,
    replicates: int = 999,
    stop_after: int | None = None,
    most_places: int | None = None,
    most_share: float | None = None,
    most_periods: int | None = None,
) -> ClusterScan:
    """Prospective space-time scan: windows of near places that end at the last period.

    Parameters
    ----------
    data : of `read_cases_and_places`
    method : what the cases are compared with, and what the replicates are
    replicates : at most; 0 leaves the p-values out
    stop_after : end once so many replicates reach the most likely cluster's score (10 or more is
        usual: the relative error of p is then about ``1 / sqrt(stop_after)``); None draws all
    most_places : places in a window, its centre included
    most_share : or the share of the population (of the expected cases, where it is not known) in a
        window; a half when neither is given
    most_periods : the longest window; all periods when None

    References
    ----------
    Kulldorff (2001), J. R. Stat. Soc. A 164, 61-72; Neill (2006), PhD thesis, Carnegie Mellon;
    Kulldorff et al. (2005), PLoS Med. 2, e59 (permutation); Besag & Clifford (1991), Biometrika 78,
    301-304 (early stop); Abrams, Kulldorff & Kleinman (2010), Int. J. Health Geogr. 9, 61 (Gumbel).
    """
    refuse_odd(replicates, stop_after, most_places, most_share, most_periods)
    expected = expected_cases(data, method)
    durations = min(most_periods or len(data.periods), len(data.periods))
    near = neighbours(data.apart)
    at_risk = expected.table if data.population is None else data.population
    allowed = reach(near, most_places, at_risk.sum(axis=1), most_share or HALF)
    base, total = over_last(expected.table, durations), given_total(method, data.cases)
    found = _not_overlapping(over_last(data.cases, durations), base, near, allowed, total)
    named = tuple(_named(data, expected.table, *window) for window in found)

    def greatest(cases: Floats, scaled: Floats, whole: float) -> Floats:
        return greatest_scores(over_last(cases, durations), scaled, near, allowed, whole)

    drawing = Drawing(replicates, stop_after, rng)
    return against_chance(named, data, expected, method, base, greatest, drawing)


def _not_overlapping(
    counts: Floats, base: Floats, near: Indices, allowed: Indices, total: float
) -> list[tuple[float, Indices, int]]:
    """Score, places and duration of the best windows, each without a place of a better one."""
    scores = every_score(counts, base, near, allowed, total)
    found: list[tuple[float, Indices, int]] = []
    taken = np.zeros(len(near), dtype=bool)
    for where in _from_the_best(scores):
        centre, k, d = (int(i) for i in np.unravel_index(where, scores.shape))
        places = near[centre, : k + 1]
        if not taken[places].any():
            found.append((float(scores[centre, k, d]), places, d + 1))
            taken[places] = True
            if len(found) > MOST_SECONDARY or taken.all():
                break
    return found


def _from_the_best(scores: Floats) -> Iterator[int]:
    """Indices of scores over 0 from the greatest; equal ones in order of the places."""
    flat = scores.ravel()
    for where in np.argsort(-flat, kind="stable"):
        if flat[where] <= 0:
            return
        yield int(where)


def _named(
    data: CasesAndPlaces, expected: Floats, score: float, places: Indices, duration: int
) -> Cluster:
    within = np.s_[places, -duration:]
    return Cluster(
        tuple(data.places[i] for i in places),
        duration,
        score,
        float(data.cases[within].sum()),
        float(expected[within].sum()),
    )
