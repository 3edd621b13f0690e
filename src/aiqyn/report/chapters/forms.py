"""Forms of exploitation: shares over the years, and the finer forms of the year."""

from __future__ import annotations

from collections.abc import Mapping

from aiqyn.report.chapters.shared_blocks import leading, victims_in
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Block,
    Callout,
    Cell,
    Chapter,
    Chart,
    Column,
    Label,
    NumberRef,
    Paragraph,
    Sentence,
    Share,
    Slot,
    Table,
    Text,
    Value,
    Words,
    Year,
    sentence,
)
from aiqyn.report.numbering import Numbering, share_cell

GROUPS = ("sexual", "labour", "begging", "criminality", "marriage", "other")


def forms(evidence: Evidence, numbers: Numbering) -> Chapter:
    """Chapter 4."""
    first = leading(evidence, "victims_form_group", "form_group")
    blocks: tuple[Block, ...] = (
        Paragraph((_message(evidence, first),), "message"),
        _over_years(evidence) if len(evidence.years) > 1 else _groups(evidence),
        _finer(evidence),
        Callout(
            "note", sentence("report.forms.several.title"), (sentence("report.forms.several"),)
        ),
    )
    return Chapter(
        "forms", 4, sentence("report.forms.title"), sentence("report.forms.subtitle"), blocks
    )


def _message(evidence: Evidence, first: str | None) -> Sentence:
    year = Year(evidence.year)
    if first is None:
        return sentence("report.forms.message.hidden", year=year)
    form, share = Label("form_group", first), NumberRef("F-001")
    return sentence("report.forms.message", year=year, form=form, share=share)


def _share(evidence: Evidence, group: str, year: int) -> Cell:
    part = evidence.tables["victims_form_group"].cell(year=year, form_group=group)
    return share_cell(part, victims_in(evidence, year), evidence.threshold)


def _over_years(evidence: Evidence) -> Chart:
    cells = {(g, y): _share(evidence, g, y) for g in GROUPS for y in evidence.years}
    last = {g: cells[g, evidence.year] for g in GROUPS}
    order = sorted(GROUPS, key=lambda g: -(last[g].value or 0))
    slots: dict[str, Slot] = {
        "first": Label("form_group", order[0]),
        "first_share": _said(last[order[0]]),
        "second": Label("form_group", order[1]),
        "second_share": _said(last[order[1]]),
    }
    span: dict[str, Slot] = {"from": Year(evidence.years[0]), "to": Year(evidence.years[-1])}
    return Chart(
        "forms",
        "small_multiples",
        sentence("report.forms.chart"),
        sentence("report.forms.chart.subtitle", **span),
        sentence("report.forms.chart.alt", year=Year(evidence.year), **slots),
        tuple(
            {
                "form_group": group,
                "year": year,
                "value": cell.value,
                "low": cell.low,
                "high": cell.high,
                "state": cell.state,
            }
            for (group, year), cell in cells.items()
        ),
        table=_share_table(evidence, cells),
    )


def _groups(evidence: Evidence) -> Table:
    """The one year there is, as a table: a chart of single points shows no course."""
    return _share_table(
        evidence, {(g, evidence.year): _share(evidence, g, evidence.year) for g in GROUPS}
    )


def _share_table(evidence: Evidence, cells: Mapping[tuple[str, int], Cell]) -> Table:
    """All the marks of the chart: a row a form, a column a year, and the last year's interval."""
    columns = (
        Column("form", sentence("report.column.form"), "label"),
        *(
            Column(str(year), sentence("report.column.of_year", year=Year(year)), "share")
            for year in evidence.years
        ),
        Column(
            "interval",
            sentence("report.column.interval_year", year=Year(evidence.year)),
            "interval",
            of=str(evidence.year),
        ),
    )
    rows = tuple(
        {
            "form": Label("form_group", group),
            **{str(year): cells[group, year] for year in evidence.years},
        }
        for group in GROUPS
    )
    return Table("forms", sentence("report.forms.chart"), columns, rows)


def _finer(evidence: Evidence) -> Table:
    table, everyone = evidence.tables["victims_form"], victims_in(evidence, evidence.year)
    cells = {
        code: evidence.counted("victims_form", year=evidence.year, form=code)
        for code in table.codes("form")
    }
    listed = [c for c in cells if c != "unknown" and cells[c].state != "zero"]
    order = sorted(listed, key=lambda c: (-(cells[c].value or 0), c))
    labels: dict[str, Value] = {"unknown": Words("report.form_unknown")}
    rows = tuple(
        {
            "form": labels.get(code, Label("form", code)),
            "persons": cells[code],
            "share": share_cell(cells[code], everyone, evidence.threshold),
        }
        for code in (*order, *(["unknown"] if "unknown" in cells else []))
    )
    columns = (
        Column("form", sentence("report.column.form"), "label"),
        Column("persons", sentence("report.column.persons"), "count"),
        Column("share", sentence("report.column.share"), "share"),
        Column("interval", sentence("report.column.interval"), "interval", of="share"),
    )
    title = sentence("report.forms.finer", year=Year(evidence.year))
    note = sentence("report.forms.finer.note")
    return Table("form", title, columns, rows, note=note)


def _said(cell: Cell) -> Slot:
    return Text("x") if cell.value is None else Share(cell.value)
