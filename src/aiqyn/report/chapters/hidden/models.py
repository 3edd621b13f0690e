"""Which model the resampled tables choose, and the estimate under it."""

from __future__ import annotations

import re
from typing import Any

from aiqyn.report.chapters.hidden.lines import list_namer, persons
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import EstimateLine, HiddenEvidence
from aiqyn.report.model import (
    Cell,
    Chart,
    Column,
    Sentence,
    Several,
    Share,
    Slot,
    Table,
    Text,
    Words,
    sentence,
)

OFTEN = 0.1  # share of the resampled tables from which a model has a say in the range of estimates
LEFT_OVER = 0.005  # share of tables below which the models not shown are not worth a row


def model_chart(hidden: HiddenEvidence, evidence: Evidence) -> Chart | None:
    """The models with their shares; those not shown together in the last row."""
    lines = [line for line in hidden.models if line.share is not None]
    if not lines:
        return None
    title = sentence("report.hidden.models")
    rows = [*(_row(line, evidence) for line in lines), *_rest(lines)]
    first = max(lines, key=lambda line: line.share or 0)
    return Chart(
        "hidden_models",
        "model_shares",
        title,
        sentence("report.hidden.models.subtitle"),
        sentence(
            "report.hidden.models.alt",
            model=model_name(first.code, evidence),
            share=Share(first.share or 0),
            n=len(lines),
        ),
        tuple(_mark(row) for row in rows),
        caption=_modes(lines),
        table=_table(title, rows),
    )


def model_name(code: str, evidence: Evidence) -> Slot:
    """``a×b, c`` by the lists it takes as dependent; a list alone says nothing."""
    named = list_namer(evidence)
    terms = [re.split(r"\s*[×+]\s*", term.strip()) for term in code.split(",") if term.strip()]
    dependent = [Several(tuple(map(named, term)), " × ") for term in terms if len(term) > 1]
    return Several(tuple(dependent)) if dependent else Words("report.hidden.models.independent")


def _row(line: EstimateLine, evidence: Evidence) -> dict[str, Any]:
    return {
        "id": Text(line.code or "independent"),
        "model": model_name(line.code, evidence),
        "share": line.share,
        "estimate": line.value,
        "main": line.main,
    }


def _rest(lines: list[EstimateLine]) -> list[dict[str, Any]]:
    left = 1 - sum(line.share or 0 for line in lines)
    if left < LEFT_OVER:
        return []
    name = Words("report.hidden.models.rest")
    return [{"id": Text("rest"), "model": name, "share": left, "estimate": None, "main": False}]


def _mark(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["model"],
        "value": row["share"],
        "estimate": row["estimate"],
        "state": "shown",
        "main": row["main"],
    }


def _modes(lines: list[EstimateLine]) -> tuple[Sentence, ...]:
    """How far apart the estimates of the models chosen often are; silent where none is printed."""
    often = [line.value for line in lines if (line.share or 0) >= OFTEN and line.value is not None]
    if len(often) < 2:
        return ()
    ends = {"low": persons(min(often)), "high": persons(max(often))}
    return (sentence("report.hidden.models.modes", **ends),)


def _table(title: Sentence, rows: list[dict[str, Any]]) -> Table:
    told = any(row["estimate"] is not None for row in rows)
    estimate = Column("estimate", sentence("report.column.estimate"), "count", estimated=True)
    columns = (
        Column("model", sentence("report.hidden.column.model"), "text"),
        Column("share", sentence("report.hidden.column.tables"), "share"),
        *([estimate] if told else []),
    )
    written = tuple(
        {
            "id": row["id"],
            "model": row["model"],
            "share": Cell(row["share"]),
            "estimate": None if row["estimate"] is None else Cell(row["estimate"]),
        }
        for row in rows
    )
    return Table("hidden_models", title, columns, written)
