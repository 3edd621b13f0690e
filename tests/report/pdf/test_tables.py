"""Tables as the template gets them."""

from __future__ import annotations

import pytest

from aiqyn.report.model import Cell, Column, Label, Table, Words, sentence
from aiqyn.report.pdf.speech import Speech
from aiqyn.report.pdf.tables import written

STATES = ("small", "hidden", "unknown", "not_asked", "refused")


def table(*cells: Cell, kind: str = "count") -> Table:
    columns = (
        Column("age", sentence("report.column.age"), "label"),
        Column("n", sentence("report.column.persons"), kind),
        Column("between", sentence("report.column.interval"), "interval", of="n"),
    )
    rows = tuple({"age": Label("age_group", "18-24"), "n": cell} for cell in cells)
    return Table("t", sentence("report.column.age"), columns, rows)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_each_absence_has_its_own_sign_and_its_words_below(samal, lang):
    made = written(table(*(Cell(state=state) for state in STATES)), Speech(samal, lang))
    signs = [row[1][0] for row in made["rows"]]
    assert len(set(signs)) == len(STATES)
    assert [sign for sign, _ in made["symbols"]] == signs
    assert all(row[2] == [""] for row in made["rows"])


def test_a_table_without_absences_explains_nothing(samal):
    assert written(table(Cell(0, "zero", 0, 3), Cell(4)), Speech(samal, "en"))["symbols"] == []


@pytest.mark.parametrize(
    ("lang", "value", "interval"),
    [
        ("kk", "12%", "10–14%"),
        ("ru", "12\u00a0%", "10–14\u00a0%"),
        ("en", "12%", "10–14%"),
    ],
)
def test_shares_and_their_intervals_are_written_as_the_language_does(samal, lang, value, interval):
    made = written(table(Cell(0.12, "shown", 0.1, 0.14), kind="share"), Speech(samal, lang))
    assert made["rows"][0][1:] == [[value], [interval]]


def test_an_open_upper_end_is_said_in_words(samal):
    made = written(table(Cell(980, "shown", 980, None)), Speech(samal, "en"))
    assert made["rows"][0][2] == ["980 or more"]


def test_only_a_long_table_may_break_between_pages(samal):
    assert not written(table(*[Cell(1)] * 24), Speech(samal, "en"))["long"]
    assert written(table(*[Cell(1)] * 25), Speech(samal, "en"))["long"]


def test_the_head_of_a_second_interval_does_not_repeat_its_value(samal):
    of = sentence("report.column.interval_of", what=Words("report.column.male"))
    twice = (*table().columns, Column("m", of, "interval", of="n"))
    made = written(Table("t", of, twice, ()), Speech(samal, "en"))
    assert made["columns"][-1]["head"] == "95% interval"
