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
from typing import Any

from aiqyn.report.blocks import (
    Block,
    Callout,
    Cell,
    Chapter,
    Chart,
    Check,
    Column,
    Gate,
    Heading,
    KeyFigure,
    KeyFigures,
    OpenNumbers,
    Paragraph,
    Row,
    Table,
    Value,
)
from aiqyn.report.number import (
    Kind,
    Number,
    Source,
    Unit,
)
from aiqyn.report.slots import (
    Count,
    Day,
    Label,
    NumberRef,
    Sentence,
    Several,
    Share,
    Sign,
    Slot,
    State,
    Text,
    Words,
    Year,
    sentence,
)

__all__ = [
    "Block",
    "Callout",
    "Cell",
    "Chapter",
    "Chart",
    "Check",
    "Column",
    "Count",
    "Day",
    "Gate",
    "Heading",
    "KeyFigure",
    "KeyFigures",
    "Kind",
    "Label",
    "Meta",
    "Number",
    "NumberRef",
    "OpenNumbers",
    "Paragraph",
    "ReportModel",
    "Row",
    "Sentence",
    "Several",
    "Share",
    "Sign",
    "Slot",
    "Source",
    "State",
    "Table",
    "Text",
    "Unit",
    "Value",
    "Words",
    "Year",
    "plain",
    "sentence",
]


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
