"""The chapter: every registered programme, what was found of it, and how far to trust that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aiqyn.report.chapters.programmes.amounts import amount
from aiqyn.report.chapters.programmes.answers import checks, doubts, said
from aiqyn.report.chapters.programmes.figures import figures
from aiqyn.report.chapters.programmes.register_table import register_tables
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Block,
    Callout,
    Chapter,
    Heading,
    Label,
    Paragraph,
    Sentence,
    Share,
    Slot,
    Text,
    sentence,
)
from aiqyn.report.numbering import Numbering
from aiqyn.report.programme_evidence import ProgrammeEvidence, ProgrammeFacts

NUMBER = 5
SEEN = ("fewer_harmed", "more_harmed", "more_detected", "fewer_detected", "changed")


def programmes(evidence: Evidence, numbers: Numbering) -> Chapter | None:
    """The chapter; None where no programme is registered: then there is nothing to tell."""
    found = evidence.programmes
    if not found:
        return None
    blocks = (
        Paragraph(_message(found), "message"),
        *register_tables(found),
        Callout(
            "caution",
            sentence("report.programmes.detection.title"),
            (sentence("report.programmes.detection"),),
        ),
        *(block for one in found for block in _programme(one)),
        Heading(sentence("report.programmes.how.title")),
        Paragraph((sentence("report.programmes.how"), sentence("report.programmes.not_known"))),
    )
    title, subtitle = sentence("report.programmes.title"), sentence("report.programmes.subtitle")
    return Chapter("programmes", NUMBER, title, subtitle, blocks)


def _expected(facts: ProgrammeFacts) -> Sentence:
    """What was hoped for, and who pays."""
    share = facts.scale == "share"
    change: Slot = Share(facts.expected, signed=True) if share else amount(facts.expected)
    return sentence("report.programmes.expected", change=change, funder=Text(facts.funder))


def _message(found: tuple[ProgrammeEvidence, ...]) -> tuple[Sentence, ...]:
    """How many were tried, of how many a difference is seen, and of how many there is no answer."""
    told = Counter(_sort(one.verdict) for one in found)
    slots = {name: told[name] for name in ("seen", "not_seen", "none")}
    return (
        sentence("report.programmes.message", n=len(found), **slots),
        sentence("report.programmes.message.not_seen"),
    )


def _sort(verdict: str) -> str:
    if verdict in SEEN:
        return "seen"
    return "none" if verdict == "refused" else "not_seen"


def _programme(one: ProgrammeEvidence) -> Iterator[Block]:
    code = one.facts.code
    yield Heading(sentence("report.programmes.heading", title=Label("programme_title", code)))
    yield Paragraph(
        (
            sentence("report.programmes.what", text=Label("programme_what", code)),
            sentence("report.programmes.theory", text=Label("programme_theory", code)),
            _expected(one.facts),
        )
    )
    yield from said(one)
    yield from figures(one)
    yield from checks(one)
    yield from doubts(one)
