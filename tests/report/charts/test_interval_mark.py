"""The mark of a key figure: ticks, line, dot; an absent value keeps its size to itself."""

from __future__ import annotations

import re

import pytest

from aiqyn.report.charts import interval_mark
from aiqyn.report.model import Number

FOUND = Number("n-1", 412, "persons", 398, 427, 0.95)
ESTIMATED = Number("n-2", 2060, "persons", 1450, 2900, 0.95, kind="estimated")


def test_found_is_a_solid_line_with_a_filled_circle():
    svg = interval_mark(FOUND, "kk")
    assert "<circle" in svg
    assert "#0B4F5C" in svg
    assert "stroke-dasharray" not in svg
    assert ">398–427<" in svg


def test_estimated_is_a_dashed_line_with_an_open_diamond():
    svg = interval_mark(ESTIMATED, "kk")
    assert "<circle" not in svg
    assert "polygon" in svg
    assert 'fill="#FFFFFF"' in svg
    assert "stroke-dasharray" in svg
    assert ">1\u00a0450<" in svg
    assert ">2\u00a0900<" in svg


def test_the_mark_stands_where_the_value_stands_on_its_scale():
    share = Number("n-3", 0.25, "share", 0.2, 0.5, 0.95)
    x = float(re.search(r'cx="([\d.]+)"', interval_mark(share, "en")).group(1))
    assert x == pytest.approx(8 + 0.25 * (248 - 16))


def test_a_lower_bound_is_one_tick_and_an_arrow():
    bound = Number("n-4", 980, "persons", 980, None, kind="lower_bound")
    svg = interval_mark(bound, "ru")
    assert "не менее 980" in svg
    assert "polygon" in svg


@pytest.mark.parametrize("state", ["small", "hidden", "unknown", "not_asked", "refused"])
def test_an_absent_value_has_a_box_or_a_cross_and_no_scale(state):
    svg = interval_mark(Number("n-5", None, "persons", state=state), "kk")
    assert ("<rect" in svg) == (state != "refused")
    assert "#D9DEE0" not in svg


def test_few_and_hidden_have_a_box_of_the_same_length():
    few, hidden = (
        interval_mark(Number("n-6", None, "persons", state=state), "en")
        for state in ("small", "hidden")
    )
    boxes = re.compile(r"<rect[^>]*stroke-dasharray[^>]*/>")
    assert boxes.findall(few) == boxes.findall(hidden) != []


def test_a_screen_reader_hears_the_value_and_its_interval():
    assert "412; 95% анықсыздық аралығы: 398–427" in interval_mark(FOUND, "kk")


def test_two_marks_of_one_number_on_a_page_have_ids_of_their_own():
    ids = [
        set(re.findall(r'\bid="([^"]+)"', interval_mark(FOUND, "en", scope=scope)))
        for scope in ("opening", "chapter-2")
    ]
    assert ids[0].isdisjoint(ids[1])
