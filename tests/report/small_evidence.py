"""A small cleared year for the chapters' tests: invented, with hidden cells of every kind."""

from __future__ import annotations

from datetime import date
from itertools import product

import polars as pl

from aiqyn.report import ClearedTable, Evidence

YEARS = (2024, 2025)
HIDDEN_NUMBERS = (987_653, 987_654)  # what the hidden cells would be; nothing may ever show them


def cleared(name: str, dims: tuple[str, ...], cells: dict[tuple[str, ...], object]) -> ClearedTable:
    """A cleared table for both years: a number is shown, "small" and "hidden" are states."""
    rows = [
        {**dict(zip(dims, codes, strict=True)), "year": str(year), "n": n, "status": status}
        for year in YEARS
        for codes, value in cells.items()
        for n, status in [(None, value) if isinstance(value, str) else (value, "shown")]
    ]
    schema = {"year": pl.String, **dict.fromkeys(dims, pl.String), "n": pl.Int64}
    frame = pl.DataFrame(rows, schema={**schema, "status": pl.String})
    return ClearedTable(name, ("year", *dims), frame)


def by_agency(name: str, rows: dict[str, object], total: object) -> ClearedTable:
    """Rows of each agency, cleared; a text is a state."""
    cells = [
        {"agency": code, "n": None, "status": n}
        if isinstance(n, str)
        else {"agency": code, "n": n, "status": "shown"}
        for code, n in {**rows, "_all": total}.items()
    ]
    schema = {"agency": pl.String, "n": pl.Int64, "status": pl.String}
    return ClearedTable(name, ("agency",), pl.DataFrame(cells, schema=schema))


def ages() -> dict[tuple[str, ...], object]:
    """Women 60, girls 20, men 30, boys 10; the youngest are hidden."""
    counts: dict[tuple[str, ...], object] = dict.fromkeys(
        product(("female", "male"), ("0-5", "6-11")), "small"
    )
    counts |= {("female", "25-34"): 60, ("male", "25-34"): 30, ("female", "15-17"): "hidden"}
    counts |= {("female", "0-17"): 20, ("female", "18+"): 60, ("female", "_all"): 80}
    counts |= {("male", "0-17"): 10, ("male", "18+"): 30, ("male", "_all"): 40}
    return counts | {("_all", "0-17"): 30, ("_all", "18+"): 90, ("_all", "_all"): 120}


def evidence(**changes: object) -> Evidence:
    """The small year; any part can be replaced."""
    three = {"kk": "Самал", "ru": "Самал", "en": "Samal"}
    tables = [
        cleared("victims_sex_age", ("sex", "age_group"), ages()),
        cleared(
            "victims_form_group",
            ("form_group",),
            {("sexual",): 70, ("labour",): 55, ("other",): "small", ("_all",): 120},
        ),
        cleared("victims_form", ("form",), {("prostitution",): 70, ("forced_labour",): 55}),
        cleared(
            "victims_region",
            ("region",),
            {("R-1",): 100, ("R-2",): "hidden", ("R-3",): 0, ("_all",): 124},
        ),
        cleared("victims_citizenship", ("citizenship",), {("XSA",): 115, ("unknown",): 5}),
        cleared(
            "definitions",
            ("definition", "verdict"),
            {("palermo", "trafficking"): 120, ("palermo", "unknown"): 20, ("palermo", "_all"): 150,
             ("us", "trafficking"): 90, ("us", "unknown"): "hidden", ("us", "_all"): 150},
        ),
        by_agency("agency_rows", {"police": 160}, 160),
        by_agency("agency_accepted", {"police": 158}, 158),
    ]  # fmt: skip
    parts: dict[str, object] = {
        "country": "XSA",
        "invented": True,
        "year": 2025,
        "years": YEARS,
        "published": date(2026, 4, 15),
        "edition": 1,
        "version": "2025.1",
        "languages": ("kk", "ru", "en"),
        "definition": "palermo",
        "definitions": ("palermo", "us"),
        "threshold": 5,
        "tables": {table.name: table for table in tables},
        "bounds": pl.DataFrame(
            {"year": list(YEARS), "n": [124, 124], "low": [93, 93], "high": [124, 124]}
        ),
        "sources": pl.DataFrame({"year": [2025], "agency": ["police"], "file": ["p.csv"]}),
        "persons": 150,
        "files": pl.DataFrame(
            {
                "agency": ["police"],
                "file": ["p.csv"],
                "sha256": ["ab" * 32],
                "rows": [160],
                "accepted": [158],
                "refused": [2],
            }
        ),
        "refusals": pl.DataFrame({"agency": ["police"], "code": ["INTAKE-017"], "entries": [2]}),
        "population": pl.DataFrame(
            {"region": ["R-1", "R-2", "R-3"], "year": [2025] * 3, "population": [1_000_000] * 3}
        ),
        "changes": (),
        "no_report": frozenset({"R-3"}),
        "labels": {
            "region": {code: three for code in ("R-1", "R-2", "R-3")},
            "agency": {"police": three},
            "country": {"XSA": three},
            "country_in": {"XSA": three},
            "definition": {"palermo": three, "us": three},
        },
        "tiles": {"R-1": (1, 1), "R-2": (1, 2), "R-3": (1, 3)},
        "inputs_sha256": "cd" * 32,
    }
    return Evidence(**{**parts, **changes})
