"""Methods: who is counted and how, what is hidden, what is not known, and the words used."""

from __future__ import annotations

from aiqyn.report.chapters.hidden.on_the_opening import is_estimated
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Block,
    Chapter,
    Column,
    Count,
    Heading,
    Paragraph,
    Sentence,
    Slot,
    Table,
    Text,
    Words,
    sentence,
)
from aiqyn.report.numbering import Numbering

SECTIONS = (
    *("counted", "linked", "intervals", "definitions"),
    *("estimated", "hidden", "reproduced", "missing"),
)
TERMS = ("victim", "identified", "presumed", "form", "means", "definition", "interval", "hidden")


def methods(evidence: Evidence, numbers: Numbering) -> Chapter:
    """Chapter 6."""
    blocks: list[Block] = [Paragraph((sentence("report.methods.message"),), "message")]
    estimated = is_estimated(evidence)
    for section in SECTIONS:
        if section == "estimated" and not estimated:
            continue
        blocks.append(Heading(sentence(f"report.methods.{section}.title")))
        told = (_section(section, evidence), *_kept(section, evidence))
        none = section == "missing" and not evidence.programmes
        more = (sentence("report.programmes.none"),) if none else ()
        blocks.append(Paragraph((*told, *more)))
    blocks.append(_glossary())
    return Chapter(
        "methods",
        6,
        sentence("report.methods.title"),
        sentence("report.methods.subtitle"),
        tuple(blocks),
    )


def _section(section: str, evidence: Evidence) -> Sentence:
    slots: dict[str, dict[str, Slot]] = {
        "hidden": {"threshold": Count(evidence.threshold)},
        "reproduced": {
            "version": Text(evidence.version),
            "hash": Text(evidence.inputs_sha256[:16]),
        },
    }
    there = section == "missing" and is_estimated(evidence)
    key = f"report.methods.{section}{'.estimated' if there else ''}"
    return sentence(key, **slots.get(section, {}))


def _kept(section: str, evidence: Evidence) -> tuple[Sentence, ...]:
    """Which years stand as an earlier edition printed them, and why."""
    if section != "hidden" or not evidence.kept_years:
        return ()
    years = ", ".join(map(str, evidence.kept_years))
    threshold = Count(evidence.threshold)
    return (sentence("report.methods.kept", years=Text(years), threshold=threshold),)


def _glossary() -> Table:
    columns = (
        Column("term", sentence("report.column.term"), "text"),
        Column("meaning", sentence("report.column.meaning"), "text"),
    )
    rows = tuple(
        {
            "term": Words(f"report.term.{term}"),
            "meaning": sentence(f"report.term.{term}.meaning"),
        }
        for term in TERMS
    )
    return Table("glossary", sentence("report.methods.glossary"), columns, rows, symbols=False)
