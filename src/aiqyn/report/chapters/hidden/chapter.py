"""The chapter: what may be printed of the part nobody recorded, and what it hangs on."""

from __future__ import annotations

from aiqyn.report.chapters.hidden.message import message
from aiqyn.report.chapters.hidden.methods import methods_and_gate
from aiqyn.report.chapters.hidden.totals import totals
from aiqyn.report.chapters.shared_blocks import detection_callout
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import Block, Chapter, Paragraph, sentence
from aiqyn.report.numbering import Numbering
from aiqyn.report.permitted import permitted


def hidden(evidence: Evidence, numbers: Numbering) -> Chapter:
    """Chapter 2."""
    title, subtitle = sentence("report.hidden.title"), sentence("report.hidden.subtitle")
    blocks = _estimated(evidence, numbers) if evidence.hidden else _not_estimated()
    return Chapter("hidden", 2, title, subtitle, blocks)


def _not_estimated() -> tuple[Block, ...]:
    """Where no estimate was built: what is missing for one."""
    said = (sentence("report.hidden.none"), sentence("report.opening.hidden"))
    return (Paragraph(said, "message"), detection_callout("note"))


def _estimated(evidence: Evidence, numbers: Numbering) -> tuple[Block, ...]:
    assert evidence.hidden is not None
    found = permitted(evidence.hidden)
    made = totals(evidence, numbers)
    return (
        Paragraph(message(found, made), "message"),
        *methods_and_gate(found, evidence),
    )
