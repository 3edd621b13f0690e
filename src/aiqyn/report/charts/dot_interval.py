"""Dot and interval: one row a method or a list left out, in an order fixed before the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import expression, label_width, row_plan, type_sizes
from aiqyn.report.charts.marks import (
    Row,
    box_style,
    interval_of,
    is_shown,
    safe_rows,
    ticks,
    tops,
)
from aiqyn.report.charts.palette import Width, chart_width, colour, palette, type_size
from aiqyn.report.charts.vega import filled, rows_with_paint
from aiqyn.report.model import Chart, ReportModel

ROW = 20  # px; the height of a row's marks
GAP = {"page": 22, "phone": 12, "print": 20}  # px between rows
HEAD = {"page": 16, "phone": 6, "print": 14}  # px over the first row
TOP, FOOT = 4, 28  # px over and under the plot
BOX = 0.05  # of the axis; the length of the box of an absent value, whatever the value
ARROW = 0.16  # of the axis; how far the arrow of a lower bound reaches
EDGE = 6  # px at the left of a phone, so that the 0 of the axis is whole
PHONE_END = 12  # px kept free at the right of a phone's plot


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out.

    `extra`: ``code_list`` of the rows' codes, ``band`` ``{"low", "high"}`` of the printed estimate,
    ``unit`` of the values (persons). A row may give ``refusal`` (the code of the reason) and
    ``series`` (estimated). An upper end that is None is a lower bound only.
    """
    rows = safe_rows(chart.rows)
    unit = chart.extra.get("unit", "persons")
    names = [voice.label(chart.extra["code_list"], row["code"], lang, model) for row in rows]
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
    highest = max(tops(rows), default=1)
    axis = ticks(highest, 4 if stacked else 5, whole=unit == "persons")
    end = highest * 1.03
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
    marks = {
        **_marks(rows, middles, end),
        "band": _band(chart, rows, pieces),
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


def _marks(rows: Sequence[Row], middles: Sequence[float], end: float) -> dict[str, list[Row]]:
    placed = [{**row, "at": at, **_look(row)} for row, at in zip(rows, middles, strict=True)]
    shown = [row for row in placed if is_shown(row)]
    open_ = [row for row in shown if _is_lower_bound(row)]
    closed = [
        {**row, **dict(zip(("low", "high"), interval_of(row), strict=True))}
        for row in shown
        if not _is_lower_bound(row)
    ]
    arrows = [{**row, "x": row["low"] + ARROW * end} for row in open_]
    return {
        "intervals": [*closed, *({**row, "high": row["x"]} for row in arrows)],
        "ends": [
            *({**row, "x": row[e]} for row in closed for e in ("low", "high")),
            *({**row, "x": row["low"]} for row in open_),
        ],
        "dots": closed,
        "arrows": arrows,
        "boxes": [
            _box(row, end) for row in placed if not is_shown(row) and row["state"] != "refused"
        ],
        "refused": [
            {"x": BOX * end / 2, "at": row["at"]} for row in placed if row["state"] == "refused"
        ],
    }


def _is_lower_bound(row: Row) -> bool:
    return row.get("low") is not None and row.get("high") is None


def _look(row: Row) -> Row:
    """The main row in its series' colour and heavier, the others in grey ink."""
    series = palette()["series"][row.get("series", "estimated")]
    main = bool(row.get("main"))
    own = series["colour"] if main or series["filled"] else colour("ink_2")
    return {
        "colour": own,
        "fill": own if series["filled"] else colour("paper"),
        "shape": series["shape"],
        "dash": series["dash"],
        "weight": 3 if main else 1.8,
        "size": 110 if main else 70,
    }


def _band(chart: Chart, rows: Sequence[Row], pieces: Sequence[tuple[float, float]]) -> list[Row]:
    """The interval of the printed estimate behind the marks, with a line at its value.

    None where that estimate is hidden: its band would give it away.
    """
    main = next((row for row in rows if row.get("main")), {"state": "shown"})
    given = chart.extra.get("band") or main
    if not is_shown(main) or given.get("low") is None or given.get("high") is None:
        return []
    ends = {"low": given["low"], "high": given["high"], "value": main.get("value")}
    return [{**ends, "top": top, "bottom": bottom} for top, bottom in pieces]


def _box(row: Row, end: float) -> Row:
    edges = {"from": 0, "to": BOX * end, "top": row["at"] - ROW / 2, "bottom": row["at"] + ROW / 2}
    return {**edges, **rows_with_paint(box_style(row["state"]))}


def _text(row: Row, unit: str, lang: str, model: ReportModel) -> str:
    if row["state"] == "refused":
        code = row.get("refusal")
        key = "charts.refused_with_code" if code else "charts.refused"
        return words.say(key, lang, **({"code": code} if code else {}))
    if not is_shown(row):
        return voice.sign(row["state"], model)
    value = voice.value_text(row["value"], unit, lang)
    if _is_lower_bound(row):
        return words.say("charts.or_more", lang, value=value)
    ends = interval_of(row)
    low, high = (voice.value_text(end, unit, lang) for end in ends)
    if unit == "share":
        low, high = (words.number(100 * end, lang) for end in ends)
    return f"{value} ({words.interval(low, high)})"


def _text_colour(row: Row) -> str:
    return colour("brick" if row["state"] == "refused" else "ink")
