"""What a run says of one signal, besides its counts: names, standing, other explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aiqyn import words
from aiqyn.observatory.evidence_labels import regions
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.reference_files import detection_changes
from aiqyn.observatory.signals.folder_watch import FolderWatch
from aiqyn.observatory.signals.naming import Names
from aiqyn.observatory.signals.states import Standing
from aiqyn.signals.watching_country.explanations import Explanation, explanations
from aiqyn.signals.watching_country.signal import Signal
from aiqyn.standard import definition


@dataclass(frozen=True, slots=True)
class Told:
    """A signal with its number, where it stands, and what else could explain it."""

    id: str
    signal: Signal
    standing: Standing
    other: tuple[Explanation, ...]
    records: int


def told(
    observatory: Observatory, run: FolderWatch, found: Mapping[str, Standing]
) -> tuple[Told, ...]:
    """Each signal of a run, in order."""
    changed, until = detection_changes(observatory), run.watch.until
    laws = {name: definition(name, until).in_force for name in observatory.settings.definitions}
    first = {r["code"]: r.get("valid_from") or "" for r in regions(observatory)}
    founded = {code: date.fromisoformat(day) for code, day in first.items() if day}
    people = run.known.persons
    return tuple(
        Told(
            id_,
            signal,
            found.get(id_, Standing()),
            explanations(signal, people, changed, laws, founded, until),
            int(people["records"].gather(list(signal.persons)).sum()),
        )
        for id_, signal in zip(run.ids, run.watch.signals, strict=True)
    )


def sentence(
    one: Explanation, names: Names, changed: Mapping[str, Mapping[str, str]], kind: str = "explain"
) -> str:
    """An explanation as a sentence; of the kind `briefly`, a few words."""
    lang, slots = names.lang, dict(one.slots)
    said = {name: _written(name, value, lang) for name, value in slots.items()}
    label = {
        "detection": lambda: {"label": changed[one.code][f"text_{lang}"]},
        "agency": lambda: {"agency": names.agency(one.code)},
        "law": lambda: {"law": definition(one.code).labels[lang]},
        "place": lambda: {"place": names.place(one.code)},
    }
    named = label.get(one.kind, dict)()
    return words.say(f"signals.{kind}.{one.kind}", lang, **said, **named)


def _written(name: str, value: object, lang: str) -> str:
    if isinstance(value, date):
        return words.long_date(value, lang)
    if isinstance(value, float):
        return words.percent(value, lang)
    return words.number(int(str(value)), lang)
