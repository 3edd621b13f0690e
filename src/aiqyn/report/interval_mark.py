"""The mark of the house: an interval with its ends and its value, drawn under a key figure.

Found is petrol, solid, a filled circle; estimated is ochre, dashed, an open diamond; a lower bound
is one tick and an arrow. Places are per cent of the width, so that the mark fits any column.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from aiqyn import words
from aiqyn.report.model import Number
from aiqyn.report.voice import value_text

ROOM = 1.04  # the scale ends a little after the upper end of the interval
STEPS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
WIDE = 30  # per cent of the width from which each end has a label of its own
HALF = 50  # per cent: from here on the words of a bound stand to its left
EDGE = 14  # per cent: nearer to an end of the scale a label is set inward


@dataclass(frozen=True, slots=True)
class Tag:
    """A label under the mark: its place in per cent, which side it is anchored to, its text."""

    at: float
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class IntervalMark:
    """Where the mark's parts stand, in per cent of its width.

    `high` is None for a lower bound, `value` for a range and a lower bound.
    """

    kind: str
    value: float | None
    low: float
    high: float | None
    tags: tuple[Tag, ...]


def interval_mark(number: Number, lang: str) -> IntervalMark | None:
    """The mark of `number`; None where its state hides it."""
    if number.low is None:
        return None
    end = _scale_end(number)
    value = None if number.value is None else 100 * number.value / end
    low = 100 * number.low / end
    high = None if number.high is None else 100 * number.high / end
    kind = "lower_bound" if number.high is None else number.kind
    return IntervalMark(kind, value, low, high, _tags(number, lang, low, high))


def _tags(number: Number, lang: str, low: float, high: float | None) -> tuple[Tag, ...]:
    def text(value: float) -> str:
        return value_text(value, number.unit, lang)

    assert number.low is not None
    if number.high is None or high is None:
        bound = words.say("page.or_more", lang, value=text(number.low))
        return (Tag(round(low, 2), "end" if low > HALF else "start", bound),)
    if high - low >= WIDE:
        return (_tag(low, text(number.low)), _tag(high, text(number.high)))
    share = number.unit == "share"
    first = words.number(100 * number.low, lang) if share else text(number.low)
    return (_tag((low + high) / 2, words.interval(first, text(number.high))),)


def _tag(at: float, text: str) -> Tag:
    anchor = "start" if at < EDGE else "end" if at > 100 - EDGE else "middle"
    return Tag(round(at, 2), anchor, text)


def _scale_end(number: Number) -> float:
    """A round end of the scale, which starts at zero; shares run to the whole."""
    if number.unit == "share":
        return 1.0
    top = max(v for v in (number.value, number.low, number.high, 1e-9) if v is not None) * ROOM
    power = 10.0 ** floor(log10(top))
    return next(step * power for step in STEPS if step * power >= top)
