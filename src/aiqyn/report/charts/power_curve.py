"""Power curve: how often a change of each size would be seen, were it there."""

from __future__ import annotations

from collections.abc import Callable

from aiqyn import words as catalogue
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import label_width
from aiqyn.report.charts.marks import safe_rows
from aiqyn.report.charts.palette import Width, chart_width, colour, type_size
from aiqyn.report.charts.svg import element, line, words
from aiqyn.report.model import Chart, ReportModel

HEIGHT = {"page": 190, "phone": 180, "print": 180}  # plot, px
TOP, FOOT = 24, 44
WANTED = 0.8  # power by convention
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
DOT = 4.5


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out; `extra["expected"]` is the change that the programme hoped for."""
    rows = sorted(safe_rows(chart.rows), key=lambda row: row["effect"])
    total, foot = chart_width(chart.kind, width), TOP + HEIGHT[width]
    left = label_width([catalogue.percent(1.0, lang)]) + 10
    first, last = min(rows[0]["effect"], 0.0), max(rows[-1]["effect"], 0.0)

    def x_of(effect: float) -> float:
        return float(left + 8 + (effect - first) / (last - first) * (total - left - 24))

    def y_of(power: float) -> float:
        return foot - power * HEIGHT[width]

    points = [(x_of(row["effect"]), y_of(row["value"])) for row in rows]
    body = [_grid(left, total, y_of(0.0), HEIGHT[width], lang)]
    body += [_expected(chart.extra.get("expected"), first, last, x_of, foot, total, lang)]
    ink = colour("petrol")
    path = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    body.append(element("polyline", points=path, fill="none", stroke=ink, stroke_width=2.4))
    body += [element("circle", cx=x, cy=y, r=DOT, fill=ink) for x, y in points]
    every = [step / 5 for step in range(-4, 5)]
    body += [
        _small(catalogue.percent(e, lang), x_of(e), foot + 17, text_anchor="middle")
        for e in every
        if first <= e <= last
    ]
    title = catalogue.say("charts.power_curve.axis", lang)
    body.append(_small(title, (left + total) / 2, foot + 36, text_anchor="middle"))
    return Sheet(total, foot + FOOT, body="".join(body))


def _grid(left: float, right: float, foot: float, height: float, lang: str) -> str:
    parts = []
    for share in SHARES:
        y = foot - share * height
        wanted = share == WANTED
        style = {"stroke": colour("ink_2" if wanted else "grid"), "stroke_width": 1.2}
        dash = {"stroke_dasharray": "5 3"} if wanted else {}
        parts.append(line(left, y, right, y, **style, **dash))
        parts.append(_small(catalogue.percent(share, lang), left - 6, y + 4, text_anchor="end"))
    return element("g", *parts)


def _expected(
    expected: float | None, first: float, last: float, x_of: Callable[[float], float],
    foot: float, right: float,
    lang: str,
) -> str:  # fmt: skip
    """A dotted vertical at the change that was hoped for, where the curve shows it."""
    if expected is None or not first <= expected <= last:
        return ""
    x = float(x_of(expected))
    rule = line(x, TOP - 6, x, foot, stroke=colour("ink_2"), stroke_width=1.2,
                stroke_dasharray="1.5 3")  # fmt: skip
    text = catalogue.say("charts.power_curve.expected", lang)
    ends = x + 6 + label_width([text], type_size("small")) > right
    at = (x - 6, "end") if ends else (x + 6, None)
    return rule + _small(text, at[0], TOP - 8, text_anchor=at[1])


def _small(text: str, x: float, y: float, **more: object) -> str:
    return words(text, x, y, type_size("small"), fill=colour("ink_2"), **more)
