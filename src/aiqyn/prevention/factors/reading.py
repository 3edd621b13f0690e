"""A file of factors to values by area and period, through the layout that fits it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake.grid import Grid
from aiqyn.intake.open_file import open_file
from aiqyn.intake.refusal import Refusal
from aiqyn.prevention.factors.areas import area_of
from aiqyn.prevention.factors.layouts import Layout, layouts
from aiqyn.prevention.factors.list_of_factors import find_factor
from aiqyn.prevention.factors.tables import ALL, VALUES, FactorFile, FactorTable

KINDS = (".csv", ".tsv", ".xlsx", ".ods", ".parquet", ".csv.gz", ".tsv.gz")
PERIOD = re.compile(r"(1[89]|20|21)\d\d(?:-(?:0[1-9]|1[0-2]|Q[1-4]))?")
EMPTY, NO_WHERE = "factors.aside.empty", "factors.aside.no_area"
Row = Mapping[str, str]
Value = tuple[str, str, str, str, float, bool, str, str]


class _Fault(Exception):
    """A cell that cannot be taken."""

    def __init__(self, code: str, column: str | None, **slots: object) -> None:
        super().__init__(code)
        self.code, self.column, self.slots = code, column, slots


class _Aside(Exception):
    """A row that holds nothing to take, on purpose."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet under its layout: which of its headings is what."""

    file: str
    name: str | None
    layout: Layout
    there: tuple[str, ...]

    def cell(self, row: Row, wanted: str) -> str:
        """The cell under the heading that stands for the one wanted; empty without one."""
        found = self.layout.heading(wanted, self.there) if wanted else None
        return row[found] if found else ""

    def column(self, wanted: str) -> str | None:
        """The heading as the file has it."""
        return self.layout.heading(wanted, self.there)


def read_factors(paths: list[Path]) -> FactorTable:
    """Every file, in the order given."""
    return FactorTable(tuple(read_factor_file(path) for path in paths))


def read_factor_file(path: Path) -> FactorFile:
    """The values of one file; a row that cannot be taken is refused and says why."""
    try:
        grids = open_file(path)
    except InputRefused as why:
        refusal = Refusal(path.name, None, None, None, why.code, dict(why.slots))
        return FactorFile(path.name, None, 0, 0, (refusal,))
    for grid in grids:
        for layout in layouts():
            there, rows = heads_and_rows(grid)
            if layout.fits(path.name, there):
                return _read(_Sheet(path.name, grid.sheet, layout, there), rows)
    known = ", ".join(x.name for x in layouts())
    refusal = Refusal(path.name, None, None, None, "PREV-040", {"known": known})
    rows = heads_and_rows(grids[0])[1] if grids else {}
    return FactorFile(path.name, None, len(rows), 0, (refusal,))


def heads_and_rows(grid: Grid) -> tuple[tuple[str, ...], dict[int, Row]]:
    """Headings of the first row that holds any, and the rows under it by their own number."""
    lines = [[x or "" for x in line] for line in grid.cells.iter_rows()]
    top = next((i for i, line in enumerate(lines) if any(line)), 0)
    there = tuple(lines[top]) if lines else ()
    return there, {
        number: dict(zip(there, line, strict=True))
        for number, line in enumerate(lines[top + 1 :], start=top + 2)
        if any(line)
    }


def _read(sheet: _Sheet, rows: Mapping[int, Row]) -> FactorFile:
    taken: dict[tuple[str, ...], Value] = {}
    refusals: list[Refusal] = []
    aside: Counter[str] = Counter()
    for number, row in rows.items():
        try:
            found = list(_values(sheet, number, row))
            _no_repeat(found, taken)
        except _Aside as why:
            aside[str(why)] += 1
        except _Fault as why:
            where = (sheet.file, sheet.name, number, why.column)
            refusals.append(Refusal(*where, why.code, why.slots))
        else:
            taken |= {value[:4]: value for value in found}
            if not found:
                aside[EMPTY] += 1
    values = pl.DataFrame(list(taken.values()), schema=VALUES, orient="row")
    accepted = len(rows) - len(refusals)
    name = sheet.layout.name
    return FactorFile(sheet.file, name, len(rows), accepted, tuple(refusals), dict(aside), values)


def _no_repeat(found: list[Value], taken: Mapping[tuple[str, ...], Value]) -> None:
    for value in found:
        if value[:4] in taken:
            other = taken[value[:4]][-1].rsplit(":", 1)[-1]
            raise _Fault("PREV-045", None, other=other)


def _values(sheet: _Sheet, number: int, row: Row) -> Iterator[Value]:
    """The values of a row: one, or one for each factor that has a column."""
    layout = sheet.layout
    period = _period(sheet, row)
    area = area_of(layout, sheet.cell(row, layout.area), int(period[:4]))
    if area is None:
        raise _Fault("PREV-042", sheet.column(layout.area), table=layout.area_list or layout.area)
    source = sheet.cell(row, layout.source_column) or layout.source
    where = f"{layout.name}:{sheet.file}:{number}"
    late = layout.forecast_from is not None and int(period[:4]) >= layout.forecast_from
    for factor, text, column in _told(sheet, row):
        value = _number(sheet, factor, text, column)
        if value is not None:
            yield (factor, area, period, _group(sheet, row), value, late, source, where)


def _told(sheet: _Sheet, row: Row) -> Iterator[tuple[str, str, str]]:
    """Factor, cell and heading of each value."""
    layout = sheet.layout
    if layout.columns:
        for heading, factor in layout.columns.items():
            yield factor, sheet.cell(row, heading), heading
        return
    series = sheet.cell(row, layout.series_column) or layout.series_of_file(sheet.file)
    if series in layout.aside:
        raise _Aside(layout.aside[series])
    found = layout.factors.get(series) if layout.factors else find_factor(series)
    if found is None:
        raise _Fault("PREV-044", sheet.column(layout.series_column) if series else None)
    yield found, sheet.cell(row, layout.value), layout.value


def _period(sheet: _Sheet, row: Row) -> str:
    text = sheet.cell(row, sheet.layout.period).removesuffix(".0")
    if not PERIOD.fullmatch(text):
        raise _Fault("PREV-043", sheet.column(sheet.layout.period))
    return text


def _number(sheet: _Sheet, factor: str, text: str, column: str) -> float | None:
    """The value; None where the cell says that none is known."""
    if text == "" or text in sheet.layout.missing:
        return None
    told = {k: float(v) for k, v in sheet.layout.values.get(column, {}).items()}
    if text in told:
        return told[text]
    try:
        value = float(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        value = float("nan")
    if value != value or abs(value) == float("inf") or told:
        raise _Fault("PREV-041", sheet.column(column))
    return value * sheet.layout.times.get(factor, 1.0)


def _group(sheet: _Sheet, row: Row) -> str:
    """The part of the area that a row is about; "_all" for the whole."""
    parts = ((c, sheet.cell(row, c)) for c in sheet.layout.breakdown)
    told = [f"{c.lower()}={x}" for c, x in parts if x and x not in (*sheet.layout.total, ALL)]
    return ";".join(told) or ALL
