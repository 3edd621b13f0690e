"""Of every ten victims: women, girls, men and boys, and the share of children by year."""

from __future__ import annotations

from collections.abc import Mapping

from aiqyn.profiles import per_ten
from aiqyn.report.chapters.shared_blocks import (
    left_out,
)
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Cell,
    Chart,
    Column,
    NumberRef,
    Sentence,
    Share,
    Slot,
    Table,
    Words,
    Year,
    sentence,
)
from aiqyn.report.numbering import share_cell

GROUPS: Mapping[str, tuple[str, str]] = {
    "women": ("female", "18+"),
    "girls": ("female", "0-17"),
    "men": ("male", "18+"),
    "boys": ("male", "0-17"),
}


def _group_cells(evidence: Evidence) -> dict[str, Cell]:
    table = evidence.tables["victims_sex_age"]
    return {
        group: table.cell(year=evidence.year, sex=sex, age_group=age)
        for group, (sex, age) in GROUPS.items()
    }


def of_ten(evidence: Evidence) -> dict[str, int]:
    """Whole persons of ten, over those whose sex and age are known; empty if one is hidden."""
    counted = {group: cell.value for group, cell in _group_cells(evidence).items()}
    shown = {group: n for group, n in counted.items() if n is not None}
    return per_ten(shown) if len(shown) == len(counted) else {}


def message(evidence: Evidence, ten: Mapping[str, int]) -> tuple[Sentence, ...]:
    """The opening sentence; nothing where a group is hidden."""
    if not ten:
        return ()
    return (sentence("report.victims.message", year=Year(evidence.year), **ten),)


def children(evidence: Evidence, share: NumberRef) -> tuple[Sentence, ...]:
    """Children's share now; over the years only what the intervals allow to be said."""
    shares = _child_shares(evidence)
    shown = {year: cell for year, cell in shares.items() if cell.value is not None}
    if len(shown) < 2 or evidence.year not in shown:
        return (sentence("report.victims.children.once", share=share, year=Year(evidence.year)),)
    first, last = min(shown), max(shown)
    years: dict[str, Slot] = {"from": Year(first), "to": Year(last)}
    word = direction(shown[first], shown[last])
    slots: dict[str, Slot] = {
        "a": Share(shown[first].value or 0),
        "b": Share(shown[last].value or 0),
        "low": Share(min(c.value or 0 for c in shown.values())),
        "high": Share(max(c.value or 0 for c in shown.values())),
    }
    wanted = ("low", "high") if word == "same" else ("a", "b")
    chosen = {name: slots[name] for name in wanted}
    return (sentence(f"report.victims.children.{word}", share=share, **years, **chosen),)


def direction(first: Cell, last: Cell) -> str:
    """Rose or fell only where the interval of the difference leaves out zero (Newcombe, 1998)."""
    if None in (first.value, first.low, first.high, last.value, last.low, last.high):
        return "same"
    a, b = _ends(first), _ends(last)
    difference = b[0] - a[0]
    low = difference - ((b[0] - b[1]) ** 2 + (a[2] - a[0]) ** 2) ** 0.5
    high = difference + ((b[2] - b[0]) ** 2 + (a[0] - a[1]) ** 2) ** 0.5
    return "rose" if low > 0 else "fell" if high < 0 else "same"


def _ends(cell: Cell) -> tuple[float, float, float]:
    return float(cell.value or 0), float(cell.low or 0), float(cell.high or 0)


def _child_shares(evidence: Evidence) -> dict[int, Cell]:
    table = evidence.tables["victims_sex_age"]
    return {
        year: share_cell(
            table.cell(year=year, age_group="0-17"),
            table.cell(year=year),
            evidence.threshold,
        )
        for year in evidence.years
    }


def ten_chart(evidence: Evidence, ten: Mapping[str, int]) -> Chart:
    """Ten squares, and how many persons they stand for."""
    known = evidence.tables["victims_sex_age"].cell(year=evidence.year)
    columns = (
        Column("group", sentence("report.column.group"), "label"),
        Column("of_ten", sentence("report.column.of_ten"), "count"),
    )
    rows = tuple(
        {"group": Words(f"report.group.{group}"), "of_ten": Cell(n, "shown" if n else "zero")}
        for group, n in ten.items()
    )
    return Chart(
        "ten",
        "ten_persons",
        sentence("report.victims.ten"),
        None,
        sentence("report.victims.ten.alt", **ten),
        tuple({"group": group, "value": n} for group, n in ten.items()),
        caption=(
            sentence(
                "report.victims.ten.known",
                known=int(known.value or 0),
                unknown=int(left_out(evidence).value or 0),
            ),
        ),
        table=Table("ten", sentence("report.victims.ten"), columns, rows),
    )
