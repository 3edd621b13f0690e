"""How many persons were on just these lists: what every estimate starts from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiqyn.report.chapters.hidden.lines import list_namer, lists_of
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import HiddenEvidence
from aiqyn.report.model import (
    Cell,
    Chart,
    Column,
    Count,
    Sentence,
    Sign,
    State,
    Table,
    Text,
    sentence,
)

Row = dict[str, Any]
SHOWN: dict[str, State] = {"shown": "shown", "small": "small", "hidden": "hidden"}


def overlap_chart(hidden: HiddenEvidence, evidence: Evidence) -> Chart | None:
    """The combinations in the order of the lists, those of fewer lists first; never by size."""
    rows = _rows(hidden)
    if not rows:
        return None
    title = sentence("report.hidden.overlap")
    columns = (
        Column("lists", sentence("report.hidden.column.lists"), "text"),
        Column("persons", sentence("report.column.persons"), "count"),
    )
    named = list_namer(evidence)
    return Chart(
        "hidden_overlap",
        "overlap",
        title,
        sentence("report.hidden.overlap.subtitle"),
        _alt(rows, evidence),
        tuple({"lists": r["lists"], "value": r["cell"].value, "state": r["cell"].state}
              for r in rows),
        caption=_caption(rows, hidden, evidence),
        table=Table(
            "hidden_overlap",
            title,
            columns,
            tuple(
                {
                    "id": Text("+".join(row["lists"])),
                    "lists": lists_of("+".join(row["lists"]), evidence, " × "),
                    "persons": row["cell"],
                }
                for row in rows
            ),
        ),
        extra={"lists": tuple({"code": code, "name": named(code)} for code in hidden.lists)},
    )  # fmt: skip


def _rows(hidden: HiddenEvidence) -> list[Row]:
    order = {code: place for place, code in enumerate(hidden.lists)}
    rows = [
        {"lists": tuple(sorted(row["lists"].split("+"), key=order.__getitem__)), "cell": _cell(row)}
        for row in hidden.overlap.iter_rows(named=True)
        if set(row["lists"].split("+")) <= set(order)
    ]
    return sorted(rows, key=lambda r: (len(r["lists"]), [order[code] for code in r["lists"]]))


def _cell(row: Row) -> Cell:
    if row["n"] is None:
        return Cell(None, SHOWN.get(row["status"], "hidden"))
    return Cell(row["n"], "shown" if row["n"] else "zero")


def _caption(
    rows: Sequence[Row], hidden: HiddenEvidence, evidence: Evidence
) -> tuple[Sentence, ...]:
    hatched = any(row["cell"].value is None for row in rows)
    whole = len(rows) == 2 ** len(hidden.lists) - 1
    most = Count(evidence.threshold - 1)
    told = sentence("report.hidden.overlap.caption", sign=Sign("small"), most=most)
    rest = sentence("report.hidden.overlap.rest")
    return (*([told] if hatched else []), *([] if whole else [rest]))


def _alt(rows: Sequence[Row], evidence: Evidence) -> Sentence:
    """The combination with the most persons, unless one that is hidden may hold more."""
    shown = [row for row in rows if row["cell"].value]
    if not shown or any(row["cell"].state == "hidden" for row in rows):
        n = sum(row["cell"].value is None for row in rows)
        return sentence("report.hidden.overlap.alt.count", n=len(rows), hidden=n)
    top = max(shown, key=lambda row: row["cell"].value)
    names = lists_of("+".join(top["lists"]), evidence, " × ")
    return sentence("report.hidden.overlap.alt", lists=names, n=int(top["cell"].value))
