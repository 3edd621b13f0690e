"""The report as the template reads it: plain JSON in one language, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from aiqyn.report import voice
from aiqyn.report.charts.drawing import Drawing
from aiqyn.report.charts.palette import palette
from aiqyn.report.interval_mark import interval_mark
from aiqyn.report.model import (
    Block,
    Callout,
    Chapter,
    Chart,
    Gate,
    Heading,
    KeyFigure,
    KeyFigures,
    OpenNumbers,
    Paragraph,
    ReportModel,
    Table,
)
from aiqyn.report.pdf.letters import printable
from aiqyn.report.pdf.notes import notes
from aiqyn.report.pdf.speech import Speech
from aiqyn.report.pdf.tables import written

SMALL_TITLE = ("ten_persons",)
SAYS_ALL = ("ten_persons",)  # every number is printed in words beside its mark
Drawings = Mapping[str, Mapping[str, Drawing]]


def manuscript(model: ReportModel, lang: str, drawings: Drawings) -> dict[str, Any]:
    """The whole report in `lang`; the notes stand beside the text, by chapter and number."""
    speech = Speech(model, lang)
    chapters = [_chapter(chapter, speech, drawings) for chapter in model.chapters]
    for place, block in enumerate(block for chapter in chapters for block in chapter["blocks"]):
        block["place"] = str(place)
    noted = list(dict.fromkeys(_noted(chapters)))
    first = set[str]()
    for run in _marked(chapters):
        run["first"] = run["note"] not in first
        first.add(run["note"])
    return {
        "lang": lang,
        "colours": {**palette()["role"]},
        "words": _furniture(model, speech),
        "chapters": chapters,
        "notes": notes(noted, speech),
    }


def _furniture(model: ReportModel, speech: Speech) -> dict[str, Any]:
    meta, opening = model.meta, model.chapters[0]
    country, title = speech.label("country", meta.country), speech.plain(opening.title)
    version = printable(meta.version)
    cited = speech.say(
        "page.footer.cite_text",
        country=country, year=meta.published.year, title=title, version=version,
    )  # fmt: skip
    return {
        "title": title,
        "house": speech.say("page.observatory", country=country),
        "invented": speech.say("page.invented") if meta.invented else "",
        "version": speech.say("pdf.version", version=version),
        "contents": speech.say("page.contents"),
        "figure": speech.say("pdf.figure", n="{n}"),
        "table": speech.say("pdf.table", n="{n}"),
        "symbols": speech.say("page.symbols"),
        "not": speech.say("page.what_it_is_not"),
        "about": speech.say("pdf.about"),
        "colophon": [
            [speech.say("page.footer.cite"), cited],
            [speech.say("page.origin.version"), speech.say("page.footer.version", version=version)],
            [speech.say("page.footer.inputs"), printable(meta.inputs_sha256)],
        ],
    }


def _chapter(chapter: Chapter, speech: Speech, drawings: Drawings) -> dict[str, Any]:
    own = speech.within(chapter.id)
    eyebrow = [own.say("page.chapter", n=chapter.number)] if chapter.number else []
    subtitle = own.plain(chapter.subtitle) if chapter.subtitle else ""
    return {
        "id": chapter.id,
        "number": chapter.number,
        "eyebrow": " · ".join([*eyebrow, subtitle] if subtitle else eyebrow),
        "title": own.plain(chapter.title),
        "subtitle": subtitle,
        "blocks": (blocks := list(_blocks(chapter, own, drawings))),
        "together": _together(blocks),
    }


def _together(blocks: Sequence[Mapping[str, Any]]) -> int:
    """How many blocks stay with the chapter's title: its message and one small thing after it."""
    message = next((i for i, b in enumerate(blocks) if b["is"] != "Paragraph"), len(blocks))
    after: Mapping[str, Any] = blocks[message] if message < len(blocks) else {"is": None}
    if after["is"] == "Heading":
        return message + 2
    return message + int(after["is"] == "Chart" or (after["is"] == "Table" and after["small"]))


