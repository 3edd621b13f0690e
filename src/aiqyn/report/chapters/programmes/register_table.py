"""The register in two tables: where, when, for whom, at what cost; and what was found."""

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

REGISTERED = ("title", "regions", "since", "whom", "cost")
FOUND = ("title", "kind", "verdict", "grade")


def register_tables(found: tuple[ProgrammeEvidence, ...]) -> tuple[Table, Table]:
    """What was registered and what was found, a row a programme; two, so that each fits a page."""
    return (
        _table("programmes", "report.programmes.table", REGISTERED, found),
        _table("programmes_found", "report.programmes.results", FOUND, found),
    )


def _table(
    name: str, title: str, keys: tuple[str, ...], found: tuple[ProgrammeEvidence, ...]
) -> Table:
    columns = tuple(
        Column(key, sentence(f"report.programmes.column.{key}"), "label" if i == 0 else "text")
        for i, key in enumerate(keys)
    )
    rows = (_row(one) for one in found)
    kept = tuple({key: row[key] for key in keys} for row in rows)
    return Table(name, sentence(title), columns, kept, symbols=False)


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
