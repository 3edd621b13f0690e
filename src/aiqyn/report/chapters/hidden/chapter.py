"""The chapter: what may be printed of the part nobody recorded, and what it hangs on."""

from __future__ import annotations

from aiqyn.report.chapters.hidden.callouts import doubts, how_we_know, refusal
from aiqyn.report.chapters.hidden.change import crime_or_detection
from aiqyn.report.chapters.hidden.groups import groups
from aiqyn.report.chapters.hidden.message import message
from aiqyn.report.chapters.hidden.methods import methods_and_gate
from aiqyn.report.chapters.hidden.models import model_chart
from aiqyn.report.chapters.hidden.on_the_opening import why_not
from aiqyn.report.chapters.hidden.overlap import overlap_chart
from aiqyn.report.chapters.hidden.robustness import merged_lists, without_a_list
from aiqyn.report.chapters.hidden.sdg import sdg_table
from aiqyn.report.chapters.hidden.totals import totals
from aiqyn.report.chapters.hidden.years import years_chart
from aiqyn.report.chapters.shared_blocks import detection_callout
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import HiddenEvidence
from aiqyn.report.model import Block, Chapter, Paragraph, sentence
from aiqyn.report.numbering import Numbering
from aiqyn.report.permitted import permitted


def hidden(evidence: Evidence, numbers: Numbering) -> Chapter:
    """Chapter 2."""
    title, subtitle = sentence("report.hidden.title"), sentence("report.hidden.subtitle")
    if evidence.hidden is None:
        return Chapter("hidden", 2, title, subtitle, _not_estimated(evidence))
    found = permitted(evidence.hidden)
    opened = Paragraph(message(found, totals(evidence, numbers)), "message")
    return Chapter("hidden", 2, title, subtitle, (opened, *_blocks(found, evidence)))


def _not_estimated(evidence: Evidence) -> tuple[Block, ...]:
    """Where no estimate was built: what is missing for one."""
    said = (sentence("report.hidden.none"), sentence(why_not(evidence)))
    return (Paragraph(said, "message"), detection_callout("note"))


def _blocks(found: HiddenEvidence, evidence: Evidence) -> tuple[Block, ...]:
    charts = (
        overlap_chart(found, evidence),
        without_a_list(found, evidence),
        merged_lists(found, evidence),
        model_chart(found, evidence) if found.publish in ("estimate", "range") else None,
        years_chart(found, evidence),
    )
    return (
        *methods_and_gate(found, evidence),
        *refusal(found, evidence),
        *(chart for chart in charts if chart is not None),
        *crime_or_detection(found),
        *groups(found),
        *sdg_table(found),
        *doubts(found),
        *how_we_know(found, evidence),
    )
