"""``aiqyn scan --points``: events one by one, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.signals.scan.point_clusters import PointAlarm
    from aiqyn.signals.scan.points_file import Points


def scan_point_file(
    file: Path, *, radius: float, rise: float, threshold: float, lang: str = "en"
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn scan --points --json``; events are numbered from 1 in order of time.

    Raises
    ------
    InputRefused, UsageRefused (SIG-020 … SIG-022, SIG-025, SIG-029, SIG-214).
    """
    from aiqyn.signals.scan import read_points, watch_points

    points = read_points(file)
    found = watch_points(points.at, radius, rise, threshold, apart=points.apart)
    return {
        "method": "points",
        "events": len(points.at),
        "threshold": threshold,
        "alarm": _alarm(points, found, radius),
        "statistic": found.statistic.tolist(),
        "cautions": [
            {"code": c.code, "text": words.say(c.code, lang, **c.slots)} for c in points.cautions
        ],
    }


def _alarm(points: Points, found: PointAlarm, radius: float) -> dict[str, Any] | None:
    from aiqyn.signals.scan.point_clusters import inside_and_expected

    if found.alarm is None or found.centre is None:
        return None
    ends = (found.centre, found.alarm)
    inside, expected = inside_and_expected(points.at, radius, *ends, points.apart)
    return {
        "event": found.alarm + 1,
        "when": _when(points, found.alarm),
        "centre": found.centre + 1,
        "since": _when(points, found.centre),
        "at": points.shown[found.centre].tolist(),
        "cases": inside,
        "expected": expected,
    }


def _when(points: Points, event: int) -> str | None:
    return points.when[event] if points.when else None


def print_points(answer: Mapping[str, Any], lang: str = "en") -> None:
    """The first alarm, or that there is none; then the cautions."""
    from rich.console import Console

    lines = [_line(answer, lang)]
    lines += [f"! {c['text']} ({c['code']})" for c in answer["cautions"]]
    Console(highlight=False, soft_wrap=True).print("\n".join(lines), markup=False)


def _line(answer: Mapping[str, Any], lang: str) -> str:
    alarm = answer["alarm"]
    if alarm is None:
        told = {
            "n": words.number(answer["events"], lang),
            "most": words.number(max(answer["statistic"]), lang, decimals=1),
            "threshold": words.number(answer["threshold"], lang, decimals=1),
        }
        return words.say("scan.points.quiet", lang, **told)
    return words.say(
        "scan.points.alarm",
        lang,
        event=alarm["event"],
        when=alarm["when"] or "—",
        centre=alarm["centre"],
        since=alarm["since"] or "—",
        place="; ".join(words.number(x, lang, decimals=2) for x in alarm["at"]),
        inside=words.number(alarm["cases"], lang),
        expected=words.number(alarm["expected"], lang, decimals=1),
    )
