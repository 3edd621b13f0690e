"""An opened number: everything that must be known before it is quoted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.charts.lettering import capital
from aiqyn.report.html.anchors import permanent_anchor
from aiqyn.report.html.prose import Prose
from aiqyn.report.model import Number, Sentence, Source
from aiqyn.report.sources import row_cells, short_hash


@dataclass(frozen=True, slots=True)
class Line:
    """One term of the box and what stands behind it, each on a line of its own."""

    term: str
    details: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """The box of one number: its head and its two columns."""

    anchor: str | None
    ask: str
    ask_value: str
    title: str
    number: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]


def provenance(number: Number, prose: Prose, anchor: str | None) -> Provenance:
    """The box of `number`; `anchor` is its id on the page, None where another box has it."""
    value = voice.shown(number, prose.lang, prose.model)
    name = prose.plain(number.title) if number.title else number.id
    return Provenance(
        anchor,
        prose.say("page.origin.ask"),
        prose.say("page.origin.ask_value", value=value),
        prose.say("page.origin.title", title=capital(name), value=value),
        prose.say("page.origin.number", id=number.id),
        tuple(_kept(_what_it_is(number, prose))),
        tuple(_kept(_what_it_hangs_on(number, prose))),
    )


def _what_it_is(number: Number, prose: Prose) -> Iterator[Line]:
    yield Line(prose.say("page.origin.value"), (_value(number, prose),))
    yield Line(prose.say("page.origin.counted"), _counted(number, prose))
    for term in ("definition", "filter", "method"):
        yield _said(term, (getattr(number, term),), prose)


def _what_it_hangs_on(number: Number, prose: Prose) -> Iterator[Line]:
    meta = prose.model.meta
    yield _said("not_known", (number.not_known,), prose)
    yield Line(prose.say("page.origin.inputs"), _inputs(number, prose))
    yield _said("caution", number.cautions, prose)
    version = prose.say("page.origin.version_text", version=meta.version, edition=meta.edition)
    yield Line(prose.say("page.origin.version"), (Markup.escape(version),))
    country = prose.label("country", meta.country)
    cite = prose.say(
        "page.origin.cite_text", country=country, year=meta.published.year, id=number.id
    )
    yield Line(prose.say("page.origin.cite"), (Markup.escape(cite),))
    address = f"report.{prose.lang}.html#{permanent_anchor(number.id)}"
    yield Line(prose.say("page.origin.address"), (Markup.escape(address),))


def _value(number: Number, prose: Prose) -> Markup:
    interval = voice.shown_interval(number, prose.lang)
    shown = Markup(" ").join(filter(None, (prose.value(number), Markup.escape(prose.unit(number)))))
    if number.state in voice.ABSENT:
        return Markup("{}: {}").format(prose.value(number), prose.state_words(number.state))
    if interval is None:
        return shown
    template = prose.say(
        "page.origin.value_interval", value="{value}", name="{name}", interval="{i}"
    )
    return Markup(template).format(value=shown, name=prose.interval_name(number), i=interval)


def _counted(number: Number, prose: Prose) -> tuple[Markup, ...]:
    if number.counted is None:
        return ()
    part, whole = (words.number(n, prose.lang) for n in number.counted)
    return (Markup.escape(prose.say("page.origin.counted_text", part=part, whole=whole)),)


def _inputs(number: Number, prose: Prose) -> tuple[Markup, ...]:
    sent = [prose.model.sources[id_] for id_ in number.sources]
    return tuple(
        Markup.escape(
            prose.say(
                "page.origin.source" if source.files == 1 else "page.origin.sources",
                agency=prose.label("agency", source.agency),
                hash=short_hash(source.sha256),
                rows=_rows(source, prose),
                files=source.files,
            )
        )
        for source in sent
    )


def _rows(source: Source, prose: Prose) -> str:
    cell = row_cells(source)["rows"]
    return words.number(cell.value, prose.lang) if cell.value else prose.sign(cell.state)


def _said(term: str, sentences: tuple[Sentence | None, ...], prose: Prose) -> Line:
    details = tuple(Markup.escape(capital(prose.plain(s))) for s in sentences if s is not None)
    return Line(prose.say(f"page.origin.{term}"), details)


def _kept(lines: Iterator[Line]) -> Iterator[Line]:
    return (line for line in lines if line.details)
