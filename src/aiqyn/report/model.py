"""The report model: one language-neutral report that the web page and the PDF both read.

A report is chapters of blocks. Blocks hold sentences (a catalogue key with typed slots), charts and
tables (codes and numbers, never labels) and references to *numbers*. A number never travels alone:
it carries its interval, unit, state, cautions and the inputs it was counted from.

Slots of a sentence are typed so that each renderer writes them as its language and medium want:
``NumberRef`` is drawn as a number that opens, ``Year`` is never grouped, ``Label`` is looked up in
the code lists, ``Count`` and ``Share`` are formatted, ``Words`` is another key of the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, Literal

Unit = Literal["persons", "records", "rows", "share", "per_100k", "of_ten", "months", "days"]
Kind = Literal["counted", "estimated", "lower_bound", "refused"]
State = Literal["shown", "zero", "small", "hidden", "unknown", "not_asked", "refused"]


@dataclass(frozen=True, slots=True)
class NumberRef:
    """A number of the report, by its id; on the page it opens, in print it has a note."""

    id: str


@dataclass(frozen=True, slots=True)
class Count:
    """A plain number, grouped as the language does."""

    value: float
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction of 1, written as per cent."""

    value: float
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Year:
    """A year: digits, never grouped."""

    value: int


@dataclass(frozen=True, slots=True)
class Day:
    """A date, written in full."""

    value: date


@dataclass(frozen=True, slots=True)
class Label:
    """A code, shown by its label; `case` is ``nominative`` or ``loc`` (the ready locative form)."""

    code_list: str
    code: str
    case: str = "nominative"


@dataclass(frozen=True, slots=True)
class Words:
    """Another sentence or phrase of the catalogue, without slots."""

    key: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is the same in every language: a hash, a file name, a version, a citation."""

    value: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands in the place of a number whose state hides it: ``<5``, ``x``."""

    state: State


Slot = NumberRef | Count | Share | Year | Day | Label | Words | Text | Sign


@dataclass(frozen=True, slots=True)
class Sentence:
    """A catalogue key with its slots filled by typed values."""

    key: str
    slots: Mapping[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """What one agency sent, all its files together: nothing public tells them apart.

    Attributes
    ----------
    files : number of files
    sha256 : of the only file, or of the files' hashes in the order of their names, a line each
    rows, accepted, refused : rows; each row is a person on the agency's list
    state : where small numbers or their company are hidden, rows and hash are None
    """

    id: str
    agency: str
    files: int
    sha256: str | None
    rows: int | None
    accepted: int | None
    refused: int | None
    state: State = "shown"


@dataclass(frozen=True, slots=True)
class Number:
    """A number with all that must travel with it.

    Attributes
    ----------
    value, low, high : in `unit`; shares are fractions of 1. None where the state hides them.
    level : coverage of the interval (0.95), None where low and high are bounds, not chances.
    counted : numerator and denominator, where it is a share and both may be shown.
    definition, filter, method, not_known : sentences for the open number.
    cautions : sentences; each stands beside the number on the page.
    sources : ids of the agencies from whose files it was counted.
    """

    id: str
    value: float | None
    unit: Unit
    low: float | None = None
    high: float | None = None
    level: float | None = None
    kind: Kind = "counted"
    state: State = "shown"
    counted: tuple[int, int] | None = None
    title: Sentence | None = None
    definition: Sentence | None = None
    filter: Sentence | None = None
    method: Sentence | None = None
    not_known: Sentence | None = None
    cautions: tuple[Sentence, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        hides = self.state not in ("shown", "zero")
        if hides and any(v is not None for v in (self.value, self.low, self.high, self.counted)):
            raise ValueError(f"number {self.id}: state {self.state} must hide its value")
        if self.state == "shown" and (self.value is None or self.low is None):
            raise ValueError(f"number {self.id}: a shown number has a value and an interval")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table or one mark of a chart: a value with its state."""

    value: float | None = None
    state: State = "shown"
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `kind`: ``label`` (a Label, Sentence or Year), ``count``, ``share``, ``rate``, ``interval``
    (low and high of the column named `of`), ``verdict``, ``text`` (a Sentence or Text).
    """

    key: str
    header: Sentence
    kind: Literal["label", "count", "share", "rate", "interval", "verdict", "text"]
    of: str | None = None


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

    The columns of `rows` by kind:

    trend_band        year, series (found|estimated), value, low, high, state
    pyramid           age_group, sex (female|male), value, low, high, state
    ten_persons       group (women|girls|men|boys), value (whole persons of ten)
    small_multiples   form_group, year, value, low, high, state (shares)
    tile_map          region, tile_row, tile_col, value (persons), state, shade (0-4 or None)
    verdict_bars      definition, verdict, value, state; and bounds in `extra`
    dot_interval      code, value, low, high, state, main (bool)
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
class OpenNumbers:
    """The numbers, opened: their whole provenance, one box each."""

    numbers: tuple[str, ...]


Block = KeyFigures | Paragraph | Heading | Callout | Chart | Table | OpenNumbers


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the report; chapter 0 is the opening page."""

    id: str
    number: int
    title: Sentence
    subtitle: Sentence | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Meta:
    """What the whole report says of itself; no clock is read, `published` is an input.

    `threshold` is in persons: a count from 1 to threshold - 1 is small and is never printed.
    """

    country: str
    year: int
    period: tuple[date, date]
    published: date
    edition: int
    version: str
    invented: bool
    languages: tuple[str, ...]
    inputs_sha256: str
    threshold: int = 5


@dataclass(frozen=True, slots=True)
class ReportModel:
    """The whole report: what it says of itself, its numbers, sources, labels and chapters.

    `labels` holds labels that no shipped code list has (the country's own regions and agencies):
    ``labels[code_list][code][language]``, with ``<language>_loc`` for the ready locative form.
    `cells` are the tables' cells as numbers; they have no box on the page.
    """

    meta: Meta
    numbers: Mapping[str, Number]
    sources: Mapping[str, Source]
    chapters: tuple[Chapter, ...]
    labels: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    cells: Mapping[str, Number] = field(default_factory=dict)

    def to_json(self) -> str:
        """The model as stable JSON (sorted keys, two spaces, a line feed at the end).

        ``numbers`` holds the numbers that open on the page and every cell of every table.
        """
        model = plain(self)
        model["numbers"] |= model.pop("cells")
        return json.dumps(model, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def plain(thing: Any) -> Any:
    """A model part as plain JSON values; a typed slot or block says its type under ``is``."""
    if is_dataclass(thing) and not isinstance(thing, type):
        named = {f.name: plain(getattr(thing, f.name)) for f in fields(thing)}
        return {"is": type(thing).__name__, **named}
    if isinstance(thing, Mapping):
        return {str(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, Sequence) and not isinstance(thing, str):
        return [plain(value) for value in thing]
    return thing.isoformat() if isinstance(thing, date) else thing


def sentence(key: str, **slots: Slot | int | str) -> Sentence:
    """A sentence; a bare int becomes a Count, a bare str a Text."""
    return Sentence(key, {name: _slot(value) for name, value in slots.items()})


def _slot(value: Slot | int | str) -> Slot:
    if isinstance(value, bool):
        raise TypeError("a slot is a number, a text or a typed slot")
    if isinstance(value, int):
        return Count(value)
    return Text(value) if isinstance(value, str) else value
