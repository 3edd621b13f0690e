"""Clusters in space and time: the prospective scan of Kulldorff, and its version for points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.signals.scan.cases_and_places import CasesAndPlaces, read_cases_and_places
    from aiqyn.signals.scan.clusters import Cluster, ClusterScan, scan_clusters
    from aiqyn.signals.scan.point_clusters import PointAlarm, watch_points
    from aiqyn.signals.scan.replicates import MonteCarlo

__all__ = [
    "CasesAndPlaces",
    "Cluster",
    "ClusterScan",
    "MonteCarlo",
    "PointAlarm",
    "read_cases_and_places",
    "scan_clusters",
    "watch_points",
]

__getattr__ = lazily(
    __name__,
    {
        "CasesAndPlaces": "cases_and_places",
        "Cluster": "clusters",
        "ClusterScan": "clusters",
        "MonteCarlo": "replicates",
        "PointAlarm": "point_clusters",
        "read_cases_and_places": "cases_and_places",
        "scan_clusters": "clusters",
        "watch_points": "point_clusters",
    },
)
