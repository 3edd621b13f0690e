from __future__ import annotations

from aiqyn.report.html.grids import grid
from aiqyn.report.html.prose import Prose
from aiqyn.report.model import Cell, Column, Table, Words, sentence

HEADER = sentence("report.column.persons")


def written(samal, *cells, kind="count", lang="en"):
    columns = (
        Column("what", HEADER, "label"),
        Column("n", HEADER, kind),
        Column("between", HEADER, "interval", of="n"),
    )
    rows = tuple({"what": Words("report.all"), "n": cell} for cell in cells)
    return grid(Table("t", HEADER, columns, rows), Prose(samal, lang, {}))


def test_each_absence_has_its_sign_and_its_words(samal):
    states = ("small", "hidden", "unknown", "not_asked", "refused")
    rows = written(samal, *(Cell(state=state) for state in states)).rows
    assert [row[1].content.striptags() for row in rows] == ["<5", "x", "…", "—", "✕"]
    assert rows[0][1].content == '<abbr class="state small" title="1 to 4 persons">&lt;5</abbr>'
    assert all(row[2].content == "" for row in rows)


def test_a_true_zero_is_a_number_with_its_upper_bound(samal):
    (row,) = written(samal, Cell(0.0, "zero", 0.0, 1.2), kind="rate").rows
    assert [cell.content for cell in row[1:]] == ["0.0", "0.0–1.2"]


def test_an_interval_stands_in_its_own_column_rounded_as_its_value(samal):
    rows = written(samal, Cell(1234, "shown", 1200, 1300), lang="kk").rows
    assert [cell.content for cell in rows[0][1:]] == ["1\u00a0234", "1\u00a0200–1\u00a0300"]
    rows = written(samal, Cell(0.27, "shown", 0.23, 0.31), kind="share", lang="ru").rows
    assert [cell.content for cell in rows[0][1:]] == ["27\u00a0%", "23–31\u00a0%"]


def test_a_lower_bound_says_or_more(samal):
    (row,) = written(samal, Cell(980, "shown", 980, None)).rows
    assert row[2].content == "980 or more"


def test_only_the_signs_in_use_are_explained(samal):
    assert written(samal, Cell(3, "shown"), Cell(0, "zero")).states == ()
    assert written(samal, Cell(state="small"), Cell(0, "zero")).states == ("zero", "small")


def test_a_table_has_a_caption_and_scopes(page):
    for table in page("en").all("table"):
        assert next(table.all("caption")).text
        assert all(th.attributes.get("scope") in ("col", "row") for th in table.all("th"))
