"""From cleared evidence to the report model: the chapters in order, and every number they made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aiqyn.report.cell_numbers import cell_numbers
from aiqyn.report.chapters.definitions import definitions
from aiqyn.report.chapters.forms import forms
from aiqyn.report.chapters.hidden import hidden
from aiqyn.report.chapters.methods import methods
from aiqyn.report.chapters.opening import opening
from aiqyn.report.chapters.programmes import programmes
from aiqyn.report.chapters.quality import quality
from aiqyn.report.chapters.victims import victims
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import Meta, ReportModel
from aiqyn.report.numbering import Numbering
from aiqyn.report.sources import sources_of

CHAPTERS = (opening, definitions, hidden, victims, forms, programmes, quality, methods)


def compose(evidence: Evidence) -> ReportModel:
    """The report of one year, in no language."""
    numbers = Numbering(evidence)
    told = (chapter(evidence, numbers) for chapter in CHAPTERS)
    there = (chapter for chapter in told if chapter is not None)
    chapters = tuple(replace(chapter, number=n) for n, chapter in enumerate(there))
    return ReportModel(
        meta=_meta(evidence),
        numbers=numbers.made,
        sources=sources_of(evidence),
        chapters=chapters,
        labels=evidence.labels,
        cells=cell_numbers(chapters, evidence),
    )


def _meta(evidence: Evidence) -> Meta:
    return Meta(
        country=evidence.country,
        year=evidence.year,
        period=(date(evidence.year, 1, 1), date(evidence.year, 12, 31)),
        published=evidence.published,
        edition=evidence.edition,
        version=f"{evidence.year}.{evidence.edition}",
        invented=evidence.invented,
        languages=evidence.languages,
        inputs_sha256=evidence.inputs_sha256,
        threshold=evidence.threshold,
    )
