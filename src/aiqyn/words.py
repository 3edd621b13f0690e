"""The catalogue: every sentence a person can read, in Kazakh, Russian and English.

The sentences stand in ``data/words/<language>/<room>.po`` under text keys (``INTAKE-017``,
``report.victims.message``); a key and its slots are the same in all three languages. Whole
sentences only: a slot never carries an ending, for Kazakh and Russian decline.

Numbers, dates and names of months are written here too, so that a figure looks the same on the
page, in the PDF, in the workbook and in the terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["kk", "ru", "en"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")

NO_BREAK = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"


def say(key: str, lang: str = "en", /, **slots: object) -> str:
    """The sentence under `key` in `lang`, its slots filled.

    Raises
    ------
    KeyError when the catalogue lacks the key: our fault, never the reader's.
    """
    return _singular(lang, key).format(**slots)


def say_n(key: str, n: int, lang: str = "en", /, **slots: object) -> str:
    """The sentence under `key` in the plural form that `n` asks for; slot ``{n}`` is the number."""
    forms, rule = _forms(lang)[key], _plural_rule(lang)
    chosen = forms[rule(n)] if isinstance(forms, tuple) else forms
    return chosen.format(n=number(n, lang), **slots)


def say_raw(key: str, lang: str = "en") -> str:
    """The sentence with its slots still open; the report puts numbers that open into them."""
    return _singular(lang, key)


def has(key: str, lang: str = "en") -> bool:
    """Whether the catalogue holds the key."""
    return key in _forms(lang)


def keys(lang: str = "en") -> frozenset[str]:
    """Every key of the language's catalogue."""
    return frozenset(_forms(lang))


def number(value: float, lang: str = "en", *, decimals: int = 0) -> str:
    """A number as the language writes it: ``1 234,5`` (kk, ru), ``1,234.5`` (en), true minus."""
    text = f"{abs(value):,.{decimals}f}"
    if lang != "en":
        text = text.replace(",", NO_BREAK).replace(".", ",")
    rounds_to_zero = not any(digit in "123456789" for digit in text)
    return text if value >= 0 or rounds_to_zero else MINUS + text


def percent(share: float, lang: str = "en", *, decimals: int = 0) -> str:
    """A share (fraction of 1) as per cent: ``27%`` (kk, en), ``27 %`` (ru)."""
    sign = f"{NO_BREAK}%" if lang == "ru" else "%"
    return number(100 * share, lang, decimals=decimals) + sign


def interval(low: str, high: str) -> str:
    """Two formatted ends as a range without spaces; words stand in sentences instead."""
    return f"{low}{EN_DASH}{high}"


def long_date(day: date, lang: str = "en") -> str:
    """A date in full: ``2026 ж. 15 сәуір``, ``15 апреля 2026 г.``, ``15 April 2026``."""
    from babel.dates import format_date

    if lang == "en":
        return f"{day.day} {format_date(day, 'MMMM', locale='en')} {day.year}"
    if lang == "ru":
        return f"{day.day}{NO_BREAK}{format_date(day, 'MMMM', locale='ru')} {day.year}{NO_BREAK}г."
    return f"{day.year}{NO_BREAK}ж. {day.day}{NO_BREAK}{format_date(day, 'MMMM', locale='kk')}"


def _singular(lang: str, key: str) -> str:
    forms = _forms(lang)[key]
    return forms[0] if isinstance(forms, tuple) else forms


@cache
def _forms(lang: str) -> dict[str, str | tuple[str, ...]]:
    """Key -> sentence (or its plural forms) from all .po files of the language."""
    from babel.messages.pofile import read_po

    found: dict[str, str | tuple[str, ...]] = {}
    for file in sorted(_folder(lang).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".po"):
            continue
        with file.open("rb") as stream:
            for message in read_po(stream, locale=lang):
                if message.id:
                    found[_key(message.id)] = _words(message.string)
    return found


def _folder(lang: str):  # type: ignore[no-untyped-def]  # Traversable has no public name before 3.12
    return files("aiqyn").joinpath("data", "words", lang)


def _key(message_id: object) -> str:
    return str(message_id[0] if isinstance(message_id, (tuple, list)) else message_id)


def _words(string: object) -> str | tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else str(string)


def _plural_rule(lang: str) -> Callable[[int], int]:
    return {"ru": _russian_plural, "kk": lambda n: 0, "en": lambda n: int(n != 1)}[lang]


def _russian_plural(n: int) -> int:
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else 2
