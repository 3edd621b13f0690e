"""``aiqyn scan``: the clusters of two files, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.signals.scan.clusters import Cluster
    from aiqyn.signals.scan.expected_cases import ScanMethod


def scan_files(
    cases: Path,
    geo: Path,
    *,
    method: ScanMethod,
    replicates: int = 999,
    stop_after: int | None = None,
    seed: int = 1,
    neighbours: int | None = None,
    max_population: float | None = None,
    max_duration: int | None = None,
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn scan --json``.

    Raises
    ------
    InputRefused, UsageRefused, AnswerRefused (SIG-020 … SIG-029).
    """
    import numpy as np

    from aiqyn.signals.scan import read_cases_and_places, scan_clusters

    found = scan_clusters(
        read_cases_and_places(cases, geo),
        method,
        rng=np.random.default_rng(seed),
        replicates=replicates,
        stop_after=stop_after,
        most_places=neighbours,
        most_share=max_population,
        most_periods=max_duration,
    )
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
    return {
        "places": list(cluster.places),
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
    return words.say(
        "scan.cluster",
        lang,
        places=", ".join(cluster["places"]),
        since=cluster["since"],
        cases=words.number(cluster["cases"], lang),
        expected=words.number(cluster["expected"], lang, decimals=1),
        risk=words.number(cluster["relative_risk"], lang, decimals=2),
        p="—" if p is None else words.number(p, lang, decimals=3),
    )
