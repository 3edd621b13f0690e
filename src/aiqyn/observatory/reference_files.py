"""The observatory's own reference files: population, changes in detection, silent regions.

People write them by hand, so what is missing or no number is said, and where.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.observatory.folder import Observatory
from aiqyn.standard import age_groups, coarse_age_group
from aiqyn.words import LANGUAGES

POPULATION = {"region": pl.String, "year": pl.Int64, "population": pl.Int64}
CHANGE = ("code", "date", *(f"text_{lang}" for lang in LANGUAGES))
NEIGHBOURS = ("region", "neighbour")
Row = dict[str, Any]


def population(observatory: Observatory) -> pl.DataFrame:
    """Residents by region and year, summed over whatever else the file tells apart.

    Raises
    ------
    InputRefused OBS-018 a column is missing; OBS-019 a row holds what is no whole number.
    """
    rows = _rows(
        observatory.reference / "population.csv", tuple(POPULATION), ("year", "population")
    )
    found = pl.DataFrame(rows, schema=POPULATION)
    return found.group_by("region", "year").agg(pl.col("population").sum()).sort("region", "year")


def residents_by(observatory: Observatory, year: int) -> dict[tuple[str, str], int]:
    """Residents of the year: all of them, and by sex and of children and adults where it is told.

    Returns
    -------
    (dimension, code) -> residents; all under ``_all``. Empty where the year is not in the file.
    """
    file = observatory.reference / "population.csv"
    rows = _rows(file, tuple(POPULATION), ("year", "population"), ("sex", "age_group"))
    found: Counter[tuple[str, str]] = Counter()
    for row in (r for r in rows if r["year"] == year):
        age = row.get("age_group", "")
        coarse = coarse_age_group(age) if age in age_groups() else age
        for group in (("_all", "_all"), ("sex", row.get("sex", "")), ("age_group", coarse)):
            if group[1]:
                found[group] += row["population"]
    return dict(found)


def changes(observatory: Observatory) -> tuple[Mapping[str, Any], ...]:
    """What changed detection, in order; the year follows from the date."""
    rows = _rows(observatory.reference / "detection_changes.csv", CHANGE, ("date",))
    return tuple({**row, "year": int(row["date"][:4])} for row in _by_date(rows))


def detection_changes_of(file: Path) -> tuple[Row, ...]:
    """What changed detection, where and until when, in order; empty where the file does not say.

    Raises
    ------
    InputRefused OBS-018, OBS-019 when it lacks a column or holds no date; OBS-047 when it is not
    in UTF-8.
    """
    optional = ("until", "region", "agency")
    rows = _rows(file, CHANGE, ("date", "until"), optional)
    return tuple({**dict.fromkeys(optional, ""), **row} for row in _by_date(rows))


def detection_changes(observatory: Observatory) -> tuple[Row, ...]:
    """Those of the observatory; see `detection_changes_of`."""
    return detection_changes_of(observatory.reference / "detection_changes.csv")


def neighbours_of(file: Path) -> tuple[tuple[str, str], ...]:
    """Regions that lie beside each other, as the file names them.

    Raises
    ------
    InputRefused OBS-018 a column is missing; OBS-047 the file is not in UTF-8.
    """
    return tuple((row["region"], row["neighbour"]) for row in _rows(file, NEIGHBOURS, ()))


def silent_regions(observatory: Observatory, year: int) -> frozenset[str]:
    """Regions from which nobody reported in the year: not known, which is not zero."""
    rows = _rows(observatory.reference / "no_report.csv", ("region", "year", "agency"), ("year",))
    of_year = [row for row in rows if row["year"] == year]
    return frozenset(row["region"] for row in of_year if row["agency"] == "_all")


def _by_date(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["date"]))


def _rows(
    file: Path, columns: tuple[str, ...], parsed: tuple[str, ...], optional: tuple[str, ...] = ()
) -> list[Row]:
    """The columns of a CSV, numbers and dates read; nothing when there is no such file."""
    if not file.is_file():
        return []
    reader = csv.DictReader(StringIO(_text(file)))
    if lacking := [name for name in columns if name not in (reader.fieldnames or ())]:
        raise InputRefused("OBS-018", file=file.name, columns=", ".join(lacking))
    told = [*columns, *(name for name in optional if name in (reader.fieldnames or ()))]
    return [
        {name: _value(row[name], name, name in parsed, file, reader.line_num) for name in told}
        for row in reader
    ]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as why:
        raise InputRefused("OBS-047", file=file.name) from why


def _value(text: str | None, name: str, parse: bool, file: Path, line: int) -> Any:
    if not parse or (name == "until" and not (text or "").strip()):
        return text or ""
    try:
        if name in ("date", "until"):
            return date.fromisoformat((text or "").strip()).isoformat()
        return int((text or "").strip())
    except ValueError:
        raise InputRefused("OBS-019", file=file.name, row=line, column=name) from None
