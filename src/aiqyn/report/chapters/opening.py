"""The opening page: what was found, what the number is not, how it stands beside other years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from aiqyn.report.chapters.hidden.on_the_opening import (
    hidden_callout,
    is_estimated,
    lines_of_the_trend,
    total_figure,
    total_sentence,
)
from aiqyn.report.chapters.hidden.years import (
    estimates,
    marks,
    refused_years,
    years_alt,
    years_table,
)
from aiqyn.report.chapters.shared_blocks import (
    detection_callout,
    leading,
    left_out,
    victims_in,
)
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Block,
    Cell,
    Chapter,
    Chart,
    Column,
    Day,
    KeyFigure,
    KeyFigures,
    Label,
    NumberRef,
    Paragraph,
    Sentence,
    Table,
    Text,
    Words,
    Year,
    sentence,
)
from aiqyn.report.numbering import Numbering


def opening(evidence: Evidence, numbers: Numbering) -> Chapter:
    """Chapter 0: message, key figures, the trend, and what the report does not know."""
    year, victims = Year(evidence.year), _victims(evidence, numbers)
    blocks: tuple[Block, ...] = (
        Paragraph(
            (
                sentence("report.opening.found", victims=victims, year=year),
                *_change(evidence),
                *total_sentence(evidence, numbers),
            ),
            "message",
        ),
        KeyFigures(_key_figures(evidence, numbers, victims)),
        *([trend(evidence)] if len(evidence.years) > 1 else []),  # a single year is no trend
        detection_callout("note", estimated=is_estimated(evidence)),
        *hidden_callout(evidence),
    )
    return Chapter(
        "opening",
        0,
        sentence(
            "report.opening.title", country_in=Label("country_in", evidence.country), year=year
        ),
        sentence(
            "report.opening.line",
            start=Day(date(evidence.year, 1, 1)),
            end=Day(date(evidence.year, 12, 31)),
            published=Day(evidence.published),
            edition=evidence.edition,
        ),
        blocks,
    )


def _victims(evidence: Evidence, numbers: Numbering) -> NumberRef:
    return numbers.persons(
        "V",
        victims_in(evidence, evidence.year),
        title=sentence("report.figure.victims"),
        filter=sentence("report.number.victims.filter", year=Year(evidence.year)),
    )


def _key_figures(
    evidence: Evidence, numbers: Numbering, victims: NumberRef
) -> tuple[KeyFigure, ...]:
    form = leading(evidence, "victims_form_group", "form_group")
    year = {"year": evidence.year}
    children = numbers.share(
        "V",
        evidence.tables["victims_sex_age"].cell(**year, age_group="0-17"),
        evidence.tables["victims_sex_age"].cell(**year),
        title=sentence("report.number.children.title"),
        filter=sentence("report.number.victims.filter", year=Year(evidence.year)),
        unknown=left_out(evidence),
    )
    undecided = numbers.persons(
        "D",
        evidence.counted("definitions", **year, definition=evidence.definition, verdict="unknown"),
        title=sentence("report.figure.undecided"),
        filter=sentence("report.number.undecided.filter", year=Year(evidence.year)),
    )
    total = total_figure(evidence, numbers)
    return (
        _figure(victims, "victims"),
        *total,
        _figure(children, "children"),
        *([_first_form(evidence, numbers, form)] if form else []),
        *([] if total and form else [_figure(undecided, "undecided")]),
    )


def _first_form(evidence: Evidence, numbers: Numbering, form: str) -> KeyFigure:
    share = numbers.share(
        "F",
        evidence.tables["victims_form_group"].cell(year=evidence.year, form_group=form),
        victims_in(evidence, evidence.year),
        title=sentence("report.number.form.title", form=Label("form_group", form)),
        filter=sentence("report.number.victims.filter", year=Year(evidence.year)),
    )
    return KeyFigure(
        share.id,
        sentence("report.figure.form", form=Label("form_group", form)),
        sentence("report.figure.form.not"),
    )


def _figure(number: NumberRef, key: str) -> KeyFigure:
    return KeyFigure(
        number.id, sentence(f"report.figure.{key}"), sentence(f"report.figure.{key}.not")
    )


def _change(evidence: Evidence) -> tuple[Sentence, ...]:
    """More, fewer, or not to be told apart; and that detection may be the reason."""
    before = evidence.year - 1
    now, then = victims_in(evidence, evidence.year), victims_in(evidence, before)
    if now.low is None or now.high is None or then.low is None or then.high is None:
        return ()
    word = "more" if now.low > then.high else "fewer" if now.high < then.low else "same"
    slots: Mapping[str, Any] = {"before": Year(before), "n": int(then.value or 0)}
    year = {"year": Year(evidence.year)}
    changed = any(c["year"] == evidence.year for c in evidence.changes)
    if is_estimated(evidence) and not changed:
        reason = sentence("report.opening.detection_estimated")
    else:
        reason = sentence(f"report.opening.detection_{'changed' if changed else 'unknown'}", **year)
    return (sentence(f"report.opening.{word}", **slots), reason)


def trend(evidence: Evidence) -> Chart:
    """Identified victims by year, the estimates if any, and the changes in detection."""
    cells = {year: victims_in(evidence, year) for year in evidence.years}
    first, last = evidence.years[0], evidence.years[-1]
    span = {"from": Year(first), "to": Year(last)}
    events = [c for c in evidence.changes if first <= c["year"] <= last]
    lines = lines_of_the_trend(evidence)
    title = sentence(f"report.trend.{'title' if lines else 'found.title'}", **span)
    return Chart(
        "trend",
        "trend_band",
        title,
        sentence("report.hidden.years.subtitle" if lines else "report.trend.found.subtitle"),
        years_alt(lines, evidence) if lines else _found_alt(cells),
        (*marks("found", cells), *marks("estimated", estimates(lines))),
        caption=(*_caption(events, estimated=bool(lines)), *refused_years(lines)),
        table=years_table("trend", title, cells, lines) if lines else _trend_table(cells, span),
        extra={
            "events": tuple(
                {"mark": place, "year": year}
                for place, year in enumerate(sorted({c["year"] for c in events}), start=1)
            )
        },
    )


def _found_alt(cells: Mapping[int, Cell]) -> Sentence:
    first, *_, last = cells
    return sentence(
        "report.trend.found.alt",
        **{"from": Year(first), "to": Year(last)},
        first=_shown(cells[first]),
        last=_shown(cells[last]),
        low=_bound(cells[last].low),
        high=_bound(cells[last].high),
    )


def _caption(events: list[Mapping[str, Any]], *, estimated: bool) -> tuple[Sentence, ...]:
    marks = {year: place for place, year in enumerate(sorted({c["year"] for c in events}), 1)}
    told = tuple(
        sentence(
            "report.trend.event",
            mark=marks[event["year"]],
            year=Year(event["year"]),
            what=Label("detection_change", event["code"]),
        )
        for event in sorted(events, key=lambda c: (c["year"], c["code"]))
    )
    head = (sentence("report.trend.events"),) if told else ()
    unit = sentence("report.hidden.years.unit" if estimated else "report.trend.persons")
    return (*head, *told, unit)


def _trend_table(cells: Mapping[int, Cell], span: Mapping[str, Year]) -> Table:
    columns = (
        Column("year", sentence("report.column.year"), "label"),
        Column("found", sentence("report.column.found"), "count"),
        Column("interval", sentence("report.column.fewest_most"), "interval", of="found"),
    )
    rows = tuple({"year": Year(year), "found": cell} for year, cell in cells.items())
    return Table("trend", sentence("report.trend.found.title", **span), columns, rows)


def _shown(cell: Cell) -> Any:
    return Words("report.hidden_value") if cell.value is None else int(cell.value)


def _bound(value: float | None) -> Any:
    return Text("…") if value is None else int(value)
