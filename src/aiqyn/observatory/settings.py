"""What an observatory says of itself: ``observatory.toml`` and each ``agency.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused
from aiqyn.observatory.estimate_settings import (
    LIST_KINDS,
    NUMBERS,
    EstimateSettings,
    estimate_defaults,
    known_list,
)
from aiqyn.observatory.linked_persons.linkage_files import LinkageFiles
from aiqyn.observatory.settings_rules import check_settings, known_keys
from aiqyn.words import LANGUAGES

FILE = "observatory.toml"
OURS = ("agency.toml", "mapping.yaml", "mapping.toml", "README.md")
SYSTEM = ("thumbs.db", "desktop.ini")  # Windows leaves them; those of others begin with a dot


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
    estimate: EstimateSettings
    linkage: LinkageFiles


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: its code, names, mapping and the files it sent, in order of name.

    `list` says whether its list is its own: ``own``, ``follows:<agency>``, ``none``; None: as its
    kind says (data/estimates/lists_by_kind.csv).
    """

    code: str
    kind: str
    names: Mapping[str, str]
    mapping: str | Path
    files: tuple[Path, ...]
    list: str | None = None


def load_settings(folder: Path) -> Settings:
    """Read ``observatory.toml``; refuse with the key that is missing or wrong.

    Raises
    ------
    InputRefused OBS-001 no such file, OBS-002 not TOML, OBS-003 a key is missing or wrong, OBS-015
    a key is not known, OBS-016 a value is not permitted, OBS-017 a file it names is not there.
    """
    file = folder / FILE
    raw = _toml(file, missing="OBS-001")
    known_keys(raw, file.name)
    read = _Reader(raw, file.name)
    first, last = read.get("years.first", int), read.get("years.last", int)
    settings = Settings(
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
        estimate=_estimate(read),
        linkage=LinkageFiles(*(read.get(f"linkage.{k}", str, None) for k in ("persons", "audit"))),
    )
    check_settings(settings, file)
    return settings


def load_agency(folder: Path) -> Agency:
    """Read ``agency.toml`` and list the files beside it.

    Raises
    ------
    InputRefused OBS-008 no agency.toml, OBS-002, OBS-003 as for the observatory, OBS-016 when its
    code is not the name of its folder.
    """
    read = _Reader(_toml(folder / "agency.toml", missing="OBS-008"), f"{folder.name}/agency.toml")
    if read.get("code", str, folder.name) != folder.name:
        raise InputRefused("OBS-016", file=read.file, key="code", allowed=folder.name)
    told = read.get("list", str, None)
    if told is not None and not known_list(told):
        raise InputRefused("OBS-016", file=read.file, key="list", allowed=LIST_KINDS)
    own = next((f for f in (folder / "mapping.yaml", folder / "mapping.toml") if f.exists()), None)
    return Agency(
        code=folder.name,
        kind=read.get("kind", str, "other"),
        names={lang: read.get(f"name_{lang}", str) for lang in LANGUAGES},
        mapping=own or read.get("mapping", str),
        files=_sent_files(folder),
        list=told,
    )


def _estimate(read: _Reader) -> EstimateSettings:
    """``[estimate]``, what it does not say as data/estimates/build.toml has it."""
    known = estimate_defaults()
    one_list = read.get("estimate.one_list", list, None)
    return EstimateSettings(
        methods=tuple(read.get("estimate.methods", list, known["methods"])),
        point_only=tuple(known["point_only"]),
        by_year=tuple(known["by_year"]),
        lists=tuple(read.get("estimate.lists", list, [])),
        one_list=None if one_list is None else tuple(one_list),
        **{key: read.get(f"estimate.{key}", int, known[key]) for key in NUMBERS},
    )


def _sent_files(folder: Path) -> tuple[Path, ...]:
    return tuple(
        file
        for file in sorted(folder.iterdir(), key=lambda f: f.name)
        if file.is_file()
        and file.name not in OURS
        and file.name.lower() not in SYSTEM
        and not file.name.startswith((".", "~"))
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
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            raise InputRefused("OBS-003", file=self.file, key=dotted)
        return found
