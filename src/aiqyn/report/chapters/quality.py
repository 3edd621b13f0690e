"""Data quality: what each agency sent, what was refused and why, and the files themselves."""

from __future__ import annotations

import polars as pl

from aiqyn import words
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
from aiqyn.report.sources import by_agency, sources_of


def quality(evidence: Evidence, numbers: Numbering) -> Chapter:
    """Chapter 4."""
    files = evidence.files
    sums = {name: int(files[name].sum()) for name in ("rows", "accepted", "refused")}
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
        "quality", 4, sentence("report.quality.title"), sentence("report.quality.subtitle"), blocks
    )


def _rows(n: int) -> Cell:
    return Cell(n, "shown" if n else "zero")


def _by_agency(evidence: Evidence) -> Table:
    sums = evidence.files.group_by("agency").agg(pl.col("rows", "accepted", "refused").sum())
    columns = (
        Column("agency", sentence("report.column.agency"), "label"),
        Column("rows", sentence("report.column.rows"), "count"),
        Column("accepted", sentence("report.column.accepted"), "count"),
        Column("refused", sentence("report.column.refused"), "count"),
    )
    total = {name: int(sums[name].sum()) for name in ("rows", "accepted", "refused")}
    return Table(
        "quality",
        sentence("report.quality.table"),
        columns,
        tuple(
            {
                "agency": Label("agency", row["agency"]),
                **{name: _rows(row[name]) for name in ("rows", "accepted", "refused")},
            }
            for row in sums.sort("agency").to_dicts()
        ),
        (
            {
                "agency": Words("report.all"),
                **{name: _rows(n) for name, n in total.items()},
            },
        ),
        symbols=False,
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
    found = by_agency(tuple(sources_of(evidence).values()))
    rows = tuple(
        {
            "agency": Label("agency", sent.agency),
            "files": _rows(sent.files),
            "rows": _rows(sent.rows),
            "hash": Text(sent.sha256),
        }
        for sent in found
    )
    note = sentence("report.quality.inputs.note", hash=Text(evidence.inputs_sha256[:16]))
    title = sentence("report.quality.inputs")
    return Table("inputs", title, columns, rows, note=note, symbols=False)
