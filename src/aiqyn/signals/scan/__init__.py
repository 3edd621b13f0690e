"""Clusters in space and time: the prospective scan of Kulldorff, and its version for points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.signals.scan.cases_and_places import CasesAndPlaces, read_cases_and_places
    from aiqyn.signals.scan.clusters import scan_clusters
    from aiqyn.signals.scan.flow_clusters import scan_flows
    from aiqyn.signals.scan.flows_file import Flows, read_flows
    from aiqyn.signals.scan.found_clusters import Cluster, ClusterScan
    from aiqyn.signals.scan.point_clusters import PointAlarm, watch_points
    from aiqyn.signals.scan.points_file import Points, read_points
    from aiqyn.signals.scan.replicates import MonteCarlo

__all__ = [
    "CasesAndPlaces",
    "Cluster",
    "ClusterScan",
    "Flows",
    "MonteCarlo",
    "PointAlarm",
    "Points",
    "read_cases_and_places",
    "read_flows",
    "read_points",
    "scan_clusters",
    "scan_flows",
    "watch_points",
]

__getattr__ = lazily(
    __name__,
    {
        "CasesAndPlaces": "cases_and_places",
        "Cluster": "found_clusters",
        "ClusterScan": "found_clusters",
        "Flows": "flows_file",
        "MonteCarlo": "replicates",
        "PointAlarm": "point_clusters",
        "Points": "points_file",
        "read_cases_and_places": "cases_and_places",
        "read_flows": "flows_file",
        "read_points": "points_file",
        "scan_clusters": "clusters",
        "scan_flows": "flow_clusters",
        "watch_points": "point_clusters",
    },
)
