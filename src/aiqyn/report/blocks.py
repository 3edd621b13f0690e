"""The blocks that chapters are made of: sentences, charts, tables, callouts, gates, key figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aiqyn.report.slots import Sentence, Slot, State


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table or one mark of a chart: a value with its state.

    An estimate may have both ends and no value (a range), or its low end alone (a lower bound).
    """

    value: float | None = None
    state: State = "shown"
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `kind`: ``label`` (a Label, Sentence or Year), ``count``, ``share``, ``rate``, ``change`` (a
    signed fraction of 1), ``interval`` (low and high of the column named `of`), ``verdict``,
    ``text`` (a Sentence or Text). `estimated`: its numbers are estimates, and look like it.
    """

    key: str
    header: Sentence
    kind: Literal["label", "count", "share", "rate", "change", "interval", "verdict", "text"]
    of: str | None = None
    estimated: bool = False


Value = Cell | Slot | Sentence | None
Row = Mapping[str, Any]  # values are `Value`; Any, because a dict display of them infers object


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `rows` map column keys to values; `total` stands under the second rule."""

    id: str
    title: Sentence
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: tuple[Row, ...] = ()
    note: Sentence | None = None
    symbols: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its kind, its marks as rows of codes and numbers, and the table that equals it.

    `extra` is the kind's own; ``under_heading`` says that a heading above the chart titles its row.

    The columns of `rows` by kind:

    trend_band        year, series (found|estimated), value, low, high, state
    pyramid           age_group, sex (female|male), value, low, high, state
    ten_persons       group (women|girls|men|boys), value (whole persons of ten)
    small_multiples   form_group, year, value, low, high, state (shares)
    tile_map          region, tile_row, tile_col, value (persons), state, shade (0-4 or None)
    verdict_bars      definition, verdict, value, state; and bounds in `extra`
    dot_interval      name (a slot or sentence) or code, value, low, high, state, main (bool),
                      refusal (code); no value: a range; no high: a lower bound
    overlap           lists (tuple of codes), value (persons), state
    model_shares      name, value (share), estimate, state, main (bool)
    event_study       event (periods since the start), value, low, high, state
    placebo_cloud     value, state; of the row that is main (bool) also low, high
    power_curve       effect (a share), value (chance of seeing it), state
    """

    id: str
    kind: Literal[
        "trend_band",
        "pyramid",
        "ten_persons",
        "small_multiples",
        "tile_map",
        "verdict_bars",
        "dot_interval",
        "overlap",
        "model_shares",
        "event_study",
        "placebo_cloud",
        "power_curve",
    ]
    title: Sentence
    subtitle: Sentence | None
    alt: Sentence
    rows: tuple[Mapping[str, Any], ...]
    caption: tuple[Sentence, ...] = ()
    table: Table | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the four figures of the opening page."""

    number: str
    label: Sentence
    what_it_is_not: Sentence


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The row of key figures."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences in one paragraph; `role` ``message`` opens a chapter, ``text``, ``note``."""

    sentences: tuple[Sentence, ...]
    role: Literal["message", "text", "note"] = "text"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading inside a chapter."""

    title: Sentence


@dataclass(frozen=True, slots=True)
class Callout:
    """A note, a caution or a refusal with its code."""

    kind: Literal["note", "caution", "refusal"]
    title: Sentence
    sentences: tuple[Sentence, ...]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a gate: whether it was passed, and the sentence with its figure."""

    verdict: Literal["passed", "caution", "not_for"]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Gate:
    """May it be printed? One verdict in words, then the checks; it stands with the chart before it.

    `publish` says how far the gate is open: the number, a range, a lower bound, or nothing.
    """

    title: Sentence
    verdict: Sentence
    publish: Literal["estimate", "range", "lower_bound", "nothing"]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class OpenNumbers:
    """The numbers, opened: their whole provenance, one box each."""

    numbers: tuple[str, ...]


Block = KeyFigures | Paragraph | Heading | Callout | Chart | Table | Gate | OpenNumbers


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the report; chapter 0 is the opening page."""

    id: str
    number: int
    title: Sentence
    subtitle: Sentence | None
    blocks: tuple[Block, ...]
