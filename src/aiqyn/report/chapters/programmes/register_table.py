"""The register in one table: where, since when, for whom, at what cost, and what was found."""

from __future__ import annotations

from aiqyn.report.chapters.programmes.amounts import money, year_and_month
from aiqyn.report.model import (
    Column,
    Label,
    Row,
    Sentence,
    Several,
    Sign,
    Slot,
    Table,
    Words,
    sentence,
)
from aiqyn.report.programme_evidence import ProgrammeEvidence, ProgrammeFacts

COLUMNS = ("title", "regions", "since", "whom", "cost", "kind", "verdict", "grade")


def register_table(found: tuple[ProgrammeEvidence, ...]) -> Table:
    """A row a programme."""
    columns = tuple(
        Column(key, sentence(f"report.programmes.column.{key}"), "label" if i == 0 else "text")
        for i, key in enumerate(COLUMNS)
    )
    title = sentence("report.programmes.table")
    return Table("programmes", title, columns, tuple(_row(one) for one in found), symbols=False)


def _row(one: ProgrammeEvidence) -> Row:
    facts = one.facts
    return {
        "title": Label("programme_title", facts.code),
        "regions": Several(tuple(Label("region", code) for code in facts.regions)),
        "since": year_and_month(facts.since),
        "whom": Several((_groups(facts), _forms(facts)), "; "),
        "cost": _cost(facts),
        "kind": Words(f"report.programmes.kind.{facts.kind}"),
        "verdict": Words(f"report.programmes.verdict.{one.verdict}"),
        "grade": Words(f"report.programmes.grade.{one.grade}"),
    }


def _groups(facts: ProgrammeFacts) -> Slot:
    return Several(tuple(Words(f"report.programmes.group.{code}") for code in facts.groups))


def _forms(facts: ProgrammeFacts) -> Slot:
    """Every form is named in two words, not in six."""
    if len(facts.forms) > len(NAMED):
        return Words("report.programmes.all_forms")
    return Several(tuple(Label("form_group", code) for code in facts.forms))


NAMED = ("sexual", "labour", "begging", "criminality", "marriage")  # beside "other"


def _cost(facts: ProgrammeFacts) -> Sentence | Slot:
    if facts.cost is None:
        return Sign("unknown")
    value, currency = money(facts.cost, facts.currency)
    return sentence("report.programmes.cost", value=value, currency=currency)
