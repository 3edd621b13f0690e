"""Victims: of every ten, sex and age, children over the years, place, citizenship."""

from __future__ import annotations

from aiqyn.report.chapters.hidden.on_the_opening import is_estimated
from aiqyn.report.chapters.shared_blocks import (
    detection_callout,
    said,
)
from aiqyn.report.chapters.victims.citizenship import citizenship
from aiqyn.report.chapters.victims.of_ten import children, message, of_ten, ten_chart
from aiqyn.report.chapters.victims.places import tile_map
from aiqyn.report.chapters.victims.sex_and_age import pyramid
from aiqyn.report.evidence import Evidence
from aiqyn.report.linked_evidence import LinkedEvidence
from aiqyn.report.model import (
    Block,
    Cell,
    Chapter,
    Heading,
    NumberRef,
    OpenNumbers,
    Paragraph,
    Sentence,
    Share,
    sentence,
)
from aiqyn.report.numbering import Numbering
from aiqyn.report.sources import all_rows


def victims(evidence: Evidence, numbers: Numbering) -> Chapter:
    """Chapter 3."""
    ten = of_ten(evidence)
    share = next(id_ for id_ in numbers.made if id_ == "V-002")
    blocks: tuple[Block, ...] = (
        Paragraph((*message(evidence, ten), *children(evidence, NumberRef(share))), "message"),
        *([ten_chart(evidence, ten)] if ten else []),
        pyramid(evidence),
        OpenNumbers((share,)),
        tile_map(evidence),
        detection_callout("caution", estimated=is_estimated(evidence)),
        citizenship(evidence),
        Heading(sentence("report.victims.know")),
        Paragraph(_known(evidence)),
    )
    return Chapter(
        "victims",
        3,
        sentence("report.victims.title"),
        sentence("report.victims.subtitle"),
        blocks,
    )


def _persons(evidence: Evidence) -> Cell:
    """Persons of all years; a year whose own total is hidden could be subtracted from them."""
    years = [
        evidence.tables["definitions"].cell(year=year, definition=evidence.definition)
        for year in evidence.years
    ]
    hidden = any(cell.value is None for cell in years)
    return Cell(None, "hidden") if hidden else Cell(evidence.persons)


def _known(evidence: Evidence) -> tuple[Sentence, ...]:
    files = evidence.files
    return (
        sentence(
            "report.victims.know.lists",
            agencies=files["agency"].n_unique(),
            records=said(all_rows(evidence)["accepted"]),
            persons=said(_persons(evidence)),
        ),
        sentence("report.victims.know.bounds"),
        *_linked(evidence.linked),
    )


def _linked(linked: LinkedEvidence | None) -> tuple[Sentence, ...]:
    """How persons were told by name, and how well; or that they were not."""
    if linked is None:
        return (sentence("report.victims.know.not_linked"),)
    told = sentence("report.victims.know.linked", share=Share(linked.share))
    if linked.recall is None or linked.precision is None:
        return told, sentence("report.victims.know.linked.unaudited")
    shares = {"recall": Share(linked.recall), "precision": Share(linked.precision)}
    then = "corrected" if linked.corrected else "uncorrected"
    audited = sentence("report.victims.know.linked.audited", **shares)
    return told, audited, sentence(f"report.victims.know.linked.{then}")
