"""Dot and interval: one row a method or a list left out, in an order fixed before the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.charts.dot_interval_marks import (
    ROW,
    band_of,
    highest,
    is_lower_bound,
    marks_of,
)
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import expression, label_width, row_plan, type_sizes
from aiqyn.report.charts.marks import (
    Row,
    interval_of,
    is_shown,
    row_name,
    safe_rows,
    ticks,
)
from aiqyn.report.charts.palette import Width, chart_width, colour, type_size
from aiqyn.report.charts.vega import filled
from aiqyn.report.model import Chart, ReportModel

GAP = {"page": 22, "phone": 12, "print": 20}  # px between rows
HEAD = {"page": 16, "phone": 6, "print": 14}  # px over the first row
TOP, FOOT = 4, 28  # px over and under the plot
EDGE = 6  # px at the left of a phone, so that the 0 of the axis is whole
PHONE_END = 12  # px kept free at the right of a phone's plot


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out.

    `extra`: ``code_list`` of the rows' codes, ``band`` ``{"low", "high"}`` of the printed estimate,
    ``unit`` of the values (persons). A row may give ``refusal`` (the code of the reason) and
    ``series`` (estimated). A row without a value is a range, one without an upper end a lower
    bound. An interval that ends far beyond the printed one leaves the plot as an arrow.
    """
    rows = safe_rows(chart.rows)
    unit = chart.extra.get("unit", "persons")
    names = [row_name(row, chart, lang, model) for row in rows]
    texts = [_text(row, unit, lang, model) for row in rows]
    total, stacked = chart_width(chart.kind, width), width == "phone"
    beside = label_width(texts) + 14
    room = total - beside if stacked else type_size("label_room")
    plan = row_plan(
        names, content=ROW, gap=GAP[width], head=HEAD[width], room=room, stacked=stacked
    )
    left = plan.column or EDGE
    plot = total - left - (PHONE_END if stacked else beside)
    middles = [top + ROW / 2 for top in plan.tops]
    top = highest(rows)
    axis = ticks(top, 4 if stacked else 5, whole=unit == "persons")
    end = top * 1.03
    axis = [v for v in axis if v <= end]
    size = {
        **type_sizes(),
        "plot_width": plot,
        "plot_height": plan.height,
        "pixels": [plan.height, 0],
        "values": [0, end],
        "value_ticks": axis,
        "value_labels": expression({v: voice.value_text(v, unit, lang) for v in axis}),
        "text_x": total - left - 2,
        "label_align": "left" if stacked else "right",
        "label_x": -EDGE if stacked else -10,
    }
    lines = _lines_of_texts(plan.labels, plan.tops, stacked=stacked)
    around = [(top - 3, top + ROW + 3) for top in plan.tops]
    pieces = around if stacked else [(0, plan.height)]
    band = band_of(chart, rows, pieces)
    marks = {
        **marks_of(rows, middles, end),
        "band": band,
        "band_middle": [piece for piece in band if piece["value"] is not None],
        "labels": list(plan.labels),
        "texts": [
            {"at": at, "text": text, "colour": _text_colour(row)}
            for row, text, at in zip(rows, texts, lines, strict=True)
        ],
    }
    spec = filled("dot_interval", lang, size, marks)
    return Sheet(total, TOP + plan.height + FOOT, spec, left=left, top=TOP)


def _lines_of_texts(
    labels: Sequence[Mapping[str, Any]], tops_: Sequence[float], *, stacked: bool
) -> list[float]:
    """Where the values are printed: beside the marks, or on a phone beside the label over them."""
    if not stacked:
        return [top + ROW / 2 for top in tops_]
    return [max(line["at"] for line in labels if line["at"] < top) for top in tops_]


def _text(row: Row, unit: str, lang: str, model: ReportModel) -> str:
    if row["state"] == "refused":
        code = row.get("refusal")
        key = "charts.refused_with_code" if code else "charts.refused"
        return words.say(key, lang, **({"code": code} if code else {}))
    if not is_shown(row):
        return voice.sign(row["state"], model)
    if is_lower_bound(row) or row["value"] is None:
        return voice.between_text(row["low"], row["high"], unit, lang)
    value = voice.value_text(row["value"], unit, lang)
    low, high = interval_of(row)
    if unit == "share":
        return f"{value} ({words.interval(*(words.number(100 * e, lang) for e in (low, high)))})"
    return f"{value} ({voice.between_text(low, high, unit, lang)})"


def _text_colour(row: Row) -> str:
    return colour("brick" if row["state"] == "refused" else "ink")
