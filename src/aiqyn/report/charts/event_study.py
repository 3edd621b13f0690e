"""Event study: the effect by periods since the start, with intervals; before it, grey."""

from __future__ import annotations

from aiqyn import words as catalogue
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import label_width
from aiqyn.report.charts.marks import Row, safe_rows
from aiqyn.report.charts.palette import Width, chart_width, colour, type_size
from aiqyn.report.charts.signed_axis import SignedAxis, signed_axis
from aiqyn.report.charts.svg import element, line, words
from aiqyn.report.model import Chart, ReportModel

HEIGHT = {"page": 230, "phone": 220, "print": 220}  # plot, px
TOP, FOOT = 24, 44  # px over the plot (the word at the start) and under it (periods, axis title)
TICK = 5  # px; half the width of the end of an interval
DOT, DIAMOND = 4.5, 5.5  # px


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out: `event` counts periods from the start (negative before it)."""
    rows = sorted(safe_rows(chart.rows), key=lambda row: row["event"])
    total, height = chart_width(chart.kind, width), HEIGHT[width]
    foot = TOP + height
    ends = [row[end] for row in rows for end in ("low", "high")]
    axis = signed_axis(ends, foot, TOP)
    left = label_width([axis.text(tick, lang) for tick in axis.ticks]) + 10
    step = (total - left - 8) / len(rows)
    places = {row["event"]: left + (i + 0.5) * step for i, row in enumerate(rows)}
    body = [_grid(axis, left, total, lang), _start(places, step, foot, total, lang)]
    body += [_mark(row, places[row["event"]], axis) for row in rows]
    body += _periods(places, foot, step, lang)
    title = catalogue.say("charts.event_study.periods", lang)
    middle = (left + total) / 2
    body.append(_small(title, middle, foot + 36, text_anchor="middle"))
    return Sheet(total, foot + FOOT, body="".join(body))


def _grid(axis: SignedAxis, left: float, right: float, lang: str) -> str:
    parts = []
    for tick in axis.ticks:
        y, zero = axis.at(tick), tick == 0
        ink, weight = colour("ink" if zero else "grid"), 1.4 if zero else 1
        parts.append(line(left, y, right, y, stroke=ink, stroke_width=weight))
        parts.append(_small(axis.text(tick, lang), left - 6, y + 4, text_anchor="end"))
    return element("g", *parts)


def _start(places: dict[int, float], step: float, foot: float, right: float, lang: str) -> str:
    """The dotted vertical between the last period before the programme and the first under it."""
    after = [x for event, x in places.items() if event >= 0]
    if not after:
        return ""
    x = after[0] - step / 2
    rule = line(x, TOP - 6, x, foot, stroke=colour("ink_2"), stroke_width=1.2,
                stroke_dasharray="1.5 3")  # fmt: skip
    text = catalogue.say("charts.event_study.start", lang)
    fits = x + 6 + label_width([text], type_size("small")) < right
    place = {"x": x + 6, "text_anchor": None} if fits else {"x": x - 6, "text_anchor": "end"}
    return rule + _small(text, float(str(place["x"])), TOP - 8, text_anchor=place["text_anchor"])


def _mark(row: Row, x: float, axis: SignedAxis) -> str:
    before = row["event"] < 0
    ink = colour("ink_2" if before else "petrol")
    low, high, y = axis.at(row["low"]), axis.at(row["high"]), axis.at(row["value"])
    style = {"stroke": ink, "stroke_width": 1.6}
    whisker = line(x, low, x, high, **style)
    ends = "".join(line(x - TICK, end, x + TICK, end, **style) for end in (low, high))
    return element("g", whisker, ends, _dot(x, y, ink, before=before))


def _dot(x: float, y: float, ink: str, *, before: bool) -> str:
    if before:
        return element("circle", cx=x, cy=y, r=DOT, fill=ink)
    d = DIAMOND
    points = f"{x:.2f},{y - d:.2f} {x + d:.2f},{y:.2f} {x:.2f},{y + d:.2f} {x - d:.2f},{y:.2f}"
    return element("polygon", points=points, fill=ink)


def _periods(places: dict[int, float], foot: float, step: float, lang: str) -> list[str]:
    every = 1 if step >= 26 else 2
    return [
        _small(catalogue.number(event, lang), x, foot + 17, text_anchor="middle")
        for event, x in places.items()
        if event % every == 0
    ]


def _small(text: str, x: float, y: float, **more: object) -> str:
    return words(text, x, y, type_size("small"), fill=colour("ink_2"), **more)
