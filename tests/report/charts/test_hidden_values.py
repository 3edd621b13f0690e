"""A hidden value is nowhere in the drawing, and nothing in the drawing depends on it."""

from __future__ import annotations

import json

import pytest

from aiqyn.report.charts import draw

KINDS = (
    "trend_band",
    "pyramid",
    "ten_persons",
    "small_multiples",
    "tile_map",
    "verdict_bars",
    "dot_interval",
    "overlap",
    "model_shares",
)
HIDES = ("small", "hidden", "unknown", "not_asked", "refused")


@pytest.mark.parametrize("state", HIDES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_drawing_is_the_same_whatever_the_hidden_value_is(model, chart_with, kind, state):
    clean = draw(chart_with(kind, state), model, "kk")
    for held in (1, 3, 4177):
        leaky = draw(chart_with(kind, state, held), model, "kk")
        assert leaky.svg == clean.svg
        assert leaky.spec == clean.spec


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_of_a_hidden_row_is_not_in_the_file(model, chart_with, kind):
    drawing = draw(chart_with(kind, "hidden", 4177), model, "en", width="phone")
    assert "4177" not in drawing.svg.replace(",", "")
    assert "4177" not in json.dumps(drawing.spec)


def test_a_column_that_the_chart_does_not_know_does_not_travel_with_a_hidden_row(model, chart_with):
    chart = chart_with("verdict_bars", "small")
    rows = tuple({**row, "truth": 4177, "rate": 41.77} for row in chart.rows[1:])
    chart = type(chart)(
        "one", chart.kind, chart.title, None, chart.alt, (chart.rows[0], *rows), extra=chart.extra
    )
    assert "4177" not in json.dumps(draw(chart, model, "en").spec)
