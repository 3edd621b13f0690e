"""``aiqyn watch DIR``: what rises in a country, with false alarms under control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.observatory.signals.naming import Names
    from aiqyn.observatory.signals.told import Told
    from aiqyn.signals.watching_country.signal import Signal

PLACES = ("place", "route")
OFTEN_USUAL = 5.0  # persons in a window: of the sentence on what can be seen


def watch_observatory(folder: Path, *, as_of: date | None, lang: str = "en") -> dict[str, Any]:
    """The answer of ``aiqyn watch DIR --json``; JSON, hence Any.

    Raises
    ------
    InputRefused OBS-…; AnswerRefused SIG-092, SIG-094.
    """
    from aiqyn.observatory import Observatory
    from aiqyn.observatory.signals.naming import names
    from aiqyn.observatory.signals.writing import watch_and_write

    observatory = Observatory.open(folder)
    written = watch_and_write(observatory, as_of)
    run, named = written.run, names(observatory, lang)
    watch, languages = run.watch, observatory.settings.languages
    return {
        "as_of": watch.as_of.isoformat(),
        "until": watch.until.isoformat(),
        "series": watch.series,
        "tested": watch.tested,
        "clusters_tried": watch.clusters,
        "seen_from": [asdict(one) for one in watch.seen_from],
        "expected_false_alarms": watch.expected_false_alarms,
        "signals": [
            {**_signal(one, named), "cards": written.cards(one.id, languages)}
            for one in written.told
        ],
        "digest": {} if run.looked_back else {x: f"signals/digest.{x}.html" for x in languages},
        "cautions": [
            {"code": c.code, "text": words.say(c.code, lang, **c.slots)} for c in run.cautions
        ],
    }


def print_country(answer: Mapping[str, Any], lang: str = "en") -> None:
    """A line a signal, how many false ones are expected, and the cautions."""
    from rich.console import Console

    from aiqyn.observatory.signals.naming import share_of_false

    lines = [
        words.say(
            "signals.line",
            lang,
            id=one["id"],
            title=one["title"],
            place=one["place"],
            observed=words.number(one["observed"], lang),
            expected=words.number(one["expected"], lang, decimals=1 if one["expected"] >= 1 else 2),
            q=share_of_false(one["q"], lang),
        )
        for one in answer["signals"]
    ]
    total = words.say(
        "signals.total",
        lang,
        signals=words.number(len(lines), lang),
        tested=words.number(answer["tested"], lang),
        clusters=words.number(answer["clusters_tried"], lang),
        expected=words.number(answer["expected_false_alarms"], lang, decimals=2),
    )
    told = [
        *_seen(answer["seen_from"], lang),
        *(f"! {c['text']} ({c['code']})" for c in answer["cautions"]),
    ]
    if answer["digest"]:
        digest = answer["digest"].get(lang) or next(iter(answer["digest"].values()))
        told.append(words.say("signals.written", lang, folder=digest))
    Console(highlight=False, soft_wrap=True).print("\n".join([*lines, total, *told]), markup=False)


def _seen(rows: list[dict[str, Any]], lang: str) -> list[str]:
    """What a series of two dimensions takes; the digest has the whole table."""
    pairs = [row for row in rows if row["dimensions"] == 2 and row["usual"] <= OFTEN_USUAL]
    return [
        words.say(
            "signals.seen.line",
            lang,
            weeks=row["weeks"],
            usual=words.number(row["usual"], lang),
            persons=words.number(row["persons"], lang),
            times="—" if row["times"] is None else words.number(row["times"], lang, decimals=1),
        )
        for row in pairs[-1:]
    ]


def _signal(one: Told, named: Names) -> dict[str, Any]:
    signal = one.signal
    return {
        "id": one.id,
        "kind": signal.kind,
        "state": one.standing.state,
        "what": {name: value for name, value in signal.cell.items() if name not in PLACES},
        "where": _where(signal),
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
        "other_explanations": [
            {
                "kind": other.kind,
                "code": other.code,
                **{k: _plain(v) for k, v in other.slots.items()},
            }
            for other in one.other
        ],
    }


def _where(signal: Signal) -> dict[str, Any]:
    """The place or the route; of a cluster its regions, with the persons of each."""
    if signal.regions:
        return {
            "regions": [
                {"place": r.code, "observed": r.observed, "expected": round(r.expected, 3)}
                for r in signal.regions
            ]
        }
    return {name: value for name, value in signal.cell.items() if name in PLACES}


def _plain(value: object) -> object:
    """A day as text; numbers as they are."""
    return value if isinstance(value, int | float) else str(value)
