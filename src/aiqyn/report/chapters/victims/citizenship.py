"""Victims by citizenship."""

from __future__ import annotations

from dataclasses import replace

from aiqyn.report.chapters.shared_blocks import (
    victims_in,
)
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Column,
    Label,
    Table,
    Value,
    Words,
    Year,
    sentence,
)
from aiqyn.report.numbering import share_cell


def citizenship(evidence: Evidence) -> Table:
    """Persons and shares by citizenship, the most numerous first; others and unknown last."""
    table = evidence.tables["victims_citizenship"]
    codes = [c for c in table.codes("citizenship") if c not in ("other", "unknown")]
    cells = {
        code: evidence.counted("victims_citizenship", year=evidence.year, citizenship=code)
        for code in (*codes, "other", "unknown")
    }
    everyone = victims_in(evidence, evidence.year)
    order = sorted(codes, key=lambda c: (-(cells[c].value or 0), c))
    labels: dict[str, Value] = {
        "other": Words("report.citizenship_other"),
        "unknown": Words("report.citizenship_unknown"),
    }
    rows = tuple(
        {
            "citizenship": labels.get(code, Label("country", code)),
            "persons": cells[code],
            "share": share_cell(cells[code], everyone, evidence.threshold),
        }
        for code in (*order, "other", "unknown")
    )
    columns = (
        Column("citizenship", sentence("report.column.citizenship"), "label"),
        Column("persons", sentence("report.column.persons"), "count"),
        Column("share", sentence("report.column.share"), "share"),
        Column("interval", sentence("report.column.interval"), "interval", of="share"),
    )
    total = {"citizenship": Words("report.all"), "persons": replace(everyone)}
    return Table(
        "citizenship",
        sentence("report.victims.citizenship", year=Year(evidence.year)),
        columns,
        rows,
        (total,),
    )
