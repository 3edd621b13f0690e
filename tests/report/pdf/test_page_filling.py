"""A table goes before its chart only where that fills the page before."""

from __future__ import annotations

from aiqyn.report.pdf.page_filling import WORTH, filled

ROOM = 250  # mm of a page in this small world


def report(*heights, rows=WORTH):
    """One chapter of a text, a chart and its table, each so many millimetres tall."""
    kinds = ("Paragraph", "Chart", "Table")
    blocks = [
        {"is": kind, "place": kind, "tall": tall, "tabled": True, "rows": [[]] * rows}
        for kind, tall in zip(kinds, heights, strict=True)
    ]
    return {"chapters": [{"together": 1, "blocks": blocks}]}


def places(manuscript):
    """Blocks set one under another, none of them broken."""
    page, top, found = 1, 0, {}
    for block in manuscript["chapters"][0]["blocks"]:
        if top + block["tall"] > ROOM:
            page, top = page + 1, 0
        found[block["place"]] = (page, top)
        top += block["tall"]
    return found


def order(manuscript):
    return [block["is"] for block in manuscript["chapters"][0]["blocks"]]


def test_a_table_fills_the_room_that_its_chart_leaves():
    assert order(filled(report(150, 110, 70), places)) == ["Paragraph", "Table", "Chart"]


def test_the_order_stays_where_the_chart_fits():
    assert order(filled(report(100, 110, 70), places)) == ["Paragraph", "Chart", "Table"]


def test_the_order_stays_where_the_table_would_not_fit_either():
    assert order(filled(report(200, 110, 70), places)) == ["Paragraph", "Chart", "Table"]


def test_a_table_of_few_rows_is_not_worth_the_other_order():
    short = report(150, 110, 70, rows=WORTH - 1)
    assert order(filled(short, places)) == ["Paragraph", "Chart", "Table"]


def test_the_manuscript_given_is_not_changed():
    given = report(150, 110, 70)
    filled(given, places)
    assert order(given) == ["Paragraph", "Chart", "Table"]
