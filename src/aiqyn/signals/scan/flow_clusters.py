"""Clusters among flows: from near origins to near destinations, more of late than expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.signals.scan.clusters import HALF, MOST_SECONDARY, over_last, refuse_odd
from aiqyn.signals.scan.expected_cases import ScanMethod, expected_cases
from aiqyn.signals.scan.flow_windows import best_window, greatest_flow_scores
from aiqyn.signals.scan.flows_file import Flows
from aiqyn.signals.scan.places_near import neighbours, reach
from aiqyn.signals.scan.replicates import MonteCarlo, draw_maxima, null_of
from aiqyn.signals.scan.window_scores import Indices
from aiqyn.signals.series.judged import Caution, Floats

MOST_TRIED = 2e11  # windows times replicates: about an hour on one core


@dataclass(frozen=True, slots=True)
class FlowCluster:
    """Flows from some places to some places with more cases than expected.

    Attributes
    ----------
    origins, destinations : the centre first, then by distance
    duration : periods, the last one of the file included
    score : log-likelihood ratio
    cases, expected : within it
    p : Monte Carlo, over all windows together; None without replicates
    p_gumbel : the same by a Gumbel distribution
    """

    origins: tuple[str, ...]
    destinations: tuple[str, ...]
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
class FlowScan:
    """What a scan of flows found.

    Attributes
    ----------
    clusters : by score; no two share a pair of places; the first is the most likely one
    periods : of the file, the latest last
    drawn, stopped : replicates drawn; whether drawing ended early
    cautions : of the files and of the expectations
    """

    clusters: tuple[FlowCluster, ...]
    periods: tuple[str, ...]
    drawn: int
    stopped: bool
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class _Search:
    """Everything about the windows that does not change between replicates."""

    base: Floats
    near: Indices
    outward: Indices
    inward: Indices

    def counts(self, cases: Floats) -> Floats:
        """(…, places, places, D) sums over the last periods, of pairs by period."""
        places, durations = len(self.near), self.base.shape[2]
        summed = over_last(cases, durations)
        return summed.reshape(*cases.shape[:-2], places, places, durations)

    @property
    def windows(self) -> float:
        """How many are tried."""
        return float(self.outward.sum()) * float(self.inward.sum()) * float(self.base.shape[2])


def scan_flows(
    flows: Flows,
    method: ScanMethod = "eb-poisson",
    *,
    rng: np.random.Generator,
    replicates: int = 999,
    stop_after: int | None = None,
    most_places: int | None = None,
    most_share: float | None = None,
    most_periods: int | None = None,
) -> FlowScan:
    """Prospective scan of flows; parameters as `scan_clusters`, for either end of a flow.

    A pair of places stands for a place: what is expected of it, and how a replicate is drawn, is
    the method's. `most_share` is of the cases expected to leave all origins, or to reach all
    destinations.

    Raises
    ------
    AnswerRefused: more windows than can be tried in an hour (SIG-212), and of `expected_cases`.

    References
    ----------
    Kulldorff (2001), J. R. Stat. Soc. A 164, 61-72, on pairs of places; zones of flows as pairs of
    zones as in Tao & Thill (2016), Geogr. Anal. 48, 355-372.
    """
    refuse_odd(replicates, stop_after, most_places, most_share, most_periods)
    expected = expected_cases(flows.pairs, method)
    durations = min(most_periods or len(flows.pairs.periods), len(flows.pairs.periods))
    search = _search(flows, expected.table, durations, most_places, most_share or HALF)
    if search.windows * max(replicates, 1) > MOST_TRIED:
        raise AnswerRefused("SIG-212", windows=int(search.windows))
    total = 0.0 if method == "eb-poisson" else float(flows.pairs.cases.sum())
    found = tuple(_not_overlapping(search, search.counts(flows.pairs.cases), total, flows))
    cautions = (*flows.pairs.cautions, *expected.cautions)
    if not found:
        none = (*cautions, Caution("SIG-126"))
        return FlowScan((), flows.pairs.periods, 0, stopped=False, cautions=none)
    whole = float(max(round(total), 1)) if total else 0.0
    scaled = search.base * (whole / total) if total else search.base
    fixed = (scaled, search.near, search.outward, search.inward, whole)
    chance = draw_maxima(
        null_of(method, flows.pairs, expected.table, durations),
        lambda cases: greatest_flow_scores(search.counts(cases), *fixed),
        found[0].score,
        replicates,
        stop_after,
        rng,
    )
    judged = tuple(_judged(cluster, chance) for cluster in found) if replicates else found
    drawn = len(chance.greatest)
    return FlowScan(judged, flows.pairs.periods, drawn, chance.stopped, cautions)


def _search(
    flows: Flows, expected: Floats, durations: int, most: int | None, share: float
) -> _Search:
    near, places = neighbours(flows.apart), len(flows.places)
    by_pair = expected.sum(axis=1).reshape(places, places)
    ends = (reach(near, most, by_pair.sum(axis=axis), share) for axis in (1, 0))
    base = over_last(expected, durations).reshape(places, places, durations)
    return _Search(base, near, *ends)


def _not_overlapping(
    search: _Search, counts: Floats, total: float, flows: Flows
) -> Iterator[FlowCluster]:
    """The best windows, each without a pair of a better one."""
    taken = np.zeros(counts.shape[:2], dtype=np.bool_)
    ends = (search.near, search.outward, search.inward)
    for _ in range(1 + MOST_SECONDARY):
        score, origin, k, end, m, duration = best_window(counts, search.base, *ends, total, taken)
        if score <= 0:
            return
        within = np.ix_(search.near[origin, :k], search.near[end, :m])
        taken[within] = True
        yield FlowCluster(
            tuple(flows.places[i] for i in search.near[origin, :k]),
            tuple(flows.places[i] for i in search.near[end, :m]),
            duration,
            score,
            float(counts[within][..., duration - 1].sum()),
            float(search.base[within][..., duration - 1].sum()),
        )


def _judged(cluster: FlowCluster, chance: MonteCarlo) -> FlowCluster:
    return replace(cluster, p=chance.p(cluster.score), p_gumbel=chance.p_gumbel(cluster.score))
