"""Clusters, of places or of flows, and how they are held against replicates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from aiqyn.errors import UsageRefused
from aiqyn.signals.scan.cases_and_places import CasesAndPlaces
from aiqyn.signals.scan.expected_cases import Expected, ScanMethod
from aiqyn.signals.scan.replicates import MonteCarlo, draw_maxima, null_of
from aiqyn.signals.series.judged import Caution, Floats

HALF = 0.5  # Kulldorff: a cluster of more than half of all is the rest's being low
MOST_SECONDARY = 9
Greatest = Callable[[Floats, Floats, float], Floats]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A window with more cases than expected.

    Attributes
    ----------
    places : its centre first, then by distance; of flows, where they come from
    duration : periods, the last one of the file included
    score : log-likelihood ratio
    cases, expected : within it
    destinations : of flows, where they lead, in the same order
    p : Monte Carlo, over all windows together; None without replicates
    p_gumbel : the same by a Gumbel distribution
    """

    places: tuple[str, ...]
    duration: int
    score: float
    cases: float
    expected: float
    destinations: tuple[str, ...] = ()
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
    clusters : by score; no two share a place, or of flows a pair; the first is the most likely one
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


@dataclass(frozen=True, slots=True)
class Drawing:
    """How replicates are drawn: at most so many, fewer with an early stop, from this generator."""

    replicates: int
    stop_after: int | None
    rng: np.random.Generator


def over_last(table: Floats, durations: int) -> Floats:
    """(…, D): sums over the last 1, 2, … D periods."""
    return np.ascontiguousarray(np.cumsum(table[..., ::-1][..., :durations], axis=-1))


def refuse_odd(replicates: int, *limits: float | None) -> None:
    """Refuse limits that are not over 0 and replicates under 0 (SIG-029)."""
    if replicates < 0 or any(limit is not None and limit <= 0 for limit in limits):
        raise UsageRefused("SIG-029")


def given_total(method: ScanMethod, cases: Floats) -> float:
    """All cases, or 0 where the expectations are taken as known."""
    return 0.0 if method == "eb-poisson" else float(cases.sum())


def against_chance(
    found: tuple[Cluster, ...],
    data: CasesAndPlaces,
    expected: Expected,
    method: ScanMethod,
    base: Floats,
    greatest: Greatest,
    drawing: Drawing,
) -> ClusterScan:
    """The clusters with their p-values.

    Parameters
    ----------
    found : by score
    base : (…, D) expected over the last periods, as the windows have it
    greatest : greatest score of each replicate, from its cases, `base` and the total that is given
    """
    cautions = (*data.cautions, *expected.cautions)
    if not found:
        none = (*cautions, Caution("SIG-126"))
        return ClusterScan((), data.periods, 0, stopped=False, cautions=none)
    total = given_total(method, data.cases)
    whole = float(max(round(total), 1)) if total else 0.0
    scaled = base * (whole / total) if total else base
    chance = draw_maxima(
        null_of(method, data, expected.table, base.shape[-1]),
        lambda cases: greatest(cases, scaled, whole),
        found[0].score,
        drawing.replicates,
        drawing.stop_after,
        drawing.rng,
    )
    judged = tuple(_judged(cluster, chance) for cluster in found) if drawing.replicates else found
    return ClusterScan(judged, data.periods, len(chance.greatest), chance.stopped, cautions)


def _judged(cluster: Cluster, chance: MonteCarlo) -> Cluster:
    return replace(cluster, p=chance.p(cluster.score), p_gumbel=chance.p_gumbel(cluster.score))
