"""Tables of the model as written cells, with what the template needs to fit them to the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiqyn.report import voice
from aiqyn.report.charts.lettering import capital
from aiqyn.report.model import Cell, Column, Label, NumberRef, Sentence, Table, Value
from aiqyn.report.pdf.letters import printable
from aiqyn.report.pdf.speech import Run, Speech, bare

Row = Mapping[str, Value]
LEFT = ("label", "text", "verdict")
WIDEST = 3  # longest words and lines of a column that are measured
NEVER_TURNED = 6  # columns; a table of more may have to stand on a turned page
LONG = 24  # rows; a longer table may break between pages, between its rows


def written(table: Table, speech: Speech, *, heading: str = "") -> dict[str, Any]:
    """The table in the report's language; `heading` where the heading above it is its title."""
    heads = [_head(column, table.columns, speech) for column in table.columns]
    rows, total = (
        [_row(row, table.columns, speech) for row in part] for part in (table.rows, table.total)
    )
    note = speech.runs(table.note) if table.note else []
    return {
        "is": "Table",
        "heading": heading,
        "title": note if heading else speech.runs(table.title),
        "columns": [
            _column(column, head, [row[place] for row in (*rows, *total)])
            for place, (column, head) in enumerate(zip(table.columns, heads, strict=True))
        ],
        "rows": rows,
        "total": total,
        "note": [] if heading else note,
        "symbols": _symbols(table, speech) if table.symbols else [],
        "long": len(rows) > LONG,
        "small": len(rows) <= LONG / 2 and len(heads) <= NEVER_TURNED,
    }


def _column(column: Column, head: str, cells: Sequence[Any]) -> dict[str, Any]:
    texts = [head, *map(_text, cells)]
    parts = [part for text in texts for part in text.split(" ")]
    return {
        "head": head,
        "kind": column.kind,
        "estimated": column.estimated,
        "left": column.kind in LEFT,
        "lines": _longest(texts),
        "words": _longest(parts),
    }


def _longest(texts: Sequence[str]) -> list[str]:
    return sorted(dict.fromkeys(texts), key=len, reverse=True)[:WIDEST]


def _text(cell: Any) -> str:
    return cell["text"] if isinstance(cell, dict) else bare(cell)


def _head(column: Column, columns: Sequence[Column], speech: Speech) -> str:
    """The head; an interval beside the value that it belongs to need not name that again."""
    several = sum(other.kind == "interval" for other in columns) > 1
    repeats = column.header.key == "report.column.interval_of"
    if several and repeats:
        return speech.say("page.interval.short")
    return speech.plain(column.header)


def _row(row: Row, columns: Sequence[Column], speech: Speech) -> list[Any]:
    kinds = {column.key: column.kind for column in columns}

    def cell(column: Column) -> Any:
        if column.kind == "interval" and column.of is not None:
            return [_interval(row.get(column.of), voice.UNITS[kinds[column.of]], speech)]
        value = row.get(column.key)
        if column.kind == "verdict" and isinstance(value, Label):
            return {"verdict": value.code, "text": speech.say(f"report.verdict.{value.code}")}
        if column.estimated and voice.has_number(value):
            return {"estimated": True, "text": bare(_cell(value, column, speech))}
        return _cell(value, column, speech)

    first, *others = (cell(column) for column in columns)
    return [_capital(first), *others]


def _capital(cell: Any) -> Any:
    """What names a row begins with a capital."""
    named = isinstance(cell, list) and cell and isinstance(cell[0], str)
    return [capital(cell[0]), *cell[1:]] if named else cell


def _cell(value: Value, column: Column, speech: Speech) -> list[Run]:
    if value is None:
        return []
    if isinstance(value, Sentence):
        return speech.runs(value)
    if isinstance(value, NumberRef):
        return [speech.number(value.id)]
    if not isinstance(value, Cell):
        return [printable(voice.slot_text(value, speech.lang, speech.model))]
    if value.state in voice.ABSENT:
        return [voice.sign(value.state, speech.model)]
    return [voice.cell_text(value, column.kind, speech.lang)]


def _interval(value: Value, unit: str, speech: Speech) -> str:
    if isinstance(value, NumberRef):
        return voice.shown_interval(speech.model.numbers[value.id], speech.lang) or ""
    if not isinstance(value, Cell) or value.low is None or voice.is_bound(value):
        return ""
    return voice.between_text(value.low, value.high, unit, speech.lang)


def _symbols(table: Table, speech: Speech) -> list[list[str]]:
    """Each sign of the table with its words; a zero by itself reads as a zero."""
    values = [value for row in (*table.rows, *table.total) for value in row.values()]
    found = {value.state for value in values if isinstance(value, Cell)}
    found |= {speech.model.numbers[v.id].state for v in values if isinstance(v, NumberRef)}
    if not found & set(voice.ABSENT):
        return []
    there = (state for state in voice.SIGNED if state in found)
    return [[voice.sign(state, speech.model), speech.state_words(state)] for state in there]
