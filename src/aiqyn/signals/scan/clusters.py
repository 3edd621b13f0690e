"""The most likely cluster and those that do not overlap it, with their Monte Carlo p-values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from aiqyn.errors import UsageRefused
from aiqyn.signals.scan.cases_and_places import CasesAndPlaces
from aiqyn.signals.scan.expected_cases import ScanMethod, expected_cases
from aiqyn.signals.scan.places_near import neighbours, reach
from aiqyn.signals.scan.replicates import MonteCarlo, draw_maxima, null_of
from aiqyn.signals.scan.window_scores import Indices, every_score, greatest_scores
from aiqyn.signals.series.judged import Caution, Floats

HALF = 0.5  # Kulldorff: a cluster of more than half of all is the rest's being low
MOST_SECONDARY = 9


@dataclass(frozen=True, slots=True)
class Cluster:
    """A window with more cases than expected.

    Attributes
    ----------
    places : its centre first, then by distance
    duration : periods, the last one of the file included
    score : log-likelihood ratio
    cases, expected : within it
    p : Monte Carlo, over all windows together; None without replicates
    p_gumbel : the same by a Gumbel distribution
    """

    places: tuple[str, ...]
    duration: int
    score: float
    cases: float
    expected: float
    p: float | None = None
    p_gumbel: float | None = None

    @property
    def relative_risk(self) -> float:
        """Observed over expected."""
        return self.cases / self.expected


@dataclass(frozen=True, slots=True)
class ClusterScan:
    """What a scan found.

    Attributes
    ----------
    clusters : by score; no two share a place; the first is the most likely one
    periods : of the file, the latest last
    drawn : replicates drawn
    stopped : whether drawing ended early
    cautions : of the files and of the expectations
    """

    clusters: tuple[Cluster, ...]
    periods: tuple[str, ...]
    drawn: int
    stopped: bool
    cautions: tuple[Caution, ...] = ()


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
    base = over_last(expected.table, durations)
    total = 0.0 if method == "eb-poisson" else float(data.cases.sum())
    found = _not_overlapping(over_last(data.cases, durations), base, near, allowed, total)
    named = [_named(data, expected.table, *window) for window in found]
    if not named:
        told = (*data.cautions, *expected.cautions, Caution("SIG-126"))
        return ClusterScan((), data.periods, 0, stopped=False, cautions=told)
    whole = float(max(round(total), 1)) if total else 0.0
    scaled = base * (whole / total) if total else base
    chance = draw_maxima(
        null_of(method, data, expected.table, durations),
        lambda cases: greatest_scores(over_last(cases, durations), scaled, near, allowed, whole),
        named[0].score,
        replicates,
        stop_after,
        rng,
    )
    judged = tuple(_judged(cluster, chance, replicates) for cluster in named)
    cautions = (*data.cautions, *expected.cautions)
    return ClusterScan(judged, data.periods, len(chance.greatest), chance.stopped, cautions)


def over_last(table: Floats, durations: int) -> Floats:
    """(…, D): sums over the last 1, 2, … D periods."""
    return np.ascontiguousarray(np.cumsum(table[..., ::-1][..., :durations], axis=-1))


def refuse_odd(replicates: int, *limits: float | None) -> None:
    """Refuse limits that are not over 0 and replicates under 0 (SIG-029)."""
    if replicates < 0 or any(limit is not None and limit <= 0 for limit in limits):
        raise UsageRefused("SIG-029")


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


def _judged(cluster: Cluster, chance: MonteCarlo, replicates: int) -> Cluster:
    if not replicates:
        return cluster
    return replace(cluster, p=chance.p(cluster.score), p_gumbel=chance.p_gumbel(cluster.score))
