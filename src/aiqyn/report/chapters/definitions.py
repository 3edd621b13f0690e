"""What the definition does: the same persons counted under each law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Block,
    Callout,
    Cell,
    Chapter,
    Chart,
    Column,
    Day,
    Heading,
    Label,
    Paragraph,
    Sentence,
    Table,
    Value,
    sentence,
)
from aiqyn.report.numbering import Numbering
from aiqyn.report.situations import Situation, situations

VERDICTS = ("trafficking", "unknown", "not_shown", "not_covered")


def definitions(evidence: Evidence, numbers: Numbering) -> Chapter:
    """The verdicts side by side, what cannot be decided, and typical cases that differ."""
    counts = {
        name: {v: _cell(evidence, name, v) for v in VERDICTS} for name in evidence.definitions
    }
    blocks: tuple[Block, ...] = (
        Paragraph((_message(evidence, counts),), "message"),
        _bars(evidence, counts),
        Callout(
            "note",
            sentence("report.definitions.used.title"),
            (sentence(f"report.definitions.used.{evidence.definition}"),),
        ),
        *_gap(counts),
        Heading(sentence("report.differ.title")),
        _differ(evidence),
    )
    return Chapter(
        "definitions",
        1,
        sentence("report.definitions.title"),
        sentence("report.definitions.subtitle"),
        blocks,
    )


def _cell(evidence: Evidence, definition: str, verdict: str) -> Cell:
    return evidence.tables["definitions"].cell(
        year=evidence.year, definition=definition, verdict=verdict
    )


def _message(evidence: Evidence, counts: Mapping[str, Mapping[str, Cell]]) -> Sentence:
    found = [c["trafficking"].value for c in counts.values()]
    shown = [int(n) for n in found if n is not None]
    persons = evidence.tables["definitions"].cell(
        year=evidence.year, definition=evidence.definition
    )
    if persons.value is None or len(shown) < 2:
        return sentence("report.definitions.persons.hidden")
    if len(shown) < len(found):
        return sentence("report.definitions.persons.part", low=min(shown), high=max(shown))
    if min(shown) == max(shown):
        return sentence("report.definitions.no_gap", persons=int(persons.value), n=shown[0])
    return sentence(
        "report.definitions.persons",
        persons=int(persons.value),
        low=min(shown),
        high=max(shown),
        gap=max(shown) - min(shown),
    )


def _gap(counts: Mapping[str, Mapping[str, Cell]]) -> tuple[Callout, ...]:
    """That "unknown" is not "no", where somebody is."""
    if all(cells["unknown"].state == "zero" for cells in counts.values()):
        return ()
    title = sentence("report.definitions.gap.title")
    return (Callout("caution", title, (sentence("report.definitions.gap"),)),)


def _bars(evidence: Evidence, counts: Mapping[str, Mapping[str, Cell]]) -> Chart:
    rows = tuple(
        {"definition": name, "verdict": verdict, "value": cell.value, "state": cell.state}
        for name, cells in counts.items()
        for verdict, cell in cells.items()
    )
    title = sentence("report.definitions.chart.title")
    return Chart(
        "definitions",
        "verdict_bars",
        title,
        sentence("report.definitions.chart.persons"),
        _summary(counts),
        rows,
        caption=(
            sentence("report.definitions.chart.caption", day=Day(date(evidence.year, 12, 31))),
        ),
        table=_table(counts),
        extra={"bounds": _bounds(counts)},
    )


def _bounds(counts: Mapping[str, Mapping[str, Cell]]) -> tuple[Mapping[str, object], ...]:
    """From the victims shown to those possible if every unknown element were present."""
    return tuple(
        {
            "definition": name,
            "low": cells["trafficking"].value,
            "high": cells["trafficking"].value + cells["unknown"].value,
        }
        for name, cells in counts.items()
        if cells["trafficking"].value is not None and cells["unknown"].value is not None
    )


def _summary(counts: Mapping[str, Mapping[str, Cell]]) -> Sentence:
    """The definitions that count the most and the fewest, if all are shown."""
    shown = {name: cells["trafficking"].value for name, cells in counts.items()}
    if any(n is None for n in shown.values()):
        return sentence("report.definitions.persons.hidden")
    return sentence("report.definitions.chart.summary", **_extremes(counts))


def _extremes(counts: Mapping[str, Mapping[str, Cell]]) -> dict[str, Any]:
    shown = {name: cells["trafficking"].value or 0 for name, cells in counts.items()}
    most, fewest = max(shown, key=lambda k: shown[k]), min(shown, key=lambda k: shown[k])
    return {
        "most": Label("definition", most),
        "most_n": int(shown[most]),
        "fewest": Label("definition", fewest),
        "fewest_n": int(shown[fewest]),
    }


def _table(counts: Mapping[str, Mapping[str, Cell]]) -> Table:
    columns = (
        Column("definition", sentence("report.column.definition"), "label"),
        *(Column(v, sentence(f"report.verdict.{v}"), "count") for v in VERDICTS),
    )
    rows = tuple(
        {"definition": Label("definition", name), **cells} for name, cells in counts.items()
    )
    return Table("definitions", sentence("report.definitions.chart.title"), columns, rows)


def _differ(evidence: Evidence) -> Table:
    columns = (
        Column("situation", sentence("report.column.situation"), "text"),
        *(
            Column(name, sentence(f"report.column.{name}"), "verdict")
            for name in evidence.definitions
        ),
        Column("why", sentence("report.column.why"), "text"),
    )
    rows = tuple(_row(s) for s in situations(evidence.definitions, date(evidence.year, 12, 31)))
    return Table(
        "differ",
        sentence("report.differ.title"),
        columns,
        rows,
        note=sentence("report.differ.note"),
        symbols=False,
    )


def _row(situation: Situation) -> Mapping[str, Value]:
    verdicts = {name: Label("verdict", verdict) for name, verdict in situation.verdicts.items()}
    return {
        "situation": sentence(f"report.situation.{situation.key}"),
        **verdicts,
        "why": sentence(f"report.situation.{situation.key}.why"),
    }
