"""Cleared counts in the columns of CTDC's releases, where a cell can be said in them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from aiqyn.disclosure import ALL, Cleared, PublishedTable, Release
from aiqyn.disclosure.microdata.ctdc import (
    ADULT,
    CHILD,
    CITIZENSHIP,
    COUNTRY,
    GENDER,
    MAJORITY,
    YEAR,
    flags_of,
)
from aiqyn.standard import code_list

MAJORITIES = {ALL: "", "0-17": CHILD, "18+": ADULT}
FLAGS = ("isForcedLabour", "isSexualExploit", "isOtherExploit")
COLUMNS = (YEAR, GENDER, MAJORITY, CITIZENSHIP, COUNTRY, *FLAGS)
SOURCES = ("victims_sex_age", "victims_citizenship", "victims_form_group")


def ctdc_counts(release: Cleared[Release], country: str) -> pl.DataFrame:
    """One row a printed cell: CTDC's columns (empty: any), `persons`, `status`, `table`.

    Counts by sex and majority, by citizenship and by form, not all at once: the tables that were
    cleared are these. Flags are "1" or empty, as in CTDC's own files. A group of forms stands here
    where CTDC sets one flag for all its forms and for no other: persons could not be added up.
    """
    known = {table.name: table for table in release.value.published}
    rows = [row for name in SOURCES if name in known for row in _rows(known[name], country)]
    columns = [*COLUMNS, "persons", "status", "table"]
    schema = {**dict.fromkeys(columns, pl.String), "persons": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _rows(table: PublishedTable, country: str) -> Iterator[tuple[object, ...]]:
    for row in table.cells.iter_rows(named=True):
        own = _columns(table.name, row)
        if own is not None:
            told = {**dict.fromkeys(COLUMNS, ""), YEAR: row["year"], COUNTRY: country, **own}
            yield (*told.values(), row["n"], row["status"], table.name)


def _columns(table: str, row: dict[str, str]) -> dict[str, str] | None:
    """What the cell is in CTDC's columns; None where it cannot be said in them."""
    if table == "victims_sex_age":
        genders = {ALL: "", **{sex: flags[0] for sex, flags in flags_of("sex").items()}}
        if row["sex"] not in genders or row["age_group"] not in MAJORITIES:
            return None
        return {GENDER: genders[row["sex"]], MAJORITY: MAJORITIES[row["age_group"]]}
    if table == "victims_citizenship":
        named = row["citizenship"] not in ("other", "unknown", ALL)
        return {CITIZENSHIP: row["citizenship"]} if named else None
    flag = group_flags().get(row["form_group"])
    return None if flag is None else {flag: "1"}


def group_flags() -> dict[str, str]:
    """Form group -> the flag that CTDC sets for all of its forms and for no other form."""
    forms = code_list("form").frame.select("code", "form_group").drop_nulls()
    flags = {code: set(found) & set(FLAGS) for code, found in flags_of("form").items()}
    found: dict[str, set[str]] = {}
    for code, group in forms.iter_rows():
        found.setdefault(group, set()).update(flags.get(code, set()) or {""})
    used = [flag for own in found.values() for flag in own]
    return {
        group: next(iter(own))
        for group, own in found.items()
        if len(own) == 1 and own != {""} and used.count(next(iter(own))) == 1
    }
