"""``aiqyn watch DIR``: what rises in a country, with false alarms under control."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.observatory.signals.naming import Names
    from aiqyn.signals.watching_country.watching import Signal


def watch_observatory(folder: Path, *, as_of: date | None, lang: str = "en") -> dict[str, Any]:
    """The answer of ``aiqyn watch DIR --json``; JSON, hence Any.

    Raises
    ------
    InputRefused OBS-…; AnswerRefused SIG-092, SIG-094.
    """
    from aiqyn.observatory import Observatory
    from aiqyn.observatory.signals.folder_watch import watch_folder
    from aiqyn.observatory.signals.naming import names

    observatory = Observatory.open(folder)
    run = watch_folder(observatory, as_of)
    watch, named = run.watch, names(observatory, lang)
    return {
        "as_of": watch.as_of.isoformat(),
        "until": watch.until.isoformat(),
        "series": watch.series,
        "tested": watch.tested,
        "expected_false_alarms": watch.expected_false_alarms,
        "signals": [
            _signal(id_, signal, named) for id_, signal in zip(run.ids, watch.signals, strict=True)
        ],
        "cautions": [
            {"code": c.code, "text": words.say(c.code, lang, **c.slots)} for c in run.cautions
        ],
    }


def print_country(answer: Mapping[str, Any], lang: str = "en") -> None:
    """A line a signal, how many false ones are expected, and the cautions."""
    from rich.console import Console

    lines = [
        words.say(
            "signals.line",
            lang,
            id=one["id"],
            title=one["title"],
            place=one["place"],
            observed=words.number(one["observed"], lang),
            expected=words.number(one["expected"], lang, decimals=1),
            q=words.percent(one["q"], lang, decimals=1),
        )
        for one in answer["signals"]
    ]
    total = words.say(
        "signals.total",
        lang,
        signals=words.number(len(lines), lang),
        tested=words.number(answer["tested"], lang),
        expected=words.number(answer["expected_false_alarms"], lang, decimals=1),
    )
    told = [f"! {c['text']} ({c['code']})" for c in answer["cautions"]]
    Console(highlight=False, soft_wrap=True).print("\n".join([*lines, total, *told]), markup=False)


def _signal(id_: str, signal: Signal, named: Names) -> dict[str, Any]:
    places = ("place", "route")
    return {
        "id": id_,
        "what": {name: value for name, value in signal.cell.items() if name not in places},
        "where": {name: value for name, value in signal.cell.items() if name in places},
        "title": named.what(signal.cell),
        "place": named.where(signal.cell),
        "since": signal.since.isoformat(),
        "weeks": signal.weeks,
        "observed": signal.observed,
        "expected": round(signal.expected, 3),
        "expected_low": signal.low,
        "expected_high": signal.high,
        "share_known": round(signal.share, 3),
        "p": signal.pvalue,
        "q": signal.q,
        "cards": [],
    }
