"""Found and estimated by year on one axis; shared with the opening page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiqyn.report.chapters.hidden.lines import cell, persons
from aiqyn.report.chapters.shared_blocks import said, victims_in
from aiqyn.report.evidence import Evidence
from aiqyn.report.hidden_evidence import EstimateLine, HiddenEvidence
from aiqyn.report.model import (
    Cell,
    Chart,
    Column,
    Sentence,
    Several,
    Slot,
    Table,
    Text,
    Words,
    Year,
    sentence,
)


def year_lines(hidden: HiddenEvidence, evidence: Evidence) -> dict[int, EstimateLine]:
    """The estimates of the report's years; one without a number was refused or is withheld."""
    lines = {int(line.code): line for line in hidden.by_year}
    return {year: lines[year] for year in evidence.years if year in lines}


def years_chart(hidden: HiddenEvidence, evidence: Evidence) -> Chart | None:
    """The course of both; None where there is a single year or no estimate of any."""
    lines = year_lines(hidden, evidence)
    if len(evidence.years) < 2 or not any(line.low is not None for line in lines.values()):
        return None
    found = {year: victims_in(evidence, year) for year in evidence.years}
    title = _title(evidence)
    return Chart(
        "hidden_years",
        "trend_band",
        title,
        sentence("report.hidden.years.subtitle"),
        years_alt(lines, evidence),
        (*marks("found", found), *marks("estimated", estimates(lines))),
        caption=(*refused_years(lines), sentence("report.hidden.years.unit")),
        table=years_table("hidden_years", title, found, lines),
    )


def estimates(lines: Mapping[int, EstimateLine]) -> dict[int, Cell]:
    """Year -> its estimate as a cell."""
    return {year: cell(line) for year, line in lines.items()}


def marks(series: str, cells: Mapping[int, Cell]) -> tuple[Mapping[str, Any], ...]:
    """One series of the chart."""
    return tuple(
        {
            "year": year,
            "series": series,
            "value": c.value,
            "low": c.low,
            "high": c.high,
            "state": c.state,
        }
        for year, c in cells.items()
    )


def years_alt(lines: Mapping[int, EstimateLine], evidence: Evidence) -> Sentence:
    """The report's year in a sentence: found, and the interval of the estimate."""
    line = lines.get(evidence.year)
    slots: dict[str, Slot | int] = {
        "year": Year(evidence.year),
        "found": said(victims_in(evidence, evidence.year)),
    }
    if line is None or line.low is None:
        return sentence("report.hidden.years.alt.refused", **slots)
    slots["low"] = persons(line.low)
    if line.high is None:
        return sentence("report.hidden.years.alt.bound", **slots)
    return sentence("report.hidden.years.alt", **slots, high=persons(line.high))


def refused_years(lines: Mapping[int, EstimateLine]) -> tuple[Sentence, ...]:
    """The years without an estimate, each with its code."""
    refused = tuple(
        Several((Year(year), *([Text(f"({line.refused})")] if line.refused else [])), " ")
        for year, line in lines.items()
        if line.low is None
    )
    if not refused:
        return ()
    return (sentence("report.hidden.years.refused", years=Several(refused)),)


def years_table(
    id: str, title: Sentence, found: Mapping[int, Cell], lines: Mapping[int, EstimateLine]
) -> Table:
    """A row a year: found with its bounds, estimated with its interval."""
    total = Words("report.column.estimated")
    columns = (
        Column("year", sentence("report.column.year"), "label"),
        Column("found", sentence("report.column.found"), "count"),
        Column("found_between", sentence("report.column.fewest_most"), "interval", of="found"),
        Column("estimated", sentence("report.column.estimated"), "count", estimated=True),
        Column("between", sentence("report.column.interval_of", what=total), "interval",
               of="estimated"),
    )  # fmt: skip
    none = Cell(None, "not_asked")
    own = estimates(lines)
    rows: Sequence[Mapping[str, Any]] = [
        {"year": Year(year), "found": c, "estimated": own.get(year, none)}
        for year, c in found.items()
    ]
    return Table(id, title, columns, tuple(rows))


def _title(evidence: Evidence) -> Sentence:
    first, last = evidence.years[0], evidence.years[-1]
    return sentence("report.trend.title", **{"from": Year(first), "to": Year(last)})
