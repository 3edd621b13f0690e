"""Every cell of every table as a number of its own, so that report.json holds them all alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiqyn.report import voice
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Cell,
    Chapter,
    Chart,
    Column,
    Kind,
    Label,
    Number,
    Row,
    Sentence,
    Table,
    Text,
    Unit,
    Words,
    Year,
)
from aiqyn.report.sources import agencies_in

ROW_TABLES = ("quality", "reasons", "inputs")  # they count rows and files, not persons


def cell_numbers(chapters: Sequence[Chapter], evidence: Evidence) -> dict[str, Number]:
    """Id ``<table>.<row>.<column>`` -> value, interval, unit, state and the agencies it came from.

    A hidden cell stands there with its state and without its value. Shares and rates carry a 95 %
    interval; counts of persons the fewest and the most; counts of rows are exact.
    """
    return {
        number.id: number
        for table in _tables(chapters)
        for row in (*table.rows, *table.total)
        for column in table.columns
        for number in _number(table, row, column, evidence)
    }


def _tables(chapters: Sequence[Chapter]) -> Iterator[Table]:
    for chapter in chapters:
        for block in chapter.blocks:
            table = block.table if isinstance(block, Chart) else block
            if isinstance(table, Table):
                yield table


def _number(table: Table, row: Row, column: Column, evidence: Evidence) -> Iterator[Number]:
    cell, name = row.get(column.key), _name(row.get("id") or row[table.columns[0].key])
    if not isinstance(cell, Cell) or column.kind not in voice.UNITS:
        return
    unit: Unit = "rows" if table.id in ROW_TABLES else voice.UNITS[column.kind]
    kind = _kind(cell, column)
    exact = None if kind == "lower_bound" else cell.value
    chance = column.estimated or column.kind in ("share", "rate")
    yield Number(
        id=f"{table.id}.{name}.{column.key}",
        value=cell.value,
        unit=unit,
        low=cell.value if cell.low is None else cell.low,
        high=exact if cell.high is None else cell.high,
        level=0.95 if chance and cell.low is not None else None,
        kind=kind,
        state=cell.state,
        title=column.header,
        filter=table.title,
        sources=_sources(row, column, table, evidence),
    )


def _kind(cell: Cell, column: Column) -> Kind:
    if not column.estimated:
        return "counted"
    if cell.state in voice.ABSENT:
        return "refused"
    return "lower_bound" if cell.low is not None and cell.high is None else "estimated"


def _name(first: object) -> str:
    """What the row is called: a code, a year, or the last part of a catalogue key."""
    match first:
        case Label(code=code):
            return code
        case Year(value=year):
            return str(year)
        case Text(value=text):
            return text
        case Words(key=key) | Sentence(key=key):
            return key.rsplit(".", 1)[-1]
    return str(first)


def _sources(row: Row, column: Column, table: Table, evidence: Evidence) -> tuple[str, ...]:
    """The agencies of the cell's year; of a table of rows, the agency itself."""
    first = row[table.columns[0].key]
    if table.id in ROW_TABLES:
        every = tuple(evidence.files["agency"].unique().sort())
        return (first.code,) if isinstance(first, Label) else every
    year = int(column.key) if column.key.isdecimal() else evidence.year
    year = first.value if isinstance(first, Year) else year
    return agencies_in(evidence, year)
