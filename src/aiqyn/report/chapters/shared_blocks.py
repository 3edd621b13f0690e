"""Pieces that several chapters use: the standing caution, totals, the leading code."""

from __future__ import annotations

from typing import Literal

from aiqyn.report.evidence import Evidence
from aiqyn.report.model import Callout, Cell, Count, Slot, Words, sentence


def detection_callout(kind: Literal["note", "caution"], *, estimated: bool = False) -> Callout:
    """Detection is not the crime: wherever counts are compared over time or place.

    `estimated`: the share of victims who are detected is estimated in this report.
    """
    title = sentence("report.callout.detection.title")
    said = "report.callout.detection" if estimated else "report.callout.detection.unknown"
    return Callout(kind, title, (sentence(said),))


def said(cell: Cell) -> Slot:
    """A count inside a sentence; in words where it is hidden."""
    return Words("report.hidden_value") if cell.value is None else Count(cell.value)


def victims_in(evidence: Evidence, year: int) -> Cell:
    """All victims of a year: the number, and the fewest and the most that the records allow.

    The number alone where the year has no bounds: an edition printed it that left none.
    """
    cell = evidence.tables["victims_region"].cell(year=year)
    row = evidence.bounds.filter(evidence.bounds["year"] == year)
    if cell.value is None:
        return cell
    if not row.height:
        return Cell(cell.value, cell.state, float(cell.value), float(cell.value))
    return Cell(cell.value, cell.state, float(row["low"][0]), float(row["high"][0]))


def left_out(evidence: Evidence) -> Cell:
    """Victims of the year who are not in the table of sex and age: another or unknown sex or age.

    That something is not recorded of a person is no characteristic of the person, so the number
    is given even where it is small.
    """
    known = evidence.tables["victims_sex_age"].cell(year=evidence.year)
    everyone = victims_in(evidence, evidence.year)
    if known.value is None or everyone.value is None:
        return Cell(None, "hidden")
    n = everyone.value - known.value
    return Cell(n, "shown" if n else "zero", n, n)


def leading(evidence: Evidence, table: str, dim: str) -> str | None:
    """The code with the most persons shown in the report's year; ``unknown`` never leads.

    None where nothing is shown above zero, or where a cell marked x may hold more.
    """
    found = evidence.tables[table]
    cells = {
        code: found.cell(year=evidence.year, **{dim: code})
        for code in found.codes(dim)
        if code != "unknown"
    }
    counted = {code: cell.value or 0 for code, cell in cells.items()}
    if not any(counted.values()) or any(cell.state == "hidden" for cell in cells.values()):
        return None
    return max(counted, key=lambda code: (counted[code], code))
