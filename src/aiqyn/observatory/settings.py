"""What an observatory says of itself: ``observatory.toml`` and each ``agency.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused
from aiqyn.words import LANGUAGES

FILE = "observatory.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one observatory.

    Attributes
    ----------
    country : ISO 3166-1 alpha-3, or a user-assigned code for an invented country.
    names, names_loc : the country's name by language, and its ready form for "in …".
    regions, countries : paths of the country's own code lists, or None for the shipped ones.
    years : first and last year of records that are counted.
    published : the date that the report bears (no clock is read).
    definition : the definition that decides who is counted; `definitions` are compared.
    """

    country: str
    names: Mapping[str, str]
    names_loc: Mapping[str, str]
    invented: bool
    regions: str | None
    countries: str | None
    years: tuple[int, int]
    report_year: int
    published: date
    edition: int
    languages: tuple[str, ...]
    definition: str
    definitions: tuple[str, ...]
    threshold: int


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: its code, names, mapping and the files it sent, in order of name."""

    code: str
    kind: str
    names: Mapping[str, str]
    mapping: str | Path
    files: tuple[Path, ...]


def load_settings(folder: Path) -> Settings:
    """Read ``observatory.toml``; refuse with the key that is missing or wrong.

    Raises
    ------
    InputRefused OBS-001 no such file, OBS-002 not TOML, OBS-003 a key is missing or wrong.
    """
    file = folder / FILE
    raw = _toml(file, missing="OBS-001")
    read = _Reader(raw, file.name)
    first, last = read.get("years.first", int), read.get("years.last", int)
    return Settings(
        country=read.get("country.code", str),
        names={lang: read.get(f"country.name_{lang}", str) for lang in LANGUAGES},
        names_loc={lang: read.get(f"country.name_{lang}_loc", str) for lang in LANGUAGES},
        invented=read.get("country.invented", bool, False),
        regions=read.get("country.regions", str, None),
        countries=read.get("country.countries", str, None),
        years=(first, last),
        report_year=read.get("report.year", int, last),
        published=read.get("report.published", date, date(last + 1, 4, 15)),
        edition=read.get("report.edition", int, 1),
        languages=tuple(read.get("report.languages", list, list(LANGUAGES))),
        definition=read.get("definitions.main", str, "palermo"),
        definitions=tuple(read.get("definitions.compared", list, ["palermo", "kz", "eu", "us"])),
        threshold=read.get("disclosure.threshold", int, 5),
    )


def load_agency(folder: Path) -> Agency:
    """Read ``agency.toml`` and list the files beside it.

    Raises
    ------
    InputRefused OBS-001, OBS-002, OBS-003 as for the observatory.
    """
    read = _Reader(_toml(folder / "agency.toml", missing="OBS-001"), f"{folder.name}/agency.toml")
    own = next((f for f in (folder / "mapping.yaml", folder / "mapping.toml") if f.exists()), None)
    return Agency(
        code=read.get("code", str, folder.name),
        kind=read.get("kind", str, "other"),
        names={lang: read.get(f"name_{lang}", str) for lang in LANGUAGES},
        mapping=own or read.get("mapping", str),
        files=_sent_files(folder),
    )


def _sent_files(folder: Path) -> tuple[Path, ...]:
    ours = {"agency.toml", "mapping.yaml", "mapping.toml", "README.md"}
    return tuple(
        file
        for file in sorted(folder.iterdir(), key=lambda f: f.name)
        if file.is_file() and file.name not in ours and not file.name.startswith((".", "~"))
    )


def _toml(file: Path, *, missing: str) -> dict[str, Any]:
    if not file.is_file():
        raise InputRefused(missing, file=file.name, folder=file.parent.name)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise InputRefused("OBS-002", file=file.name, why=_place(why)) from None


def _place(why: Exception) -> str:
    """Where in the file the reading stopped; nothing of what stands there."""
    text = str(why)
    return text[text.rfind("(at ") :].strip("()") if "(at " in text else "?"


@dataclass(frozen=True, slots=True)
class _Reader:
    raw: Mapping[str, Any]
    file: str

    def get(self, dotted: str, kind: type, default: Any = ...) -> Any:
        found: Any = self.raw
        for key in dotted.split("."):
            found = found.get(key) if isinstance(found, Mapping) else None
        if found is None and default is not ...:
            return default
        if not isinstance(found, kind):
            raise InputRefused("OBS-003", file=self.file, key=dotted)
        return found
