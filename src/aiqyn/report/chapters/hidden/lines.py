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
TOGETHER = "all_"


def drawn(lines: Sequence[EstimateLine]) -> tuple[EstimateLine, ...]:
    """Lines with something to draw: a number that may be printed, or a refusal."""
    return tuple(line for line in lines if line.low is not None or line.refused)


def main_line(hidden: HiddenEvidence) -> EstimateLine | None:
    """The estimate that the report prints, if it may print anything of it."""
    return next((line for line in hidden.by_method if line.main and line.low is not None), None)


def cell(line: EstimateLine) -> Cell:
    """A line as a cell of a table."""
    if line.refused or line.low is None:
        return Cell(None, "refused")
    return Cell(line.value, "shown", line.low, line.high)


def dots(
    id: str,
    title: Sentence,
    subtitle: Sentence,
    alt: Sentence,
    lines: Sequence[tuple[EstimateLine, Name]],
    head: str,
    band: HiddenEvidence | None = None,
    under_heading: bool = False,
) -> Chart:
    """A chart of dots and intervals; `lines` stand in the order fixed before the data.

    `band`: the evidence whose printed interval is shaded behind them.
    """
    interval = Column("interval", sentence("report.column.interval"), "interval", of="estimate")
    printed = {"band": {"low": band.low, "high": band.high}} if band else {}
    columns = (
        Column("what", sentence(head), "text"),
        Column("estimate", sentence("report.column.estimate"), "count", estimated=True),
        *([interval] if any(line.high is not None for line, _ in lines) else []),
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
        table=Table(id, title, columns, rows),
        extra={**printed, **({"under_heading": True} if under_heading else {})},
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
    """A function code -> label of a list: an agency's own name, or the name of its kind.

    The list that all agencies of a kind keep together is called ``all_<kind>``.
    """
    own = evidence.labels.get("agency", {})

    def named(code: str) -> Label:
        return (
            Label("agency", code)
            if code in own
            else Label("agency_kind", code.removeprefix(TOGETHER))
        )

    return named


def lists_of(codes: str, evidence: Evidence, sign: str) -> Several:
    """``a+b`` as the labels of both lists."""
    return Several(tuple(map(list_namer(evidence), codes.split("+"))), sign)


def persons(value: float) -> int:
    """Persons as a slot of a sentence."""
    return round(value)
