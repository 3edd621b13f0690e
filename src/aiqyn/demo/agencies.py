"""The agencies' folders: each writes what it holds in its own layout, language and encoding."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from aiqyn.demo.draws import Rng
from aiqyn.demo.faults import FAULT_SCHEMA, listed, plant
from aiqyn.demo.sheets import Layout, layouts, spell, typed
from aiqyn.demo.tables import folder
from aiqyn.demo.workbooks import Page, write_csv, write_xlsx

WORKBOOK_LIMIT = 100_000  # records of the country; above it every agency sends CSV
_FIRST_DAY_OF_GHAZHAPSU = date(2022, 6, 8)
_SENT_BY = {
    "victims": "date_reported",
    "accused": "date_stage",
    "justice_events": "date",
    "assistance": "date",
    "referrals": "date",
}


@dataclass(frozen=True, slots=True)
class Held:
    """What all agencies hold, in the standard's columns, each with a column ``list``."""

    victims: pl.DataFrame
    accused: pl.DataFrame
    justice_events: pl.DataFrame
    assistance: pl.DataFrame
    referrals: pl.DataFrame

    def of(self, agency: str, table: str) -> pl.DataFrame:
        """One agency's rows of a table."""
        held: pl.DataFrame = getattr(self, table)
        return held.filter(pl.col("list") == agency)


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one table that go into one file."""

    table: str
    layout: Layout
    rows: pl.DataFrame


@cache
def agencies() -> dict[str, dict[str, Any]]:
    """``data/demo/agencies.toml``."""
    text = folder("demo", "agencies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def write_agencies(rng: Rng, root: Path, held: Held) -> pl.DataFrame:
    """Write ``agencies/<code>/`` and return the planted faults (columns of faults.csv)."""
    as_csv = held.victims.height > WORKBOOK_LIMIT
    found = []
    for code, told in agencies().items():
        place = root / "agencies" / code
        place.mkdir(parents=True)
        (place / "agency.toml").write_text(_agency_toml(code, told), encoding="utf-8")
        found += list(_write_agency(rng, place, code, told, held, as_csv))
    empty = pl.DataFrame(schema={"agency": pl.String, **FAULT_SCHEMA})
    return pl.concat([empty, *found]).sort("agency", "file", "sheet", "row", nulls_last=False)


def _agency_toml(code: str, told: Mapping[str, Any]) -> str:
    keys = ("kind", "mapping", "name_kk", "name_ru", "name_en")
    lines = [f'code = "{code}"', *(f'{key} = "{told[key]}"' for key in keys)]
    return "\n".join(lines) + "\n"


def _write_agency(
    rng: Rng, place: Path, code: str, told: Mapping[str, Any], held: Held, as_csv: bool
) -> Iterator[pl.DataFrame]:
    parts: dict[str, list[_Part]] = {}
    workbook = told["format"] == "xlsx" and not as_csv
    for table, stem in told["files"].items():
        for name, part in _parts(rng, code, told, held, table, stem):
            suffix = "" if workbook or told["format"] == "csv" else f"_{table}"
            parts.setdefault(f"{name}{suffix}", []).append(part)
    for name, inside in sorted(parts.items()):
        if workbook:
            inside = _with_victims(inside, told)
            write_xlsx([_page(part, told) for part in inside], place / f"{name}.xlsx")
        else:
            _write_texts(inside[0], place / f"{name}.csv", told)
        ending = "xlsx" if workbook else "csv"
        for part in inside:
            if "_fault" in part.rows.columns:
                sheet = told["sheets"][part.table] if workbook else None
                top = len(told.get("titles", ())) + 2 if workbook else 2
                faults = listed(part.rows, part.layout, f"{name}.{ending}", sheet, top)
                yield faults.select(pl.lit(code).alias("agency"), pl.all())


def _with_victims(inside: list[_Part], told: Mapping[str, Any]) -> list[_Part]:
    """A workbook always has its sheet of victims, be it without rows."""
    if any(part.table == "victims" for part in inside):
        return inside
    layout = layouts(told["mapping"], told["language"])["victims"]
    empty = pl.DataFrame(schema=dict.fromkeys(layout.headings.values(), pl.String))
    return [_Part("victims", layout, empty), *inside]


def _parts(
    rng: Rng, code: str, told: Mapping[str, Any], held: Held, table: str, stem: str
) -> Iterator[tuple[str, _Part]]:
    layout = layouts(told["mapping"], told["language"], tuple(told.get("as_codes", ())))[table]
    rows = held.of(code, table).sort(_SENT_BY[table], maintain_order=True)
    marked = rows.with_columns(*_marks(rows, table, stem, told["period"]))
    texts = spell(marked, layout, told["dates"])
    if table == "victims":
        texts = plant(rng, code, texts, layout, held.victims.height)
    for name, inside in texts.partition_by("_file", as_dict=True, maintain_order=True).items():
        yield str(name[0]), _Part(table, layout, inside)


def _marks(rows: pl.DataFrame, table: str, stem: str, period: str) -> Iterator[pl.Expr]:
    """The file of each row, its year, and whether it is older than the youngest region."""
    sent = pl.col(_SENT_BY[table])
    year = sent.dt.year().cast(pl.String)
    half = pl.when(sent.dt.month() <= 6).then(pl.lit("1")).otherwise(pl.lit("2"))
    before, _, after = stem.partition("{year}")
    tail = after.replace("{part}", "")
    pieces = [pl.lit(before), year, pl.lit(tail), *([half] if period == "half" else [])]
    yield pl.concat_str(pieces).alias("_file")
    yield sent.dt.year().alias("_year")
    day = pl.col("date_detected") if table == "victims" else sent
    yield (day < _FIRST_DAY_OF_GHAZHAPSU).alias("_old")


def _page(part: _Part, told: Mapping[str, Any]) -> Page:
    titles = told["titles"] if part.table == "victims" else ()
    texts = part.rows.select(list(part.layout.headings.values()))
    return Page(told["sheets"][part.table], texts, typed(part.layout, told["dates"]), titles)


def _write_texts(part: _Part, path: Path, told: Mapping[str, Any]) -> None:
    year = int(part.rows["_year"][0])
    encodings = told.get("encodings", {"2000": "utf-8"})
    encoding = [name for start, name in sorted(encodings.items()) if int(start) <= year][-1]
    texts = part.rows.select(list(part.layout.headings.values()))
    write_csv(texts, path, separator=told.get("separator", ","), encoding=encoding)
