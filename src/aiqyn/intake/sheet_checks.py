"""What makes a sheet or a row unreadable, whatever its cells say."""

from __future__ import annotations

import re

from aiqyn.errors import InputRefused
from aiqyn.intake.grid import Grid
from aiqyn.intake.headings import Headings, heading_key
from aiqyn.intake.kazakh_damage import loses_to
from aiqyn.intake.mapping import SheetRule
from aiqyn.intake.rows import ROW, CellFault, Rows
from aiqyn.intake.xlsx_facts import column_letters

FORMULA = re.compile(r"=\s*[-+]?[A-Za-z_$(\d]")


def check_headings(headings: Headings, known: dict[int, str], rule: SheetRule, file: str) -> None:
    """Refuse a sheet whose headings are spoilt, missing, repeated or not allowed."""
    missing = [s for s in rule.columns if headings.column(s) is None]
    for spellings in missing:
        for text in headings.texts:
            if any(loses_to(text, spelling) for spelling in spellings if text):
                raise InputRefused("INTAKE-004", file=file, column=spellings[0])
    for spellings in rule.needed:
        if headings.column(spellings) is None:
            raise InputRefused("INTAKE-006", file=file, column=spellings[0])
    if "used" not in known.values():
        raise InputRefused("INTAKE-013", file=file)
    used = {heading_key(headings.texts[at]) for at, what in known.items() if what == "used"}
    twice = [text for text in headings.twice if heading_key(text) in used]
    if twice:
        raise InputRefused("INTAKE-014", file=file, column=twice[0])
    strange = unknown_columns(headings, known)
    if strange and rule.unknown_columns == "refuse":
        raise InputRefused("INTAKE-038", file=file, columns=", ".join(map(column_letters, strange)))


def unknown_columns(headings: Headings, known: dict[int, str]) -> list[int]:
    """Columns with a heading that the mapping names nowhere."""
    return [at for at, text in enumerate(headings.texts) if text and at not in known]


def unreadable_identities(grid: Grid, headings: Headings, known: dict[int, str]) -> list[CellFault]:
    """Formulas among the identities: no row is refused for them, and they tell no age."""
    return [
        CellFault(row + 1, headings.shown(column), "INTAKE-031", {}, None)
        for row, column in grid.facts.formulas
        if known.get(column) == "identity"
    ]


def unreadable_rows(grid: Grid, rows: Rows, known: dict[int, str]) -> list[CellFault]:
    """Rows whose cells cannot be trusted whatever they say."""
    import polars as pl

    numbers = set(rows.frame[ROW].to_list())
    used = sorted(at for at, what in known.items() if what == "used")
    faults = [
        CellFault(at + 1, None, "INTAKE-026", {}, None)
        for at in sorted(grid.broken)
        if at + 1 in numbers
    ]
    for (row, column), text in grid.facts.formulas.items():
        if column in used and row + 1 in numbers:
            faults.append(CellFault(row + 1, rows.headings.shown(column), "INTAKE-031", {}, text))
    for row, column in sorted(grid.facts.errors):
        if column in used and row + 1 in numbers and (row, column) not in grid.facts.formulas:
            faults.append(CellFault(row + 1, rows.headings.shown(column), "INTAKE-030", {}, None))
    for column in used:
        texts = rows.frame[str(column)]
        likely = texts.str.starts_with("=").fill_null(False)
        for row, text in rows.frame.filter(likely).select(ROW, str(column)).iter_rows():
            if FORMULA.match(text):
                faults.append(CellFault(row, rows.headings.shown(column), "INTAKE-031", {}, text))
    if grid.encoding is not None:  # a text file: a cell too many has shifted the others
        last = max((i for i, text in enumerate(rows.headings.texts) if text), default=0)
        beyond = [c for c in rows.frame.columns if c != ROW and int(c) > last]
        if beyond:
            over = rows.frame.filter(pl.any_horizontal(pl.col(c).is_not_null() for c in beyond))
            faults += [CellFault(row, None, "INTAKE-016", {}, None) for row in over[ROW].to_list()]
    return faults
