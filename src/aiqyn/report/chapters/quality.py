"""Data quality: what each agency sent, what was refused and why, and the files themselves."""

from __future__ import annotations

import polars as pl

from aiqyn import words
from aiqyn.report.chapters.shared_blocks import said
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Block,
    Callout,
    Cell,
    Chapter,
    Column,
    Label,
    Paragraph,
    Table,
    Text,
    Words,
    sentence,
)
from aiqyn.report.numbering import Numbering
from aiqyn.report.sources import NO_HASH, all_rows, row_cells, sources_of


def quality(evidence: Evidence, numbers: Numbering) -> Chapter:
    """Chapter 5."""
    sums = {name: said(cell) for name, cell in all_rows(evidence).items()}
    blocks: tuple[Block, ...] = (
        Paragraph((sentence("report.quality.message", **sums),), "message"),
        _by_agency(evidence),
        *([_reasons(evidence)] if evidence.refusals.height else []),
        Callout(
            "note", sentence("report.quality.counts.title"), (sentence("report.quality.counts"),)
        ),
        _inputs(evidence),
    )
    return Chapter(
        "quality", 5, sentence("report.quality.title"), sentence("report.quality.subtitle"), blocks
    )


def _rows(n: int) -> Cell:
    return Cell(n, "shown" if n else "zero")


def _by_agency(evidence: Evidence) -> Table:
    sources = sources_of(evidence)
    columns = (
        Column("agency", sentence("report.column.agency"), "label"),
        Column("rows", sentence("report.column.rows"), "count"),
        Column("accepted", sentence("report.column.accepted"), "count"),
        Column("refused", sentence("report.column.refused"), "count"),
    )
    return Table(
        "quality",
        sentence("report.quality.table"),
        columns,
        tuple(
            {"agency": Label("agency", code), **row_cells(source)}
            for code, source in sources.items()
        ),
        ({"agency": Words("report.all"), **all_rows(evidence)},),
        symbols=any(source.rows is None for source in sources.values()),
    )


def _reasons(evidence: Evidence) -> Table:
    """Why rows were refused: the kind of fault, its code, and how many entries each agency has."""
    columns = (
        Column("reason", sentence("report.column.reason"), "text"),
        Column("code", sentence("report.column.code"), "text"),
        Column("entries", sentence("report.column.entries"), "count"),
    )
    counted = evidence.refusals.group_by("code").agg(pl.col("entries").sum())
    rows = tuple(
        {
            "reason": sentence(_kind(row["code"])),
            "code": Text(row["code"]),
            "entries": _rows(row["entries"]),
        }
        for row in counted.sort(["entries", "code"], descending=[True, False]).to_dicts()
    )
    return Table("reasons", sentence("report.quality.reasons"), columns, rows, symbols=False)


def _kind(code: str) -> str:
    """The fault in general; most messages are general already and serve as they are."""
    return f"{code}.kind" if words.has(f"{code}.kind") else code


def _inputs(evidence: Evidence) -> Table:
    columns = (
        Column("agency", sentence("report.column.agency"), "label"),
        Column("files", sentence("report.column.files"), "count"),
        Column("rows", sentence("report.column.rows"), "count"),
        Column("hash", sentence("report.column.hash"), "text"),
    )
    rows = tuple(
        {
            "agency": Label("agency", sent.agency),
            "files": _rows(sent.files),
            "rows": row_cells(sent)["rows"],
            "hash": Text(sent.sha256 or NO_HASH),
        }
        for sent in sources_of(evidence).values()
    )
    note = sentence("report.quality.inputs.note", hash=Text(evidence.inputs_sha256[:16]))
    title = sentence("report.quality.inputs")
    return Table("inputs", title, columns, rows, note=note, symbols=False)
