"""Trend with band: what was found as a line, what is estimated as a band, on one axis from zero."""

from __future__ import annotations

from aiqyn import words
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import expression, label_width, type_sizes
from aiqyn.report.charts.marks import safe_rows, ticks, tops
from aiqyn.report.charts.palette import Width, chart_width
from aiqyn.report.charts.runs import (
    box_width,
    year_axis,
)
from aiqyn.report.charts.trend_band_marks import (
    ARROW,
    changes_of,
    is_bound,
    last_values,
    marks_of,
)
from aiqyn.report.charts.vega import filled
from aiqyn.report.model import Chart, ReportModel

HEIGHT = {"page": 330, "phone": 270, "print": 280}  # plot, px
TOP, FOOT = 14, 26  # px over the plot (numbered circles) and under it (years)
BEFORE, AFTER = 0.4, 0.12  # years of room before the first mark and after the last


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out: `extra["events"]` lists ``{"mark", "year"}`` of changed detection."""
    rows = sorted(safe_rows(chart.rows), key=lambda row: row["year"])
    highest = [*tops(rows), *(row["low"] / (1 - ARROW) for row in rows if is_bound(row))]
    axis = ticks(max(highest, default=1), 3)
    total, height = chart_width(chart.kind, width), HEIGHT[width]
    years = [row["year"] for row in rows]
    per_pixel = axis[-1] / height
    last = last_values(rows, lang, per_pixel)
    left = label_width([words.number(v, lang) for v in axis]) + 8
    plot = total - left - label_width([row["text"] for row in last], 14, bold=True) - 12
    year_width = plot / (max(years) - min(years) + BEFORE + AFTER)
    marks = marks_of(rows, axis, per_pixel, year_width, model)
    marks["last"] = last
    marks["changes"] = changes_of(chart.extra.get("events", ()), axis[-1], per_pixel, year_width)
    size = {
        **type_sizes(),
        "plot_width": plot,
        "plot_height": height,
        "years": [min(years) - BEFORE, max(years) + AFTER],
        "persons": [0, axis[-1]],
        "person_ticks": axis,
        "person_labels": expression({v: words.number(v, lang) for v in axis}),
        **year_axis(years, plot),
        "diamond": 60 if width == "phone" else 75,
        "box": box_width(year_width),
        "circle": 45 if width == "phone" else 65,
    }
    spec = filled("trend_band", lang, size, marks)
    return Sheet(total, TOP + height + FOOT, spec, left=left, top=TOP)
