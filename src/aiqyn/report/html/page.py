"""The page as one file: the model, written in one language, in the house's templates."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from aiqyn.report import voice
from aiqyn.report.charts.drawing import Drawing
from aiqyn.report.fonts import font_faces
from aiqyn.report.html.anchors import anchors, boxes
from aiqyn.report.html.figures import figure
from aiqyn.report.html.grids import grid
from aiqyn.report.html.prose import Prose
from aiqyn.report.html.provenance import Provenance, provenance
from aiqyn.report.interval_mark import interval_mark
from aiqyn.report.model import (
    Block,
    Callout,
    Chapter,
    Chart,
    Gate,
    Heading,
    KeyFigures,
    ReportModel,
    Table,
)
from aiqyn.report.page_files import page_file, page_templates

LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
BESIDE_A_CHART = 7  # checks of a gate that stands beside its chart
Drawings = Mapping[str, Mapping[str, Drawing]]


@dataclass(frozen=True, slots=True)
class Part:
    """A block on its way into a template.

    `written` is what was written of it, `titled` whether its title stands above it already,
    `origins` the boxes of the numbers that are at home with it.
    """

    kind: str
    block: Block
    written: Any
    titled: bool
    origins: Mapping[str, Provenance]


def write_html(model: ReportModel, lang: str, drawings: Drawings) -> str:
    """The report as one self-contained web page in `lang`.

    Parameters
    ----------
    model : the whole report; the same model gives the same bytes.
    lang : ``kk``, ``ru`` or ``en``; the page links to ``report.<lang>.html`` of the others.
    drawings : chart id -> width (``page``, ``phone``, ``print``) -> the chart as drawn.

    Returns
    -------
    HTML that reads without scripts and asks nothing of any network.
    """
    prose = Prose(model, lang, anchors(model.chapters))
    script = page_file("html", "page.js").strip()
    return (
        page_templates("html")
        .get_template("page.html.j2")
        .render(
            model=model,
            meta=model.meta,
            lang=lang,
            say=prose.say,
            prose=prose,
            fonts=Markup(font_faces()),
            css=Markup(page_file("html", "page.css")),
            script=Markup(script),
            script_hash=_content_hash(script),
            languages=[(code, LANGUAGE_NAMES[code]) for code in model.meta.languages],
            country=prose.label("country", model.meta.country),
            chapters=[(chapter, _parts(chapter, prose, drawings)) for chapter in model.chapters],
            signed=voice.SIGNED,
        )
    )


def _parts(chapter: Chapter, prose: Prose, drawings: Drawings) -> list[list[Part]]:
    """The chapter's blocks; two callouts, or a chart and its gate, stand in one row."""
    own, blocks = prose.within(chapter.id), chapter.blocks
    rows: list[list[Part]] = []
    for place, (block, numbers) in enumerate(zip(blocks, boxes(chapter), strict=True)):
        before = blocks[place - 1] if place else None
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        origins = {number: _origin(number, own) for number in numbers}
        written = _written(block, own, drawings, gated=_is_short_gate(after))
        part = Part(type(block).__name__, block, written, _titled(block, before), origins)
        beside = rows and len(rows[-1]) == 1 and _go_together(rows[-1][0].block, block)
        rows[-1].append(part) if beside else rows.append([part])
    return rows


def _titled(block: Block, before: Block | None) -> bool:
    """Whether the heading above a table says the table's title already."""
    return isinstance(block, Table) and isinstance(before, Heading) and before.title == block.title


def _go_together(first: Block, second: Block) -> bool:
    if isinstance(first, Callout):
        return isinstance(second, Callout)
    return isinstance(first, Chart) and _is_short_gate(second)


def _is_short_gate(block: Block | None) -> bool:
    """A gate that is no taller than the chart it stands beside; a longer one goes under it."""
    return isinstance(block, Gate) and len(block.checks) <= BESIDE_A_CHART


def _origin(number: str, prose: Prose) -> Provenance:
    anchor = prose.anchors.get((prose.chapter, number))
    return provenance(prose.model.numbers[number], prose, anchor)


def _written(block: Block, prose: Prose, drawings: Drawings, *, gated: bool) -> Any:
    """What the template needs beside the block itself."""
    if isinstance(block, Chart):
        return figure(block, drawings.get(block.id, {}), prose, gated=gated)
    if isinstance(block, Table):
        return grid(block, prose)
    return tuple(_key_figures(block, prose)) if isinstance(block, KeyFigures) else prose


def _key_figures(block: KeyFigures, prose: Prose) -> Iterator[dict[str, Any]]:
    for place, key in enumerate(block.figures):
        number = prose.model.numbers[key.number]
        yield {
            "number": number,
            "label": prose.plain(key.label),
            "not": prose.sentence(key.what_it_is_not),
            "value": prose.state(number.state)
            or voice.shown_large(number, prose.lang, prose.model),
            "unit": prose.unit(number),
            "interval_name": prose.interval_name(number),
            "mark": interval_mark(number, prose.lang),
            "place": place,
            "origin": _origin(key.number, prose),
        }


def _content_hash(script: str) -> str:
    """The script's hash as a content security policy names it: no other script may run."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
