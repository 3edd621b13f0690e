"""A new observatory: settings to fill in, a folder and a blank workbook for each agency."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path
from string import Template

from aiqyn import intake, words
from aiqyn.errors import UsageRefused
from aiqyn.standard import code_list, definition_names

AGENCY_KINDS = (
    "police",
    "prosecutor",
    "court",
    "labour_inspectorate",
    "border",
    "shelter",
    "hotline",
    "iom",
)


def write_new(folder: Path, *, country: str, year: int, lang: str) -> tuple[str, ...]:
    """Make the folder; returns the files written, relative to it.

    Parameters
    ----------
    country : ISO 3166-1 alpha-2 or alpha-3.
    year : the year of the first report.

    Raises
    ------
    UsageRefused OBS-004 when the folder is there and holds anything; OBS-007 when the country is
    not known.
    """
    refuse_occupied(folder)
    code = code_list("country").find(country)
    if code is None:
        near = ", ".join(code_list("country").nearest(country)) or "KZ, KAZ"
        raise UsageRefused("OBS-007", near=near)
    told = {"year": str(year), "next": str(year + 1), "compared": _compared(code)}
    settings = _fill("observatory.toml", **_country(code), **told)
    _write(folder / "observatory.toml", settings)
    for kind in AGENCY_KINDS:
        _agency(folder / "agencies" / kind, kind, code, year, lang)
    for name in ("reference", "agreements"):
        _write(folder / name / "README.md", _fill(f"{name}.md"))
    return tuple(sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()))


def refuse_occupied(folder: Path) -> None:
    """Refuse a folder that holds anything (OBS-004): nothing of anybody's is written over."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageRefused("OBS-004", folder=folder.name)


def _agency(folder: Path, kind: str, country: str, year: int, lang: str) -> None:
    labels = {f"name_{x}": code_list("agency_kind").label(kind, x) for x in words.LANGUAGES}
    _write(folder / "agency.toml", _fill("agency.toml", code=kind, kind=kind, **labels))
    blank = folder / "blank" / f"{kind}_{year}.xlsx"
    blank.parent.mkdir(parents=True, exist_ok=True)
    intake.write_agency_workbook(blank, country=country, year=year, lang=lang)


def _country(code: str) -> dict[str, str]:
    countries = code_list("country")
    names = {f"name_{x}": countries.label(code, x) for x in words.LANGUAGES}
    ready = _ready_forms().get(code, {})
    forms = {f"name_{x}_loc": ready.get(f"{x}_in", names[f"name_{x}"]) for x in words.LANGUAGES}
    return {"country": code, **names, **forms}


def _compared(country: str) -> str:
    """The laws to compare: Kazakhstan's code is the national one in Kazakhstan only."""
    named = (x for x in definition_names() if x != "kz" or country == "KAZ")
    return ", ".join(f'"{name}"' for name in named)


def _ready_forms() -> dict[str, dict[str, str]]:
    """Country -> its name in the form for "in …", for the countries whose form has been written."""
    file = files("aiqyn").joinpath("data", "new", "country_forms.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {row["code"]: row for row in rows}


def _fill(template: str, **values: str) -> str:
    text = files("aiqyn").joinpath("data", "new", template).read_text(encoding="utf-8")
    return Template(text).substitute(values)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
