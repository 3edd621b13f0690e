"""``aiqyn scan``: the clusters of two files, of places or of flows, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.signals.scan.expected_cases import ScanMethod
    from aiqyn.signals.scan.found_clusters import Cluster


def scan_files(
    cases: Path,
    geo: Path,
    *,
    flows: bool = False,
    method: ScanMethod,
    seed: int = 1,
    lang: str = "en",
    **limits: Any,  # Any: of `scan_clusters`, as the verb has them
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn scan --json``; with `flows` the file of cases is one of flows.

    Raises
    ------
    InputRefused, UsageRefused, AnswerRefused (SIG-020 … SIG-029, SIG-212).
    """
    import numpy as np

    from aiqyn.signals.scan import read_cases_and_places, read_flows, scan_clusters, scan_flows

    rng = np.random.default_rng(seed)
    if flows:
        found = scan_flows(read_flows(cases, geo), method, rng=rng, **limits)
    else:
        found = scan_clusters(read_cases_and_places(cases, geo), method, rng=rng, **limits)
    told = [_as_json(cluster, found.periods) for cluster in found.clusters]
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
    where = {"places": list(cluster.places)}
    if cluster.destinations:
        where = {"from": list(cluster.places), "to": list(cluster.destinations)}
    return where | {
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
    from rich.console import Console

    clusters = [answer["most_likely"], *answer["secondary"]] if answer["most_likely"] else []
    lines = [_line(cluster, lang) for cluster in clusters]
    if answer["replicates"]:
        drawn = words.number(answer["replicates"], lang)
        lines.append(words.say("scan.replicates", lang, n=drawn, seed=answer["seed"]))
        lines.append(words.say("scan.reason_to_look", lang))
    lines += [f"! {c['text']} ({c['code']})" for c in answer["cautions"]]
    Console(highlight=False, soft_wrap=True).print("\n".join(lines), markup=False)


def _line(cluster: Mapping[str, Any], lang: str) -> str:
    p = cluster["p"]
    slots = {
        "since": cluster["since"],
        "cases": words.number(cluster["cases"], lang),
        "expected": words.number(cluster["expected"], lang, decimals=1),
        "risk": words.number(cluster["relative_risk"], lang, decimals=2),
        "p": "—" if p is None else words.number(p, lang, decimals=3),
    }
    if "to" in cluster:
        ends = {"origins": ", ".join(cluster["from"]), "destinations": ", ".join(cluster["to"])}
        return words.say("scan.flow", lang, **slots, **ends)
    return words.say("scan.cluster", lang, **slots, places=", ".join(cluster["places"]))
