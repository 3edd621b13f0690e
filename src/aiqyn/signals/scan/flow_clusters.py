"""Clusters among flows: from near origins to near destinations, more of late than expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.signals.scan.expected_cases import ScanMethod, expected_cases
from aiqyn.signals.scan.flow_windows import best_window, greatest_flow_scores
from aiqyn.signals.scan.flows_file import Flows
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
from aiqyn.signals.scan.window_scores import Indices
from aiqyn.signals.series.judged import Floats

MOST_TRIED = 2e11  # windows times replicates: about a quarter of an hour on one core


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
) -> ClusterScan:
    """Prospective scan of flows; parameters as `scan_clusters`, for either end of a flow.

    A pair of places stands for a place: what is expected of it, and how a replicate is drawn, is
    the method's. `most_share` is of the cases expected to leave all origins, or to reach all
    destinations.

    Raises
    ------
    AnswerRefused: more windows than can be tried (SIG-212), and of `expected_cases`.

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
    total = given_total(method, flows.pairs.cases)
    found = tuple(_not_overlapping(search, search.counts(flows.pairs.cases), total, flows))

    def greatest(cases: Floats, scaled: Floats, whole: float) -> Floats:
        ends = (search.near, search.outward, search.inward)
        return greatest_flow_scores(search.counts(cases), scaled, *ends, whole)

    drawing = Drawing(replicates, stop_after, rng)
    return against_chance(found, flows.pairs, expected, method, search.base, greatest, drawing)


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
) -> Iterator[Cluster]:
    """The best windows, each without a pair of a better one."""
    taken = np.zeros(counts.shape[:2], dtype=np.bool_)
    ends = (search.near, search.outward, search.inward)
    for _ in range(1 + MOST_SECONDARY):
        score, origin, k, end, m, duration = best_window(counts, search.base, *ends, total, taken)
        if score <= 0:
            return
        within = np.ix_(search.near[origin, :k], search.near[end, :m])
        taken[within] = True
        yield Cluster(
            tuple(flows.places[i] for i in search.near[origin, :k]),
            duration,
            score,
            float(counts[within][..., duration - 1].sum()),
            float(search.base[within][..., duration - 1].sum()),
            tuple(flows.places[i] for i in search.near[end, :m]),
        )
