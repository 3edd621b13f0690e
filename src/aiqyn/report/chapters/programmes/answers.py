"""What was found of a programme, its checks, what it cost, and what would change our mind."""

from __future__ import annotations

from collections.abc import Iterator

from aiqyn.report.chapters.programmes.amounts import amount, money
from aiqyn.report.model import (
    Block,
    Callout,
    Column,
    Count,
    Paragraph,
    Sentence,
    Share,
    Table,
    Text,
    Words,
    sentence,
)
from aiqyn.report.programme_evidence import Answer, ProgrammeEvidence

MARK = {True: "passed", False: "failed", None: "open"}
PERSONS = ("estimates", "detections")  # outcomes of which a share can be given


def said(one: ProgrammeEvidence) -> Iterator[Block]:
    """The answer in the words that the kind of outcome allows, or why there is none."""
    if one.answer is None:
        yield _refused(one)
        return
    yield Paragraph(tuple(_sentences(one, one.answer)))


def checks(one: ProgrammeEvidence) -> Iterator[Block]:
    """Every assumption held against the data, with its figure."""
    if one.answer is None:
        return
    columns = (
        Column("check", sentence("report.programmes.column.check"), "text"),
        Column("result", sentence("report.programmes.column.result"), "text"),
    )
    rows = tuple(
        {
            "check": sentence(f"effects.check.{key}", **{k: amount(v) for k, v in told.items()}),
            "result": Words(f"report.programmes.check.{MARK[passed]}"),
        }
        for key, passed, told in one.answer.checks
    )
    title = sentence("report.programmes.checks")
    yield Table(f"programme_checks_{one.facts.code}", title, columns, rows, symbols=False)


def doubts(one: ProgrammeEvidence) -> Iterator[Block]:
    """What would change our mind, the nearest two."""
    if one.answer is None:
        return
    nearest = one.answer.mind[:2]
    title = sentence("report.programmes.mind")
    yield Callout("note", title, tuple(sentence(f"report.programmes.mind.{k}") for k in nearest))


def _refused(one: ProgrammeEvidence) -> Callout:
    code, slots = one.refused or ("PREV-010", {"always": "0"})
    told = {name: Text(str(value)) for name, value in slots.items()}
    reasons = (sentence(code, **told), sentence(f"{code}.mend", **told))
    return Callout("refusal", sentence("report.programmes.refused"), reasons, code)


def _sentences(one: ProgrammeEvidence, answer: Answer) -> Iterator[Sentence]:
    facts = one.facts
    groups = {"treated": Count(answer.treated), "comparison": Count(answer.comparison)}
    yield sentence(f"report.programmes.compared.{facts.design}", **groups)
    if answer.low is None and answer.high is None:
        yield sentence("effects.said.too_few", effect=amount(answer.value))
    else:
        ends = {"low": amount(answer.low), "high": amount(answer.high)}
        yield sentence(f"effects.said.{one.verdict}", effect=amount(answer.value), **ends)
    if answer.relative is not None and facts.kind in PERSONS:
        share = Share(answer.relative, signed=True)
        yield sentence("effects.relative", without=amount(answer.without), share=share)
    yield from _cost(one, answer)


def _cost(one: ProgrammeEvidence, answer: Answer) -> Iterator[Sentence]:
    """Given only where a change is seen: of nobody seen protected there is no cost a person."""
    if answer.cost_per_person is None or one.verdict not in ("fewer_harmed", "more_detected"):
        return
    of, value, low, high = answer.cost_per_person
    shown, currency = money(value, one.facts.currency)
    ends = {"low": Count(low), "high": Words("effects.unbounded") if high is None else Count(high)}
    yield sentence(f"report.programmes.cost_per.{of}", value=shown, currency=currency, **ends)
