"""Victims by sex and age: the pyramid and its table."""

from __future__ import annotations

from collections.abc import Mapping

from aiqyn.report.chapters.shared_blocks import (
    left_out,
)
from aiqyn.report.evidence import Evidence
from aiqyn.report.model import (
    Cell,
    Chart,
    Column,
    Count,
    Label,
    Sentence,
    Sign,
    Table,
    Words,
    Year,
    sentence,
)

AGES = ("45+", "35-44", "25-34", "18-24", "15-17", "12-14", "6-11", "0-5")  # top of the page first


def pyramid(evidence: Evidence) -> Chart:
    """Women left, men right, ages from the ground up."""
    title = sentence("report.victims.pyramid", year=Year(evidence.year))
    cells = {
        age: {sex: _age_cell(evidence, sex, age) for sex in ("female", "male")} for age in AGES
    }
    largest = max(
        ((cell, sex, age) for age, pair in cells.items() for sex, cell in pair.items()),
        key=lambda item: item[0].value or 0,
    )
    return Chart(
        "pyramid",
        "pyramid",
        title,
        sentence("report.victims.pyramid.persons"),
        _largest(*largest),
        tuple(
            {
                "age_group": age,
                "sex": sex,
                "value": cell.value,
                "low": cell.low,
                "high": cell.high,
                "state": cell.state,
            }
            for age, pair in cells.items()
            for sex, cell in pair.items()
        ),
        caption=(_caption(evidence.threshold),),
        table=_pyramid_table(evidence, title, cells),
    )


def _caption(threshold: int) -> Sentence:
    """What the hatching means: few persons, up to `threshold` - 1, or a hidden number."""
    return sentence("report.victims.pyramid.caption", sign=Sign("small"), most=Count(threshold - 1))


def _largest(cell: Cell, sex: str, age: str) -> Sentence:
    if not cell.value:
        return sentence("report.victims.pyramid.hidden")
    return sentence(
        "report.victims.pyramid.largest",
        sex=Label("sex", sex),
        age=Label("age_group", age),
        n=int(cell.value),
        low=int(cell.low or 0),
        high=int(cell.high or 0),
    )


def _age_cell(evidence: Evidence, sex: str, age: str) -> Cell:
    return evidence.counted("victims_sex_age", year=evidence.year, sex=sex, age_group=age)


def _pyramid_table(
    evidence: Evidence, title: Sentence, cells: Mapping[str, Mapping[str, Cell]]
) -> Table:
    columns = (
        Column("age", sentence("report.column.age"), "label"),
        *(column for sex in ("female", "male") for column in _sex_columns(sex)),
    )
    rows = tuple({"age": Label("age_group", age), **pair} for age, pair in cells.items())
    total = {sex: _age_cell(evidence, sex, "_all") for sex in ("female", "male")}
    note = sentence("report.victims.pyramid.other", n=int(left_out(evidence).value or 0))
    return Table(
        "pyramid", title, columns, rows, ({"age": Words("report.all"), **total},), note=note
    )


def _sex_columns(sex: str) -> tuple[Column, Column]:
    head = sentence(f"report.column.{sex}")
    between = sentence("report.column.fewest_most")
    return Column(sex, head, "count"), Column(f"{sex}_interval", between, "interval", of=sex)
