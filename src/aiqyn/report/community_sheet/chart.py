"""All areas with their intervals, one of them in the colour of an estimate, as one static SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aiqyn.prevention.where_to_act import Span
from aiqyn.report.charts.lettering import text_width
from aiqyn.report.charts.marks import ticks
from aiqyn.report.charts.palette import colour, palette
from aiqyn.report.charts.svg import element, framed, line, words
from aiqyn.report.community_sheet.contents import Where, printed
from aiqyn.words import number, say

TOP, FOOT, GAP, EDGE, PHONE_END = 8.0, 30.0, 14.0, 6.0, 22.0  # px
WIDTH = {"page": 720, "phone": 328}  # px
ROW = {"page": 26, "phone": 46}  # px; on a phone the words stand over the mark
SIZE = 13.0  # px; letters
TICK = 5  # px; half the height of an interval's end
DIAMOND = 5.5  # px; half the width of a diamond
Width = Literal["page", "phone"]


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where things stand: the axis from `left` to `right`, rows of a height, marks in them."""

    width: Width
    left: float
    right: float
    scale: float
    bottom: float

    def x(self, value: float) -> float:
        """Where a value stands."""
        return self.left + value * self.scale

    def words_at(self, row: int) -> float:
        """Baseline of the row's words."""
        return TOP + ROW[self.width] * row + (17.5 if self.width == "page" else 14)

    def mark_at(self, row: int) -> float:
        """Middle of the row's mark."""
        return TOP + ROW[self.width] * row + (13 if self.width == "page" else 30)


def interval_chart(where: Where, own: str, lang: str, width: Width) -> str:
    """The chart; rows in the order of the codes, the page's own area heavier and in ochre."""
    spans = [printed(area.expected) for area in where.areas]
    names = [where.name(area.code, lang) for area in where.areas]
    values = [_value(span, lang) for span in spans]
    axis = ticks(max(span.high for span in spans), 5 if width == "page" else 3, whole=True)
    end = max(axis[-1], max(span.high for span in spans))
    plot = _plot(names, values, end, width)
    body = [_grid(v, plot, lang) for v in axis]
    for row, (area, span) in enumerate(zip(where.areas, spans, strict=True)):
        main = area.code == own
        body.append(_row_words(names[row], values[row], plot, row, main=main))
        body.append(_mark(span, plot, row, main=main))
    title, told = say("where.chart.title", lang), _described(names, values)
    size = (WIDTH[width], plot.bottom + FOOT)
    return framed("".join(body), *size, scope=f"areas-{width}", title=title, description=told)


def _plot(names: Sequence[str], values: Sequence[str], end: float, width: Width) -> _Plot:
    left, right = EDGE, WIDTH[width] - PHONE_END
    if width == "page":
        left = max(text_width(n, SIZE, bold=True) for n in names) + GAP
        right = WIDTH[width] - max(text_width(v, SIZE, bold=True) for v in values) - GAP
    return _Plot(width, left, right, (right - left) / end, TOP + ROW[width] * len(names))


def _grid(value: float, plot: _Plot, lang: str) -> str:
    x = plot.x(value)
    style = {"fill": colour("ink_2"), "text_anchor": "middle"}
    label = words(number(value, lang), x, plot.bottom + 20, SIZE, **style)
    return line(x, TOP, x, plot.bottom, stroke=colour("axis" if value == 0 else "grid")) + label


def _row_words(name: str, value: str, plot: _Plot, row: int, *, main: bool) -> str:
    style = {"fill": colour("ink"), "font_weight": "700" if main else "400"}
    y, end = plot.words_at(row), WIDTH[plot.width]
    start = 0.0 if plot.width == "page" else plot.left + EDGE  # right of the axis' line
    return words(name, start, y, SIZE, **style) + words(
        value, end, y, SIZE, text_anchor="end", **style
    )


def _mark(span: Span, plot: _Plot, row: int, *, main: bool) -> str:
    """A dashed interval with its ends and an open diamond: an estimate, never found persons."""
    series = palette()["series"]["estimated"]
    paint = series["colour"] if main else colour("ink_2")
    middle = plot.mark_at(row)
    low, value, high = (plot.x(v) for v in (span.low, span.value, span.high))
    style = {"stroke": paint, "stroke_width": 2.6 if main else 1.6}
    dash = " ".join(map(str, series["dash"]))
    parts = [line(low, middle, high, middle, stroke_dasharray=dash, **style)]
    parts += [line(x, middle - TICK, x, middle + TICK, **style) for x in (low, high)]
    d = DIAMOND + main
    corners = ((value, middle - d), (value + d, middle), (value, middle + d), (value - d, middle))
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return "".join([*parts, element("polygon", points=points, fill=colour("paper"), **style)])


def _value(span: Span, lang: str) -> str:
    low, high = number(span.low, lang), number(span.high, lang)
    return f"{number(span.value, lang)} ({low}–{high})"


def _described(names: Sequence[str], values: Sequence[str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))
