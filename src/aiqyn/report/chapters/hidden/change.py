"""Crime or detection? The change in counts, split; rose or fell only where the interval says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from aiqyn.report.hidden_evidence import HiddenEvidence
from aiqyn.report.model import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Sentence,
    Share,
    Table,
    Words,
    Year,
    sentence,
)

PARTS = ("counts", "crime", "detection")


def crime_or_detection(hidden: HiddenEvidence) -> tuple[Block, ...]:
    """Sentences about the report's year, and the table of every pair of years."""
    if not hidden.change.height:
        return ()
    title = sentence("report.hidden.change.table")
    own = hidden.change.filter(pl.col("year") == hidden.year).to_dicts()
    return (
        Heading(sentence("report.hidden.change")),
        *([Paragraph(_sentences(own[0]))] if own else []),
        Table(
            "hidden_change",
            title,
            _columns(),
            tuple(_row(row) for row in hidden.change.to_dicts()),
            note=sentence("report.hidden.change.note"),
        ),
    )


def direction(row: Mapping[str, Any], part: str) -> str:
    """``rose`` or ``fell`` only where the interval of the ratio leaves out one; else ``same``."""
    low, high = row[f"{part}_low"], row[f"{part}_high"]
    if low is None or high is None:
        return "same"
    return "rose" if low > 1 else "fell" if high < 1 else "same"


def _sentences(row: Mapping[str, Any]) -> tuple[Sentence, ...]:
    return tuple(
        sentence(
            f"report.hidden.change.{part}.{direction(row, part)}",
            **({"before": Year(row["year"] - 1), "year": Year(row["year"])}
               if part == "crime" else {}),
            low=Share(row[f"{part}_low"] - 1, signed=True),
            high=Share(row[f"{part}_high"] - 1, signed=True),
        )
        for part in ("crime", "detection")
        if row[f"{part}_low"] is not None and row[f"{part}_high"] is not None
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    found = [Column("year", sentence("report.column.year"), "label")]
    for part in PARTS:
        name = f"report.hidden.column.{part}"
        found += [
            Column(part, sentence(name), "change", estimated=part != "counts"),
            Column(
                f"{part}_between",
                sentence("report.column.interval_of", what=Words(name)),
                "interval",
                of=part,
            ),
        ]
    return tuple(found)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"year": Year(row["year"]), **{part: _cell(row, part) for part in PARTS}}


def _cell(row: Mapping[str, Any], part: str) -> Cell:
    ends = [row[part], row[f"{part}_low"], row[f"{part}_high"]]
    value, low, high = (None if ratio is None else ratio - 1 for ratio in ends)
    if value is None and low is None:
        return Cell(None, "refused" if part != "counts" else "hidden")
    return Cell(value, "shown", low, high)
