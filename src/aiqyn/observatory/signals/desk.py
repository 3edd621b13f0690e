"""What the digest and the cards draw on: the run, its signals, names, what was closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiqyn import words
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.signals.folder_watch import FolderWatch
from aiqyn.observatory.signals.naming import Names
from aiqyn.observatory.signals.states import Precision, Standing
from aiqyn.observatory.signals.told import Told, sentence
from aiqyn.report.early_signals import Frame

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What both pages draw on.

    Attributes
    ----------
    changed : code -> row of detection_changes.csv
    closed : signals that were closed and how, the latest first
    notes : signal -> the latest note, for those inside
    """

    observatory: Observatory
    run: FolderWatch
    told: tuple[Told, ...]
    names: Names
    changed: Mapping[str, Mapping[str, str]]
    closed: tuple[tuple[str, Standing], ...]
    precision: Precision
    notes: Mapping[str, str]

    def say(self, key: str, **slots: object) -> str:
        """A sentence of this room."""
        return words.say(f"signals.{key}", self.names.lang, **slots)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as the language writes it."""
        return words.number(value, self.names.lang, decimals=decimals)


def digest_file(lang: str, suffix: str = "html") -> str:
    """The digest's name in the folder of signals."""
    return f"digest.{lang}.{suffix}"


def card_file(id_: str, lang: str) -> str:
    """A card's name in the folder of signals."""
    return f"cards/{id_}.{lang}.html"


def languages(desk: Desk) -> tuple[str, ...]:
    """The languages of the pages."""
    return desk.observatory.settings.languages


def frame(desk: Desk, pages: Mapping[str, str]) -> Frame:
    """What stands around a page that is the file `pages[lang]` in each language."""
    settings, lang = desk.observatory.settings, desk.names.lang
    return Frame(
        lang=lang,
        house=desk.say("house", country=settings.names[lang]),
        invented=words.say("page.invented", lang) if settings.invented else "",
        inside=desk.say("inside"),
        languages=tuple((code, LANGUAGE_NAMES[code], file) for code, file in pages.items()),
    )


def other_reasons(one: Told, desk: Desk) -> tuple[str, ...]:
    """What else could explain a signal, a sentence each."""
    return tuple(sentence(reason, desk.names, desk.changed) for reason in one.other)


def reasons_briefly(one: Told, desk: Desk) -> tuple[str, ...]:
    """The same in a few words each."""
    return tuple(sentence(reason, desk.names, desk.changed, "briefly") for reason in one.other)


def rate(expected: float, desk: Desk) -> str:
    """Under one person two decimals: 0.0 would say that nobody was expected."""
    return desk.number(expected, 1 if expected >= 1 else 2)
