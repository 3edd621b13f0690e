"""What a reader writes down of the tables of groups by list, beside all other tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import polars as pl

ALL, LISTED, NONE, RARE, UNKNOWN = "_all", "listed", "none", "rare", "unknown"
DIMENSIONS = ("sex", "age_group", "form_group", "region")
RECORDED = ("sex", "age_group")  # told of those alone whose sex and age are on record
Key = tuple[str, ...]


class Notes(Protocol):
    def note(self, key: Key, row: Mapping[str, Any], truth: int) -> None: ...

    def holds(self, plus: list[Key], minus: list[Key], low: float, high: float = ...) -> None: ...


def read_groups(
    notes: Notes, printed: Mapping[str, pl.DataFrame], victims: pl.DataFrame, year: str
) -> int:
    """Write down every table of groups of the year; returns how many there are.

    Parameters
    ----------
    victims : `history`, `sex`, `age_group` (0-17, 18+, unknown), `form_group` (several), `region`
        of each victim of the year: the truth, only to compare with
    """
    whole = printed["victims_lists"].filter(year=year)
    lists = [h for h in whole["history"] if h not in (ALL, LISTED, NONE)]
    tables = {d: printed[name] for d in DIMENSIONS if (name := f"victims_lists_{d}") in printed}
    for dimension, table in tables.items():
        own = table.filter(year=year)
        known = victims.filter(
            (pl.col("sex") != UNKNOWN) & (pl.col("age_group") != UNKNOWN)
        )  # fmt: skip
        persons = known if dimension in RECORDED else victims
        _read_table(notes, dimension, own, persons, lists)
    return len(tables)


def _read_table(
    notes: Notes, dimension: str, own: pl.DataFrame, persons: pl.DataFrame, lists: list[str]
) -> None:
    histories = sorted(set(own["history"]) - {ALL, LISTED, NONE})
    codes = sorted(set(own[dimension]) - {ALL})
    rare = [h for h in lists if "+" in h and h not in histories] if RARE in histories else []
    rows = {(r["history"], r[dimension]): r for r in own.iter_rows(named=True)}
    absent = {"n": 0, "status": "shown"}
    for history in (ALL, LISTED, NONE, *histories):
        for code in (ALL, *codes):
            of = _held(persons, history, rare)
            of = of if code == ALL else of.filter(_is(of, dimension, code))
            notes.note(_key(dimension, history, code), rows.get((history, code), absent), of.height)
        _of_history(notes, dimension, history, codes)
    for code in (ALL, *codes):
        found, none = (_key(dimension, h, code) for h in (LISTED, NONE))
        notes.holds([_key(dimension, ALL, code)], [found, none], 0, 0)
        notes.holds([found], [_key(dimension, h, code) for h in histories], 0, 0)
    if rare and dimension not in RECORDED:
        notes.holds([("lists", RARE)], [("victims_lists", h) for h in rare], 0, 0)
    if dimension in RECORDED:
        for history in (LISTED, NONE, *histories):
            among = rare if history == RARE else [history]
            notes.holds([("victims_lists", h) for h in among], [("known", history)], 0)


def _of_history(notes: Notes, dimension: str, history: str, codes: list[str]) -> None:
    everyone = _key(dimension, history, ALL)
    parts = [_key(dimension, history, code) for code in codes]
    if dimension != "form_group":
        notes.holds([everyone], parts, 0, 0)
        return
    notes.holds(parts, [everyone], 0)
    none = [_key(dimension, history, UNKNOWN)] if UNKNOWN in codes else []
    for part in parts:
        notes.holds([everyone], [part, *(none if part not in none else [])], 0)


def _key(dimension: str, history: str, code: str) -> Key:
    """The name under which other tables print the cell, or its own."""
    if history == ALL:
        return _of_profile(dimension, code)
    if code != ALL:
        return ("group", dimension, history, code)
    if dimension in RECORDED:
        return ("known", history)
    return ("lists", RARE) if history == RARE else ("victims_lists", history)


def _of_profile(dimension: str, code: str) -> Key:
    if dimension in RECORDED:
        return ("sex_age", code, ALL) if dimension == "sex" else ("sex_age", ALL, code)
    if code == ALL:
        return ("victims",)
    if dimension == "form_group" and code == UNKNOWN:
        return ("form", UNKNOWN)
    return (f"victims_{dimension}", code)


def _held(persons: pl.DataFrame, history: str, rare: list[str]) -> pl.DataFrame:
    if history == ALL:
        return persons
    if history == LISTED:
        return persons.filter(pl.col("history") != NONE)
    among = rare if history == RARE else [history]
    return persons.filter(pl.col("history").is_in(among))


def _is(persons: pl.DataFrame, dimension: str, code: str) -> pl.Expr:
    column = pl.col(dimension)
    return column.list.contains(code) if dimension == "form_group" else column == code
