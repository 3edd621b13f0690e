"""Absence is drawn: six drawings, none a blank, none mistaken for another."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from aiqyn.report.charts import draw

KINDS = (
    *("trend_band", "pyramid", "small_multiples", "tile_map", "verdict_bars", "dot_interval"),
    *("overlap", "model_shares"),
)
STATES = ("small", "hidden", "unknown", "not_asked", "refused")
SIGNS = {"small": "&lt;5", "hidden": "x", "unknown": "…", "not_asked": "—"}


def picture(model, chart, width="page"):
    """The drawing without its words for screen readers."""
    return re.sub(r"<(title|desc)[^>]*>.*?</\1>", "", draw(chart, model, "en", width=width).svg)


@pytest.mark.parametrize("width", ["page", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_two_states_are_drawn_alike(model, chart_with, kind, width):
    drawn = {state: picture(model, chart_with(kind, state), width) for state in STATES}
    drawn["zero"] = picture(model, chart_with(kind, "zero", 0), width)
    for one, other in combinations(drawn, 2):
        assert drawn[one] != drawn[other], f"{one} looks like {other}"


@pytest.mark.parametrize("kind", KINDS)
def test_few_and_hidden_differ_by_their_sign_alone(model, chart_with, kind):
    few = picture(model, chart_with(kind, "small"))
    hidden = picture(model, chart_with(kind, "hidden"))
    assert ">&lt;5<" in few
    # The label column or the place of a sign may move with its width; the boxes may not.
    boxes = re.compile(r'<(?:path|rect)[^>]*fill="url[^>]*>')
    shapes = [re.sub(r'd="M[-\d.]+,[-\d.]+', "", b) for b in boxes.findall(few)]
    assert shapes
    assert shapes == [re.sub(r'd="M[-\d.]+,[-\d.]+', "", b) for b in boxes.findall(hidden)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", SIGNS)
def test_each_absence_prints_its_sign(model, chart_with, kind, state):
    assert f">{SIGNS[state]}<" in picture(model, chart_with(kind, state))


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_is_a_cross_in_brick_and_nothing_else_is_brick(model, chart_with, kind):
    assert "#8F2D24" in picture(model, chart_with(kind, "refused"))
    for state in SIGNS:
        assert "#8F2D24" not in picture(model, chart_with(kind, state))


def test_a_line_is_broken_where_a_year_is_absent(model, chart_with):
    chart = chart_with("trend_band", "refused")
    spec = draw(chart, model, "en").spec
    found = [(row["year"], row["run"]) for row in spec["datasets"]["found"]]
    runs = dict(found)
    assert runs[2019] == runs[2020] != runs[2022]


def test_a_true_zero_stays_in_the_line(model, chart_with):
    spec = draw(chart_with("trend_band", "zero", 0), model, "en").spec
    assert len({row["run"] for row in spec["datasets"]["found"]}) == 1
    assert 0 in [row["value"] for row in spec["datasets"]["found"]]


def test_the_line_of_bounds_is_left_out_where_it_would_open_a_hidden_piece(model, chart_with):
    assert draw(chart_with("verdict_bars", "hidden"), model, "en").spec["datasets"]["bounds"] == []
    shown = chart_with("verdict_bars", "shown", 12)
    assert draw(shown, model, "en").spec["datasets"]["bounds"] != []
