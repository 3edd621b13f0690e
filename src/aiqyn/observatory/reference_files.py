"""The observatory's own reference files: population, changes in detection, silent regions.

People write them by hand, so what is missing or no number is said, and where.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.observatory.folder import Observatory
from aiqyn.words import LANGUAGES

POPULATION = {"region": pl.String, "year": pl.Int64, "population": pl.Int64}
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


def changes(observatory: Observatory) -> tuple[Mapping[str, Any], ...]:
    """What changed detection, in order; the year follows from the date."""
    wanted = ("code", "date", *(f"text_{lang}" for lang in LANGUAGES))
    rows = _rows(observatory.reference / "detection_changes.csv", wanted, ("date",))
    return tuple({**row, "year": int(row["date"][:4])} for row in _by_date(rows))


def silent_regions(observatory: Observatory, year: int) -> frozenset[str]:
    """Regions from which nobody reported in the year: not known, which is not zero."""
    rows = _rows(observatory.reference / "no_report.csv", ("region", "year", "agency"), ("year",))
    of_year = [row for row in rows if row["year"] == year]
    return frozenset(row["region"] for row in of_year if row["agency"] == "_all")


def _by_date(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["date"]))


def _rows(file: Path, columns: tuple[str, ...], parsed: tuple[str, ...]) -> list[Row]:
    """The columns of a CSV, numbers and dates read; nothing when there is no such file."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if lacking := [name for name in columns if name not in (reader.fieldnames or ())]:
            raise InputRefused("OBS-018", file=file.name, columns=", ".join(lacking))
        return [
            {
                name: _value(row[name], name, name in parsed, file, reader.line_num)
                for name in columns
            }
            for row in reader
        ]


def _value(text: str | None, name: str, parse: bool, file: Path, line: int) -> Any:
    if not parse:
        return text or ""
    try:
        if name == "date":
            return date.fromisoformat((text or "").strip()).isoformat()
        return int((text or "").strip())
    except ValueError:
        raise InputRefused("OBS-019", file=file.name, row=line, column=name) from None
