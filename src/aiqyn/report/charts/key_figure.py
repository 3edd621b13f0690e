"""The interval under a key figure: ticks, line, mark; the sign of the whole observatory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiqyn import words as catalogue
from aiqyn.report import voice
from aiqyn.report.charts.legend import cross, diamond
from aiqyn.report.charts.lettering import text_width
from aiqyn.report.charts.marks import box_style, sign, ticks
from aiqyn.report.charts.palette import colour, palette
from aiqyn.report.charts.svg import element, framed, line, rectangle, slug, words
from aiqyn.report.model import Number

Place = Callable[[float], float]

WIDTH, HEIGHT = 248, 44  # px
EDGE = 8  # px left and right of the scale
LINE_Y, TEXT_Y = 14, 38  # px; the line, the foot of the ends' numbers
TICK = 7  # px; half the height of an end
TYPE = 13  # px
BOX = 44  # px; the box of an absent value, whatever the value
ARROW = 96  # px; how far the arrow of a lower bound reaches
OPEN = 1.6  # how much longer the scale is than a lower bound, so that its arrow has room
APART = 10  # px between the numbers of the two ends


def interval_mark(number: Number, lang: str, *, top: float | None = None, scope: str = "") -> str:
    """The interval of `number` as a small picture on a scale from zero.

    Parameters
    ----------
    top : the right end of the scale in the number's unit; None takes 1 for a share, else the
        next round number.
    scope : keeps ids apart where a number is drawn twice on a page.
    """
    return framed(
        element("g", _mark(number, lang, top)),
        WIDTH,
        HEIGHT,
        scope=slug("interval", number.id, lang, scope),
        title=catalogue.say("charts.interval.name", lang),
        description=_description(number, lang),
    )


def _scale() -> str:
    style = {"stroke": colour("rule"), "stroke_width": 1}
    return element(
        "g",
        line(EDGE, LINE_Y, WIDTH - EDGE, LINE_Y, **style),
        line(EDGE, LINE_Y - 4, EDGE, LINE_Y + 4, stroke=colour("axis"), stroke_width=1),
    )


def _mark(number: Number, lang: str, top: float | None) -> str:
    if number.state == "refused":
        text = catalogue.say("charts.refused", lang)
        word = words(text, EDGE + 18, LINE_Y + 4.5, TYPE, fill=colour("brick"))
        return cross(EDGE + 7, LINE_Y) + word
    if number.state not in ("shown", "zero"):
        box = rectangle(EDGE, LINE_Y - 10, BOX, 20, box_style(number.state))
        ink = colour("ink")
        return box + words(sign(number.state), EDGE + BOX + 6, LINE_Y + 4.5, TYPE, fill=ink)
    if number.high is None:
        return _scale() + _lower_bound(number, lang, top)
    return _scale() + _interval(number, lang, top)


def _interval(number: Number, lang: str, top: float | None) -> str:
    value = number.value or 0.0
    low = value if number.low is None else number.low
    high = value if number.high is None else number.high
    series = _series(number)
    ink, at = series["colour"], _place(number, top)
    dash = "5 3" if not series["filled"] else None
    between = line(
        at(low), LINE_Y, at(high), LINE_Y, stroke=ink, stroke_width=2.4, stroke_dasharray=dash
    )
    dot = element("circle", cx=at(value), cy=LINE_Y, r=5, fill=ink)
    point = dot if series["filled"] else diamond(at(value), LINE_Y, 6.5, ink)
    return between + _end(at(low), ink) + _end(at(high), ink) + point + _ends_text(number, at, lang)


def _lower_bound(number: Number, lang: str, top: float | None) -> str:
    low = number.low if number.low is not None else number.value or 0.0
    ink, x = _series(number)["colour"], _place(number, top)(low)
    tip = min(x + ARROW, WIDTH - EDGE)
    shaft = line(x, LINE_Y, tip - 6, LINE_Y, stroke=ink, stroke_width=2.4)
    points = f"{tip:g},{LINE_Y} {tip - 9:g},{LINE_Y - 5} {tip - 9:g},{LINE_Y + 5}"
    text = catalogue.say("charts.or_more", lang, value=voice.value_text(low, number.unit, lang))
    return shaft + element("polygon", points=points, fill=ink) + _end(x, ink) + _text(text, x)


def _ends_text(number: Number, place: Place, lang: str) -> str:
    """The two ends under their ticks; as one range where they would touch."""
    together = voice.shown_interval(number, lang) or ""
    ends = (number.low or 0.0, number.high or 0.0)
    left, right = map(place, ends)
    if number.unit == "share":
        return _text(together, (left + right) / 2)
    low, high = (voice.value_text(end, number.unit, lang) for end in ends)
    if right - left < (text_width(low, TYPE) + text_width(high, TYPE)) / 2 + APART:
        return _text(together, (left + right) / 2)
    return _text(low, left) + _text(high, right)


def _text(text: str, middle: float) -> str:
    half = text_width(text, TYPE) / 2
    x = min(max(middle, half + 1), WIDTH - half - 1)
    return words(text, x, TEXT_Y, TYPE, text_anchor="middle", fill=colour("ink_2"))


def _end(x: float, ink: str) -> str:
    return line(x, LINE_Y - TICK, x, LINE_Y + TICK, stroke=ink, stroke_width=2.4)


def _series(number: Number) -> dict[str, Any]:
    name = "found" if number.kind == "counted" else "estimated"
    return dict(palette()["series"][name])


def _place(number: Number, top: float | None) -> Place:
    """A function from a value to its place on the scale."""
    highest = max(v for v in (number.value, number.low, number.high, 0.0) if v is not None)
    if number.high is None:
        highest *= OPEN
    end = top or (1.0 if number.unit == "share" else ticks(highest or 1, 3)[-1])
    return lambda value: round(EDGE + (WIDTH - 2 * EDGE) * value / end, 2)


def _description(number: Number, lang: str) -> str:
    if number.state not in ("shown", "zero"):
        return catalogue.say(f"charts.state.{number.state}", lang)
    value = voice.shown(number, lang)
    together = voice.shown_interval(number, lang)
    if together is None:
        return catalogue.say("charts.or_more", lang, value=value)
    return catalogue.say("charts.interval.alt", lang, value=value, interval=together)
