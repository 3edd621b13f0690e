"""``aiqyn scan``: the clusters of two files, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.signals.scan.clusters import Cluster, ClusterScan
    from aiqyn.signals.scan.expected_cases import ScanMethod
    from aiqyn.signals.scan.flow_clusters import FlowCluster, FlowScan


def scan_files(
    cases: Path,
    geo: Path,
    *,
    method: ScanMethod,
    seed: int = 1,
    lang: str = "en",
    **limits: Any,  # Any: of `scan_clusters`, as the verb has them
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn scan --json``.

    Raises
    ------
    InputRefused, UsageRefused, AnswerRefused (SIG-020 … SIG-029).
    """
    import numpy as np

    from aiqyn.signals.scan import read_cases_and_places, scan_clusters

    rng = np.random.default_rng(seed)
    found = scan_clusters(read_cases_and_places(cases, geo), method, rng=rng, **limits)
    told = [_as_json(cluster, found.periods) for cluster in found.clusters]
    return answer_of(found, told, method, seed, lang)


def answer_of(
    found: ClusterScan | FlowScan, told: list[dict[str, Any]], method: str, seed: int, lang: str
) -> dict[str, Any]:
    """What a scan of places and one of flows say alike."""
    return {
        "method": method,
        "most_likely": told[0] if told else None,
        "secondary": told[1:],
        "replicates": found.drawn,
        "stopped_early": found.stopped,
        "seed": seed,
        "cautions": [
            {"code": c.code, "text": words.say(c.code, lang, **c.slots)} for c in found.cautions
        ],
    }


def _as_json(cluster: Cluster, periods: tuple[str, ...]) -> dict[str, Any]:
    return {"places": list(cluster.places), **of_cluster(cluster, periods)}


def of_cluster(cluster: Cluster | FlowCluster, periods: tuple[str, ...]) -> dict[str, Any]:
    """What a cluster says beside where it is."""
    return {
        "duration": cluster.duration,
        "since": periods[-cluster.duration],
        "score": cluster.score,
        "relative_risk": cluster.relative_risk,
        "cases": cluster.cases,
        "expected": cluster.expected,
        "p": cluster.p,
        "p_gumbel": cluster.p_gumbel,
    }


def print_scan(answer: Mapping[str, Any], lang: str = "en") -> None:
    """A line a cluster, the most likely first; then how p was had, and the cautions."""
    print_clusters(answer, "scan.cluster", _place_slots, lang)


def _place_slots(cluster: Mapping[str, Any], lang: str) -> dict[str, str]:
    return {"places": ", ".join(cluster["places"])} | shown_numbers(cluster, lang)


def print_clusters(
    answer: Mapping[str, Any],
    key: str,
    slots: Callable[[Mapping[str, Any], str], dict[str, str]],
    lang: str,
) -> None:
    """The clusters by the sentence `key`, how p was had, and the cautions."""
    from rich.console import Console

    clusters = [answer["most_likely"], *answer["secondary"]] if answer["most_likely"] else []
    lines = [words.say(key, lang, **slots(cluster, lang)) for cluster in clusters]
    if answer["replicates"]:
        drawn = words.number(answer["replicates"], lang)
        lines.append(words.say("scan.replicates", lang, n=drawn, seed=answer["seed"]))
        lines.append(words.say("scan.reason_to_look", lang))
    lines += [f"! {c['text']} ({c['code']})" for c in answer["cautions"]]
    Console(highlight=False, soft_wrap=True).print("\n".join(lines), markup=False)


def shown_numbers(cluster: Mapping[str, Any], lang: str) -> dict[str, str]:
    """A cluster's numbers as the language writes them."""
    p = cluster["p"]
    return {
        "since": cluster["since"],
        "cases": words.number(cluster["cases"], lang),
        "expected": words.number(cluster["expected"], lang, decimals=1),
        "risk": words.number(cluster["relative_risk"], lang, decimals=2),
        "p": "—" if p is None else words.number(p, lang, decimals=3),
    }
