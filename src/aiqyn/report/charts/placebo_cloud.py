"""Placebo cloud: the programme's effect among the same sums where there was no programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aiqyn import words as catalogue
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import label_width
from aiqyn.report.charts.marks import Row, safe_rows
from aiqyn.report.charts.palette import Width, chart_width, colour, type_size
from aiqyn.report.charts.signed_axis import SignedAxis, signed_axis
from aiqyn.report.charts.svg import element, line, words
from aiqyn.report.model import Chart, ReportModel

DOT, PITCH = 4.0, 9.5  # px; radius of a placebo, and the room it takes
CLOUD = 5  # placebos that at least fit above one another
LANE = 62  # px under the cloud for the programme and its name
TOP, FOOT = 8, 44


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out: one row is `main`, the programme; the others are placebos."""
    rows = safe_rows(chart.rows)
    main = [row for row in rows if row.get("main")]
    others = sorted(row["value"] for row in rows if not row.get("main"))
    total = chart_width(chart.kind, width)
    ends = [row[e] for row in main for e in ("low", "high") if row.get(e) is not None]
    axis = signed_axis([*others, *(row["value"] for row in main), *ends], 16, total - 16)
    columns = [round(axis.at(value) / PITCH) for value in others]
    high = max([CLOUD, *Counter(columns).values()])
    base = TOP + high * PITCH
    foot = base + LANE
    body = [_grid(axis, foot, lang), _cloud(columns, base)]
    body += [_own(row, axis, base + 24, lang, total) for row in main]
    title = catalogue.say("charts.placebo_cloud.axis", lang)
    body.append(_small(title, total / 2, foot + 36, text_anchor="middle"))
    return Sheet(total, round(foot + FOOT), body="".join(body))


def _grid(axis: SignedAxis, foot: float, lang: str) -> str:
    parts = []
    for tick in axis.ticks:
        x, zero = axis.at(tick), tick == 0
        ink, weight = colour("ink" if zero else "grid"), 1.4 if zero else 1
        parts.append(line(x, TOP, x, foot, stroke=ink, stroke_width=weight))
        parts.append(_small(axis.text(tick, lang), x, foot + 17, text_anchor="middle"))
    return element("g", *parts)


def _cloud(columns: Sequence[int], base: float) -> str:
    """Open circles, one above another where they would touch."""
    stacked: Counter[int] = Counter()
    parts = []
    for column in columns:
        y = base - (stacked[column] + 0.5) * PITCH
        stacked[column] += 1
        parts.append(
            element("circle", cx=column * PITCH, cy=y, r=DOT, fill=colour("paper"),
                    stroke=colour("axis"), stroke_width=1.4)
        )  # fmt: skip
    return element("g", *parts)


def _own(row: Row, axis: SignedAxis, y: float, lang: str, total: float) -> str:
    """The programme under the cloud: filled diamond, its interval, its name."""
    ink, x = colour("petrol"), axis.at(row["value"])
    style = {"stroke": ink, "stroke_width": 2.2}
    parts = []
    if row.get("low") is not None and row.get("high") is not None:
        low, high = axis.at(row["low"]), axis.at(row["high"])
        parts.append(line(low, y, high, y, **style))
        parts += [line(end, y - 6, end, y + 6, **style) for end in (low, high)]
    points = f"{x:.2f},{y - 7:.2f} {x + 7:.2f},{y:.2f} {x:.2f},{y + 7:.2f} {x - 7:.2f},{y:.2f}"
    parts.append(element("polygon", points=points, fill=ink))
    text = catalogue.say("charts.placebo_cloud.own", lang)
    half = label_width([text], bold=True) / 2
    middle = min(max(x, half + 2), total - half - 2)
    size = type_size("label")
    parts.append(words(text, middle, y + 25, size, text_anchor="middle", font_weight="bold",
                       fill=ink))  # fmt: skip
    return element("g", *parts)


def _small(text: str, x: float, y: float, **more: object) -> str:
    return words(text, x, y, type_size("small"), fill=colour("ink_2"), **more)
