"""Tables of the model as rows of written cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from aiqyn.report import voice
from aiqyn.report.html.prose import Prose
from aiqyn.report.model import Cell, Column, Label, NumberRef, Sentence, State, Table, Value


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `short` is what is seen where `text` is too long to repeat."""

    text: str
    kind: str
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A written cell and the kind of its column; an `estimated` number looks like one."""

    content: Markup
    kind: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, written: heads, rows, totals, and the states that its note explains."""

    id: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Written, ...], ...]
    total: tuple[tuple[Written, ...], ...]
    note: Markup | None
    states: tuple[State, ...]


def grid(table: Table, prose: Prose) -> Grid:
    """The table in the page's language."""
    return Grid(
        table.id,
        prose.plain(table.title),
        _heads(table.columns, prose),
        tuple(_row(row, table.columns, prose) for row in table.rows),
        tuple(_row(row, table.columns, prose) for row in table.total),
        prose.sentence(table.note) if table.note else None,
        _states((*table.rows, *table.total), prose) if table.symbols else (),
    )


def _heads(columns: tuple[Column, ...], prose: Prose) -> tuple[Head, ...]:
    several = sum(column.kind == "interval" for column in columns) > 1
    short = prose.say("page.interval.short")
    return tuple(
        Head(
            prose.plain(column.header),
            column.kind,
            short if several and column.header.key == "report.column.interval_of" else None,
        )
        for column in columns
    )


def _row(
    row: Mapping[str, Value], columns: tuple[Column, ...], prose: Prose
) -> tuple[Written, ...]:
    kinds = {column.key: column.kind for column in columns}

    def write(column: Column) -> Markup:
        if column.kind == "interval" and column.of is not None:
            return _interval(row.get(column.of), voice.UNITS[kinds[column.of]], prose)
        value = row.get(column.key)
        return _verdict(value, prose) if column.kind == "verdict" else _cell(value, column, prose)

    return tuple(
        Written(write(column), column.kind, column.estimated and voice.has_number(row[column.key]))
        for column in columns
    )


def _cell(value: Value, column: Column, prose: Prose) -> Markup:
    if value is None:
        return Markup("")
    if isinstance(value, Sentence):
        return prose.sentence(value)
    if isinstance(value, NumberRef):
        return prose.link(value.id)
    if not isinstance(value, Cell):
        return Markup.escape(voice.slot_text(value, prose.lang, prose.model))
    return prose.state(value.state) or Markup.escape(
        voice.cell_text(value, column.kind, prose.lang)
    )


def _verdict(value: Value, prose: Prose) -> Markup:
    if not isinstance(value, Label):
        return Markup("")
    badge = Markup('<span class="badge {}" title="{}">{}</span>')
    short = prose.say(f"report.verdict.{value.code}")
    return badge.format(value.code, prose.label(value.code_list, value.code), short)


def _interval(value: Value, unit: str, prose: Prose) -> Markup:
    if isinstance(value, NumberRef):
        shown = voice.shown_interval(prose.model.numbers[value.id], prose.lang)
        return Markup.escape(shown or "")
    if not isinstance(value, Cell) or value.low is None or voice.is_bound(value):
        return Markup("")
    return Markup.escape(voice.between_text(value.low, value.high, unit, prose.lang))


def _states(rows: Iterable[Mapping[str, Value]], prose: Prose) -> tuple[State, ...]:
    cells = [value for row in rows for value in row.values()]
    found = {value.state for value in cells if isinstance(value, Cell)}
    found |= {prose.model.numbers[v.id].state for v in cells if isinstance(v, NumberRef)}
    # A zero by itself reads as a zero.
    return (
        tuple(state for state in voice.SIGNED if state in found)
        if found & set(voice.ABSENT)
        else ()
    )
