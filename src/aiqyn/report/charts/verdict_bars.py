"""Verdict bars: the same records under each definition, and how far the unknown ones reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import expression, row_plan, spread, type_sizes
from aiqyn.report.charts.lettering import text_width
from aiqyn.report.charts.marks import (
    Row,
    box_style,
    in_order,
    is_shown,
    safe_rows,
    ticks,
)
from aiqyn.report.charts.palette import Width, chart_width, colour, palette, type_size
from aiqyn.report.charts.vega import filled, rows_with_paint
from aiqyn.report.model import Chart, ReportModel

BAR = 38  # px; the height of a bar
UNDER = 9  # px from the bar to the line of its bounds
GAP = {"page": 28, "phone": 26, "print": 28}  # px from one bar to the next label or bar
HEAD = 12  # px over the first bar
TOP, FOOT, RIGHT = 4, 28, 20  # px over, under and right of the plot
EDGE = 6  # px at the left of a phone, so that the 0 of the axis is whole
FIT = 8  # px of air that a number needs inside its segment
LIFT = 8  # px over the bar where the number of a narrow segment stands
SMALLEST_BOX = 0.03  # of the longest bar, so that a hidden segment can be seen


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out; `extra["bounds"]` lists ``{"definition", "low", "high"}`` in records."""
    rows = safe_rows(chart.rows)
    codes = in_order((row["definition"] for row in rows), ())
    names = [voice.label("definition", code, lang, model) for code in codes]
    total, stacked = chart_width(chart.kind, width), width == "phone"
    room = total - 8 if stacked else type_size("label_room")
    air = LIFT + 8 if stacked else 0
    plan = row_plan(names, content=BAR + air, gap=GAP[width], head=HEAD, room=room, stacked=stacked)
    tops = dict(zip(codes, (top + air for top in plan.tops), strict=True))
    left = plan.column or EDGE
    plot = total - left - RIGHT
    longest = max(sum(row["value"] or 0 for row in rows if row["definition"] == c) for c in codes)
    box = max(model.meta.threshold, SMALLEST_BOX * longest)
    segments = [s for code in codes for s in _segments(rows, code, tops[code], box)]
    end = max(s["to"] for s in segments)
    bounds = _bounds(chart.extra.get("bounds", ()), rows, tops)
    axis = [v for v in ticks(end, 6 if not stacked else 3) if v <= end]
    size = {
        **type_sizes(),
        "plot_width": plot,
        "plot_height": plan.height,
        "pixels": [plan.height, 0],
        "records": [0, end],
        "record_ticks": axis,
        "record_labels": expression({v: words.number(v, lang) for v in axis}),
        "label_align": "left" if stacked else "right",
        "label_x": -EDGE if stacked else -10,
    }
    marks = {
        "segments": segments,
        "bounds": bounds,
        "ends": [{"x": b[e], "at": b["at"]} for b in bounds for e in ("low", "high")],
        "refused": [
            {"x": (s["from"] + s["to"]) / 2, "at": s["top"] + BAR / 2}
            for s in segments
            if s["state"] == "refused"
        ],
        "texts": _texts(segments, end / plot, plot + RIGHT, lang, model),
        "labels": list(plan.labels),
    }
    spec = filled("verdict_bars", lang, size, marks)
    return Sheet(total, TOP + plan.height + FOOT, spec, left=left, top=TOP)


def _segments(rows: Sequence[Row], code: str, top: float, box: float) -> list[Row]:
    """The pieces of one bar from left to right; a hidden piece is as long as any other hidden."""
    verdicts, placed, start = list(palette()["verdict"]), [], 0.0
    own = sorted(
        (row for row in rows if row["definition"] == code),
        key=lambda row: verdicts.index(row["verdict"]),
    )
    for row in own:
        shown = is_shown(row)
        length = row["value"] if shown else box
        if not length:
            continue
        style = palette()["verdict"][row["verdict"]] if shown else _absent(row["state"])
        piece = {"from": start, "to": start + length, "top": top, "bottom": top + BAR}
        placed.append({**row, **piece, **rows_with_paint(style), "text_colour": style["text"]})
        start += length
    return placed


def _absent(state: str) -> Mapping[str, Any]:
    style = box_style("unknown" if state == "refused" else state)
    return {**style, "text": colour("ink")}


def _bounds(
    given: Iterable[Mapping[str, Any]], rows: Sequence[Row], tops: Mapping[str, float]
) -> list[Row]:
    """The line under each bar; none where it would give a hidden piece away."""
    hidden = {row["definition"] for row in rows if not is_shown(row)}
    return [
        {"low": b["low"], "high": b["high"], "at": tops[b["definition"]] + BAR + UNDER}
        for b in given
        if b["definition"] in tops and b["definition"] not in hidden
    ]


def _texts(
    segments: Sequence[Row], per_pixel: float, edge: float, lang: str, model: ReportModel
) -> list[Row]:
    """The number in each piece, or over it where it is too narrow; a refusal has its cross."""
    texts: list[Row] = []
    for bar in in_order((s["definition"] for s in segments), ()):
        pieces = [s for s in segments if s["definition"] == bar and s["state"] != "refused"]
        own = [_number(piece, per_pixel, lang, model) for piece in pieces]
        lifted = [entry for entry in own if entry["lifted"]]
        step = max((entry["own"] for entry in lifted), default=0) + FIT
        end = edge - (lifted[-1]["own"] / 2 if lifted else 0)
        apart = spread([entry["x"] / per_pixel for entry in lifted], step, end)
        for entry, x in zip(lifted, apart, strict=True):
            entry["x"] = x * per_pixel
        texts += own
    return texts


def _number(piece: Row, per_pixel: float, lang: str, model: ReportModel) -> Row:
    shown = is_shown(piece)
    text = words.number(piece["value"], lang) if shown else voice.sign(piece["state"], model)
    own = text_width(text, type_size("label"), bold=True)
    lifted = (piece["to"] - piece["from"]) / per_pixel < own + FIT
    return {
        "x": (piece["from"] + piece["to"]) / 2,
        "at": piece["top"] - LIFT if lifted else piece["top"] + BAR / 2,
        "text": text,
        "colour": colour("ink") if lifted else piece["text_colour"],
        "halo": not lifted and piece["fill"].startswith("url"),
        "lifted": lifted,
        "own": own,
    }
