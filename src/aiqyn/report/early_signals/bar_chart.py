"""A signal's last year, bar by bar: small in the digest, whole on the card.

Found is a solid bar; over the expected range ochre with its number printed; reports still coming
hatched, with the delay-corrected diamond and its interval; expected is a line in a band.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from aiqyn.report.charts.palette import colour
from aiqyn.report.early_signals.bar_marks import (
    FOUND,
    area,
    band_colour,
    bar_mark,
    element,
    expected_mark,
    level,
    picture,
    whisker,
    words,
)
from aiqyn.signals.watching_country.bars import Bar

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 940, 270, 36, 30, 22
SPARK_WIDTH, SPARK_HEIGHT, SPARK_ROOM = 104, 30, 7
TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
MOST_TICKS = 6


def sparkline(bars: Sequence[Bar]) -> str:
    """Thirteen small bars over the expected band; a dot stands on those over it."""
    top = max(1, *(max(bar.found, bar.high) for bar in bars))
    step, scale = SPARK_WIDTH / len(bars), (SPARK_HEIGHT - SPARK_ROOM) / top
    band = max(2.0, bars[-1].high * scale)
    parts = [area(0, SPARK_HEIGHT - band, SPARK_WIDTH, band, band_colour())]
    for place, bar in enumerate(bars):
        x = place * step + 1
        parts.append(bar_mark(bar, x, SPARK_HEIGHT, step - 2, scale, "hatch-small"))
        if bar.over:
            high = SPARK_HEIGHT - bar.found * scale - 3.5
            parts.append(
                element("circle", cx=x + step / 2 - 1, cy=high, r=2.2, fill=colour("ochre_mark"))
            )
    return picture(SPARK_WIDTH, SPARK_HEIGHT, parts, "hatch-small")


def alarm_chart(bars: Sequence[Bar], labels: Sequence[str], axis: str, alt: str) -> str:
    """The chart of the card; `labels` stand under every second bar, `axis` says what they are."""
    top = max(1, *(max(bar.most, bar.high) for bar in bars))
    scale, step = (HEIGHT - TOP - BOTTOM) / top, (WIDTH - LEFT) / len(bars)
    floor = float(HEIGHT - BOTTOM)
    parts = [f"<title>{escape(alt)}</title><desc>{escape(axis)}</desc>", *_grid(top, scale, floor)]
    parts += [expected_mark(b, LEFT + k * step, step, floor, scale) for k, b in enumerate(bars)]
    for place, bar in enumerate(bars):
        x = LEFT + (place + 0.18) * step
        parts += _column(bar, x, step * 0.64, floor, scale)
        if place % 2 == 0:
            parts.append(words(x + step * 0.32, floor + 18, labels[place], "ink_2"))
    return picture(WIDTH, HEIGHT, [*parts, level(LEFT, WIDTH, floor, "ink")], "hatch", alt)


def legend_marks() -> tuple[str, ...]:
    """Pictures of the legend: found, over, reports coming, corrected, expected."""
    coming = area(0.5, 2.5, 17, 11, "url(#hatch-key)", stroke=colour("ochre_text"))
    marks = (
        area(0, 2, 18, 12, FOUND),
        area(0, 2, 18, 12, colour("ochre_mark")),
        coming,
        whisker(9, 1, 15, 8),
        area(0, 2, 18, 12, band_colour()) + level(0, 18, 8, "petrol"),
    )
    return tuple(picture(18, 16, [mark], "hatch-key") for mark in marks)


def _column(bar: Bar, x: float, wide: float, floor: float, scale: float) -> Iterator[str]:
    """The bar, its number where it is over, and its correction where reports still come."""
    middle, top = x + wide / 2, floor - bar.found * scale
    yield bar_mark(bar, x, floor, wide, scale, "hatch")
    if not bar.whole:
        ends = (floor - n * scale for n in (bar.most, bar.least, bar.middle))
        yield whisker(middle, *ends)
    if bar.over:
        # A whisker stands on an unfinished bar, so its number stands inside.
        y = top - 6 if bar.whole else floor - 8
        halo: dict[str, str | float] = {
            "stroke": colour("paper"),
            "stroke_width": 4,
            "paint_order": "stroke",
        }
        yield words(middle, y, str(bar.found), "ochre_text", "middle", font_weight="700", **halo)


def _grid(top: float, scale: float, floor: float) -> Iterator[str]:
    step = next((tick for tick in TICKS if top / tick <= MOST_TICKS), TICKS[-1])
    for n in range(0, int(top) + 1, step):
        yield level(LEFT, WIDTH, floor - n * scale, "grid")
        yield words(LEFT - 8, floor - n * scale + 4, str(n), "ink_2", "end")
