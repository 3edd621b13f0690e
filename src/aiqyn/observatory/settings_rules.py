"""What ``observatory.toml`` may say: known keys only, and values that every later stage can take.

A misspelt key would otherwise pass in silence and its default hold: a threshold that nobody chose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn.errors import InputRefused
from aiqyn.observatory.estimate_settings import KEYS, estimate_rules
from aiqyn.words import LANGUAGES

if TYPE_CHECKING:
    from aiqyn.observatory.settings import Settings

NAMES = tuple(f"name_{lang}{case}" for lang in LANGUAGES for case in ("", "_loc"))
OBSERVATORY: Mapping[str, Sequence[str]] = {
    "country": ("code", *NAMES, "invented", "regions", "countries"),
    "years": ("first", "last"),
    "report": ("year", "published", "edition", "languages"),
    "definitions": ("main", "compared"),
    "disclosure": ("threshold",),
    "estimate": KEYS,
    "linkage": ("persons", "audit"),
}
SMALLEST_THRESHOLD = 3  # persons; data/disclosure/rules.toml


def known_keys(raw: Mapping[str, Any], file: str) -> None:
    """Refuse a key that the file does not have.

    Raises
    ------
    InputRefused OBS-015: the key, and those that are known, the nearest first.
    """
    known = [f"{part}.{key}" for part, keys in OBSERVATORY.items() for key in keys]
    for key in _keys(raw):
        if key not in known:
            near = get_close_matches(key, known, n=2, cutoff=0.6)
            raise InputRefused("OBS-015", file=file, key=key, known=", ".join(near or known))


def check_settings(settings: Settings, file: Path) -> None:
    """Refuse a value that no later stage could take.

    Raises
    ------
    InputRefused OBS-016: the key and what it may be; OBS-017: a file it names is not there.
    """
    for key, holds, allowed in _rules(settings):
        if not holds:
            raise InputRefused("OBS-016", file=file.name, key=key, allowed=allowed)
    lists = (("country.regions", settings.regions), ("country.countries", settings.countries))
    for key, named in (*lists, *settings.linkage.named()):
        if named and not (file.parent / named).is_file():
            raise InputRefused("OBS-017", file=file.name, key=key, named=named)


def _keys(raw: Mapping[str, Any]) -> Iterator[str]:
    for part, inside in raw.items():
        if part in OBSERVATORY and isinstance(inside, Mapping):
            yield from (f"{part}.{key}" for key in inside)
        else:
            yield part


def _rules(settings: Settings) -> Iterator[tuple[str, bool, str]]:
    """Each key, whether it holds, and what it may be."""
    from aiqyn.standard import code_list, definition_names

    first, last = settings.years
    definitions, compared = definition_names(), ", ".join(settings.definitions)
    known = settings.country in code_list("country").codes()
    user_assigned = re.fullmatch(r"X[A-Z]{2}", settings.country) is not None
    yield "country.code", known or user_assigned, "ISO 3166-1 alpha-3, XAA–XZZ"
    yield "years.last", first <= last, f"≥ {first}"
    yield "report.year", first <= settings.report_year <= last, span(first, last)
    yield "report.languages", _some_of(settings.languages, LANGUAGES), ", ".join(LANGUAGES)
    yield (
        "definitions.compared",
        _some_of(settings.definitions, definitions),
        ", ".join(definitions),
    )
    yield "definitions.main", settings.definition in settings.definitions, compared
    yield "disclosure.threshold", settings.threshold >= SMALLEST_THRESHOLD, "≥ 3"
    for key, holds, allowed in estimate_rules(settings.estimate):
        yield f"estimate.{key}", holds, allowed


def span(first: int, last: int) -> str:
    """``2025``, or ``2019–2025``."""
    return str(first) if first == last else f"{first}–{last}"


def _some_of(chosen: Sequence[object], allowed: Sequence[str]) -> bool:
    """At least one, each once, each allowed."""
    return bool(chosen) and len(set(chosen)) == len(chosen) and set(chosen) <= set(allowed)