def _blocks(chapter: Chapter, speech: Speech, drawings: Drawings) -> Iterator[dict[str, Any]]:
    for block, after in zip_longest(chapter.blocks, chapter.blocks[1:]):
        if isinstance(block, Heading) and _titles(block, after):
            continue  # it goes with its table, wherever that has to stand
        if isinstance(block, Table):
            headed = any(_titles(other, block) for other in chapter.blocks)
            yield written(block, speech, heading=speech.plain(block.title) if headed else "")
        elif isinstance(block, Chart):
            drawing = drawings.get(block.id, {}).get("print")
            tabled = block.table is not None and not (drawing and block.kind in SAYS_ALL)
            yield {**_chart(block, speech, drawing), "tabled": tabled}
            if block.table is not None and tabled:
                yield written(block.table, speech)
        else:
            yield {"is": type(block).__name__, **_words_of(block, speech)}


def _titles(heading: Block, table: Block | None) -> bool:
    if not (isinstance(heading, Heading) and isinstance(table, Table)):
        return False
    return heading.title == table.title


def _words_of(
    block: Paragraph | Heading | Callout | Gate | KeyFigures | OpenNumbers, speech: Speech
) -> dict[str, Any]:
    match block:
        case Paragraph(sentences=sentences, role=role):
            return {"role": role, "runs": speech.sentences(sentences)}
        case Heading(title=title):
            return {"title": speech.plain(title)}
        case Callout():
            return _callout(block, speech)
        case Gate():
            return _gate(block, speech)
        case KeyFigures(figures=figures):
            return {"figures": [_key_figure(figure, speech) for figure in figures]}
        case OpenNumbers(numbers=numbers):
            named = [speech.model.numbers[id_] for id_ in numbers]
            return {"numbers": [speech.titled_number(number) for number in named]}


def _callout(block: Callout, speech: Speech) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "title": speech.runs(block.title),
        "runs": speech.sentences(block.sentences),
        "code": speech.say("page.code", code=block.code) if block.code else "",
    }


def _gate(block: Gate, speech: Speech) -> dict[str, Any]:
    return {
        "ask": speech.plain(block.title),
        "verdict": speech.plain(block.verdict),
        "publish": block.publish,
        "checks": [
            {
                "verdict": check.verdict,
                "word": speech.say(f"report.gate.{check.verdict}"),
                "runs": speech.runs(check.sentence),
            }
            for check in block.checks
        ],
    }


def _key_figure(figure: KeyFigure, speech: Speech) -> dict[str, Any]:
    number = speech.model.numbers[figure.number]
    mark = interval_mark(number, speech.lang)
    level = speech.interval_name(number) if mark else ""
    return {
        "label": speech.plain(figure.label),
        "value": {
            "text": printable(voice.shown_large(number, speech.lang, speech.model)),
            "note": f"{speech.chapter}/{figure.number}",
        },
        "unit": speech.unit(number) if mark else "",
        "long": number.value is None and number.high is not None,
        "estimated": number.kind in ("estimated", "lower_bound"),
        "mark": asdict(mark) if mark else None,
        "level": level or speech.state_words(number.state),
        "not": speech.runs(figure.what_it_is_not),
    }


def _chart(chart: Chart, speech: Speech, drawing: Drawing | None) -> dict[str, Any]:
    keys = (*drawing.legend, *(() if chart.caption else drawing.signs)) if drawing else ()
    return {
        "is": "Chart",
        "title": speech.plain(chart.title),
        "small": chart.kind in SMALL_TITLE or bool(chart.extra.get("under_heading")),
        "subtitle": speech.runs(chart.subtitle) if chart.subtitle else [],
        "legend_title": drawing.legend_title if drawing else "",
        "legend": [[key.svg, printable(key.text)] for key in keys],
        "svg": drawing.svg if drawing else "",
        "alt": printable(drawing.alt) if drawing else "",
        "caption": speech.sentences(chart.caption),
    }


def _marked(part: Any) -> Iterator[dict[str, Any]]:
    """Every run that has a note, in the order of the page."""
    if isinstance(part, dict):
        if "note" in part and "text" in part:
            yield part
            return
        for value in part.values():
            yield from _marked(value)
    elif isinstance(part, list):
        for value in part:
            yield from _marked(value)


def _noted(part: Any) -> Iterator[str]:
    return (run["note"] for run in _marked(part))
