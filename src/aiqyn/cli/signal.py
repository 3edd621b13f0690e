"""``aiqyn signal list`` and ``aiqyn signal mark``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from aiqyn import words

ACTOR = "aiqyn signal mark"


def list_signals(folder: Path, lang: str = "en") -> dict[str, Any]:  # Any: JSON
    """Every signal with its standing, and the measured precision."""
    from aiqyn.observatory import Observatory
    from aiqyn.observatory.signals.folder_watch import signals_folder
    from aiqyn.observatory.signals.naming import names
    from aiqyn.observatory.signals.register import read_register
    from aiqyn.observatory.signals.states import Standing, precision, standings

    observatory = Observatory.open(folder)
    found, named = standings(observatory.chain), names(observatory, lang)
    entries = read_register(signals_folder(observatory)).entries
    return {
        "signals": [
            {
                "id": entry.id,
                "title": named.what(entry.cell),
                "place": named.where(entry.cell),
                "first": entry.first,
                "last": entry.last,
                **asdict(found.get(entry.id, Standing())),
            }
            for entry in entries
        ],
        "precision": asdict(precision(found)),
    }


def mark_signal(
    folder: Path, id_: str, *, state: str, outcome: str | None, note: str, when: str
) -> dict[str, Any]:  # Any: JSON
    """Move a signal on, or open it again.

    Raises
    ------
    UsageRefused SIG-095 … SIG-098.
    """
    from aiqyn.observatory import Observatory
    from aiqyn.observatory.signals.folder_watch import signals_folder
    from aiqyn.observatory.signals.register import read_register
    from aiqyn.observatory.signals.states import mark

    observatory = Observatory.open(folder)
    place = signals_folder(observatory)
    standing = mark(
        observatory.chain, place, read_register(place), id_,
        state=state, outcome=outcome, note=note, actor=ACTOR, when=when,
    )  # fmt: skip
    return {"id": id_, **asdict(standing)}


def print_signals(answer: Mapping[str, Any], lang: str = "en") -> None:
    """A line a signal; then how many of the closed ones were true."""
    lines = [
        words.say(
            "signals.list.line",
            lang,
            id=one["id"],
            state=_state(one, lang),
            title=one["title"],
            place=one["place"],
        )
        for one in answer["signals"]
    ]
    measured = answer["precision"]
    typer.echo("\n".join([*lines, _precision(measured, lang)]))


def print_marked(answer: Mapping[str, Any], lang: str = "en") -> None:
    """Where the signal stands now."""
    typer.echo(words.say("signals.mark.done", lang, id=answer["id"], state=_state(answer, lang)))


def _state(one: Mapping[str, Any], lang: str) -> str:
    state = words.say(f"signals.state.{one['state']}", lang)
    if not one["outcome"]:
        return state
    outcome = words.say(f"signals.outcome.{one['outcome']}", lang)
    return f"{state}: {outcome}"


def _precision(measured: Mapping[str, Any], lang: str) -> str:
    from aiqyn.observatory.signals.states import Precision, precision_sentence

    return precision_sentence(Precision(**measured), lang)
