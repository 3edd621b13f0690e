"""Estimates as rows: a chart of dots and intervals, with the table that equals it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import EstimateLine, HiddenEvidence
from aiqyn.report.model import (
    Cell,
    Chart,
    Column,
    Label,
    Sentence,
    Several,
    Slot,
    Table,
    Text,
    sentence,
)

Name = Sentence | Slot
NOT_KNOWN = "unknown"


def drawn(lines: Sequence[EstimateLine]) -> tuple[EstimateLine, ...]:
    """Lines with something to draw: a number that may be printed, or a refusal."""
    return tuple(line for line in lines if line.low is not None or line.refused)


def main_line(hidden: HiddenEvidence) -> EstimateLine | None:
    """The estimate that the report prints, if it may print anything of it."""
    return next((line for line in hidden.by_method if line.main and line.low is not None), None)


def cell(line: EstimateLine) -> Cell:
    """A line as a cell of a table."""
    if line.refused:
        return Cell(None, "refused")
    return Cell(line.value, "shown", line.low, line.high)


def dots(
    id: str,
    title: Sentence,
    subtitle: Sentence,
    alt: Sentence,
    lines: Sequence[tuple[EstimateLine, Name]],
    head: str,
    caption: tuple[Sentence, ...] = (),
) -> Chart:
    """A chart of dots and intervals; `lines` stand in the order fixed before the data."""
    columns = (
        Column("what", sentence(head), "text"),
        Column("estimate", sentence("report.column.estimate"), "count", estimated=True),
        Column("interval", sentence("report.column.interval"), "interval", of="estimate"),
    )
    rows = tuple(
        {"id": Text(line.code), "what": name, "estimate": cell(line)} for line, name in lines
    )
    return Chart(
        id,
        "dot_interval",
        title,
        subtitle,
        alt,
        tuple(_mark(line, name) for line, name in lines),
        caption=caption,
        table=Table(id, title, columns, rows),
    )


def _mark(line: EstimateLine, name: Name) -> Mapping[str, Any]:
    return {
        "code": line.code,
        "name": name,
        "value": line.value,
        "low": line.low,
        "high": line.high,
        "state": "refused" if line.refused else "shown",
        "main": line.main,
        "refusal": line.refused,
    }


def list_namer(evidence: Evidence) -> Callable[[str], Label]:
    """A function code -> label of a list: an agency's own name, or the name of its kind."""
    own = evidence.labels.get("agency", {})

    def named(code: str) -> Label:
        return Label("agency" if code in own else "agency_kind", code)

    return named


def lists_of(codes: str, evidence: Evidence, sign: str) -> Several:
    """``a+b`` as the labels of both lists."""
    return Several(tuple(map(list_namer(evidence), codes.split("+"))), sign)


def persons(value: float) -> int:
    """Persons as a slot of a sentence."""
    return round(value)
