"""``aiqyn scan --flows``: clusters among flows, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn.cli.scan import answer_of, of_cluster, print_clusters, shown_numbers

if TYPE_CHECKING:
    from aiqyn.signals.scan.expected_cases import ScanMethod
    from aiqyn.signals.scan.flow_clusters import FlowCluster


def scan_flow_files(
    flows: Path,
    geo: Path,
    *,
    method: ScanMethod,
    seed: int = 1,
    lang: str = "en",
    **limits: Any,  # Any: of `scan_flows`, as the verb has them
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn scan --flows --json``.

    Raises
    ------
    InputRefused, UsageRefused, AnswerRefused (SIG-020 … SIG-029, SIG-212).
    """
    import numpy as np

    from aiqyn.signals.scan import read_flows, scan_flows

    rng = np.random.default_rng(seed)
    found = scan_flows(read_flows(flows, geo), method, rng=rng, **limits)
    told = [_as_json(cluster, found.periods) for cluster in found.clusters]
    return answer_of(found, told, method, seed, lang)


def _as_json(cluster: FlowCluster, periods: tuple[str, ...]) -> dict[str, Any]:
    ends = {"from": list(cluster.origins), "to": list(cluster.destinations)}
    return ends | of_cluster(cluster, periods)


def print_flows(answer: Mapping[str, Any], lang: str = "en") -> None:
    """A line a cluster, the most likely first; then how p was had, and the cautions."""
    print_clusters(answer, "scan.flow", _ends, lang)


def _ends(cluster: Mapping[str, Any], lang: str) -> dict[str, str]:
    ends = {"origins": ", ".join(cluster["from"]), "destinations": ", ".join(cluster["to"])}
    return ends | shown_numbers(cluster, lang)
