"""Labels that no shipped code list has: the country, its regions and its agencies."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import Any

from aiqyn import words
from aiqyn.observatory.folder import Observatory
from aiqyn.standard import code_list, definition

Labels = dict[str, dict[str, dict[str, str]]]


def labels(observatory: Observatory, changes: Sequence[Mapping[str, Any]]) -> Labels:
    """Labels by list, code and language; with ``<language>_loc``, ``<language>_short`` if known."""
    settings = observatory.settings
    return {
        "agency": {agency.code: dict(agency.names) for agency in observatory.agencies},
        "country": {**_own_countries(observatory), settings.country: dict(settings.names)},
        "country_in": {settings.country: dict(settings.names_loc)},
        "definition": {name: dict(definition(name).labels) for name in settings.definitions},
        "detection_change": {
            str(change["code"]): {lang: str(change[f"text_{lang}"]) for lang in words.LANGUAGES}
            for change in changes
        },
        "region": {row["code"]: _region(row) for row in regions(observatory)},
    }


def regions(observatory: Observatory) -> list[dict[str, str]]:
    """The country's regions as of the report's last year: its own file, or the shipped list."""
    own = observatory.settings.regions
    if own:
        with (observatory.folder / own).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    frame = code_list("region").frame
    offered = set(code_list("region").codes())
    return [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in frame.iter_rows(named=True)
        if row["code"] in offered
    ]


def _own_countries(observatory: Observatory) -> dict[str, dict[str, str]]:
    """Countries that no shipped list has: an invented country has invented neighbours."""
    own = observatory.settings.countries
    if not own:
        return {}
    with (observatory.folder / own).open(encoding="utf-8", newline="") as stream:
        return {row["code"]: _region(row) for row in csv.DictReader(stream)}


def tiles(observatory: Observatory) -> dict[str, tuple[int, int]]:
    """Region -> row and column on the tile map; regions without a tile are left out."""
    return {
        row["code"]: (int(row["tile_row"]), int(row["tile_col"]))
        for row in regions(observatory)
        if row.get("tile_row") and row.get("tile_col")
    }


def _region(row: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {lang: row[f"label_{lang}"] for lang in words.LANGUAGES}
    for lang in words.LANGUAGES:
        for case, column in (("loc", f"label_{lang}_loc"), ("short", f"short_{lang}")):
            if row.get(column):
                found[f"{lang}_{case}"] = row[column]
    return found
