"""Overlap of lists: a row a combination, a circle a list, a bar for the persons on just these.

The lists are named in steps over their columns, so that no name is turned or cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import ceil

from aiqyn import words as catalogue
from aiqyn.report import voice
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.legend import cross
from aiqyn.report.charts.lettering import capital, text_width, wrap
from aiqyn.report.charts.marks import Row, box_style, is_shown, safe_rows
from aiqyn.report.charts.palette import Width, chart_width, colour, palette, type_size
from aiqyn.report.charts.svg import element, line, rectangle, words
from aiqyn.report.model import Chart, ReportModel

COLUMN = {"page": 30, "phone": 22, "print": 28}  # px from one list to the next
ROWS = (26, 17)  # px from one row to the next: where there is room, and at the least
TALLEST = 860  # px; rows of many combinations stand closer, so that the chart fits a page
ON, OFF = 6.0, 2.4  # px; radius of a circle of a list that holds the persons, and that does not
STEP = 17  # px from one line of names to the next
SHORTEST_BOX = 18.0  # px; so that the box of an absent number can be seen
ZERO = 3.0  # px; the outline of a true zero


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out; `extra["lists"]` gives ``{"code", "name"}`` of each list, in order."""
    rows, lists = safe_rows(chart.rows), chart.extra["lists"]
    total = chart_width(chart.kind, width)
    places = {one["code"]: 8 + i * COLUMN[width] for i, one in enumerate(lists)}
    names = [capital(voice.slot_text(one["name"], lang, model)) for one in lists]
    head, top = _heads(names, list(places.values()), total)
    pitch = max(ROWS[1], min(ROWS[0], TALLEST / max(1, len(rows))))
    foot = top + pitch * len(rows)
    start = 8 + len(lists) * COLUMN[width]
    scale = _scale(rows, total - start, lang)
    drawn = [
        _row(row, places, (start, top + (i + 0.5) * pitch), pitch, scale, lang, model)
        for i, row in enumerate(rows)
    ]
    base = line(start, top, start, foot, stroke=colour("axis"), stroke_width=1)
    return Sheet(total, ceil(foot + 6), body=head + "".join(drawn) + base)


def _heads(names: Sequence[str], places: Sequence[float], total: float) -> tuple[str, float]:
    """The names in steps, each with a line down to its column; and where the rows begin."""
    size = type_size("label")
    lines = [wrap(name, total - x, size) for name, x in zip(names, places, strict=True)]
    tops = [0, *accumulate(len(block) * STEP for block in lines)]
    foot = tops[-1] + 8.0
    parts = []
    for block, x, top in zip(lines, places, tops, strict=False):
        for i, text in enumerate(block):
            parts.append(words(text, x - 5, top + 13 + i * STEP, size, fill=colour("ink")))
        under = top + len(block) * STEP + 1
        parts.append(line(x, under, x, foot, stroke=colour("rule"), stroke_width=1))
    return element("g", *parts), foot


def _scale(rows: Sequence[Row], room: float, lang: str) -> float:
    """Pixels a person, so that the longest bar and its number fit."""
    shown = [row["value"] for row in rows if is_shown(row)]
    most = max(shown, default=1) or 1
    number = text_width(catalogue.number(most, lang), type_size("label"), bold=True)
    return float((room - number - 16) / most)


def _row(
    row: Row,
    places: Mapping[str, float],
    corner: tuple[float, float],
    pitch: float,
    scale: float,
    lang: str,
    model: ReportModel,
) -> str:
    start, middle = corner
    circles = _circles(row, places, middle)
    if row["state"] == "refused":
        return element("g", circles, cross(start + 12, middle))
    length, style = _bar(row, scale, model)
    tall = pitch * 0.62
    bar = rectangle(start, middle - tall / 2, length, tall, style)
    shown = is_shown(row)
    text = catalogue.number(row["value"], lang) if shown else voice.sign(row["state"], model)
    number = words(
        text, start + length + 7, middle + 4.6, type_size("label"),
        font_weight="bold" if shown else None, fill=colour("ink"),
    )  # fmt: skip
    return element("g", circles, bar, number)


def _bar(row: Row, scale: float, model: ReportModel) -> tuple[float, Mapping[str, object]]:
    """Length and style; an absent number is as long as the threshold, whatever it is."""
    if row["state"] == "zero" or (is_shown(row) and not row["value"]):
        return ZERO, box_style("zero")
    if is_shown(row):
        return row["value"] * scale, {"fill": palette()["series"]["found"]["colour"]}
    return max(SHORTEST_BOX, model.meta.threshold * scale), box_style(row["state"])


def _circles(row: Row, places: Mapping[str, float], middle: float) -> str:
    """A filled circle for each list of the row, a small open one for the others."""
    own = [x for code, x in places.items() if code in row["lists"]]
    ink = palette()["series"]["found"]["colour"]
    joined = line(own[0], middle, own[-1], middle, stroke=ink, stroke_width=2) if own else ""
    circles = [
        element("circle", cx=x, cy=middle, r=ON, fill=ink)
        if x in own
        else element("circle", cx=x, cy=middle, r=OFF, fill=colour("paper"),
                     stroke=colour("axis"), stroke_width=1)
        for x in places.values()
    ]  # fmt: skip
    return joined + "".join(circles)
