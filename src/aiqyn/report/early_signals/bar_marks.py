"""The marks of the bar charts, as SVG elements."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from aiqyn.report.charts.palette import colour, palette
from aiqyn.signals.watching_country.bars import Bar

FOUND = "#6b8b91"  # a middle tone of petrol, so that whiskers show on it
LETTERS = "Noto Sans"


def element(name: str, content: str = "", **given: str | float) -> str:
    """One element; underscores in names are hyphens, numbers have one decimal."""
    told = (f'{key.replace("_", "-")}="{_number(value)}"' for key, value in given.items())
    return f"<{name} {' '.join(told)}>{content}</{name}>"


def area(x: float, y: float, wide: float, tall: float, fill: str, **more: str | float) -> str:
    """A filled rectangle."""
    place = {"x": x, "y": y, "width": wide, "height": max(tall, 0.0)}
    return element("rect", "", **place, fill=fill, **more)


def level(x1: float, x2: float, y: float, role: str, **more: str | float) -> str:
    """A horizontal line."""
    return element("line", "", x1=x1, x2=x2, y1=y, y2=y, stroke=colour(role), **more)


def words(
    x: float, y: float, text: str, role: str, anchor: str = "middle", **more: str | float
) -> str:
    """A label of 13 pixels."""
    said: dict[str, str | float] = {
        "text_anchor": anchor,
        "font_size": "13",
        "font_family": LETTERS,
        "fill": colour(role),
    }
    return element("text", escape(text), x=x, y=y, **said, **more)


def bar_mark(bar: Bar, x: float, floor: float, wide: float, scale: float, hatch: str) -> str:
    """Solid where all are known, hatched where reports still come, ochre where over."""
    tall = bar.found * scale
    if not bar.found:
        return ""
    if bar.whole:
        return area(x, floor - tall, wide, tall, colour("ochre_mark") if bar.over else FOUND)
    edge = colour("ochre_text" if bar.over else "ink_2")
    return area(x, floor - tall, wide, tall, f"url(#{hatch})", stroke=edge)


def expected_mark(bar: Bar, x: float, step: float, floor: float, scale: float) -> str:
    """The band that 95 % would lie in, its upper edge dashed, and the line of the mean."""
    high = floor - bar.high * scale
    band = area(x, high, step, (bar.high - bar.low) * scale, band_colour())
    edge = level(x, x + step, high, "ink", stroke_dasharray="6 4")
    return (
        band + edge + level(x, x + step, floor - bar.expected * scale, "petrol", stroke_width=1.4)
    )


def whisker(x: float, high: float, low: float, middle: float) -> str:
    """An interval with ticks and an open diamond."""
    drawn: dict[str, str | float] = {"stroke": colour("ink"), "stroke_width": 1.6}
    line = f"M{x:.1f} {high:.1f}V{low:.1f}M{x - 5:.1f} {high:.1f}h10M{x - 5:.1f} {low:.1f}h10"
    diamond = f"M{x:.1f} {middle - 5:.1f}l4.5 5l-4.5 5l-4.5 -5z"
    return element("path", "", d=line, fill="none", **drawn) + element(
        "path", "", d=diamond, fill=colour("paper"), **drawn
    )


def band_colour() -> str:
    """The colour of what is expected."""
    return str(palette()["band"]["expected"])


def picture(wide: float, tall: float, parts: Sequence[str], hatch: str, named: str = "") -> str:
    """The whole drawing; `named` is what a screen reader says, nothing for an ornament."""
    stripe = element("line", x1=0, x2=0, y1=0, y2=6, stroke=colour("ochre_text"), stroke_width=1.6)
    pattern = element(
        "pattern", area(0, 0, 6, 6, colour("paper")) + stripe,
        id=hatch, width=6, height=6, patternUnits="userSpaceOnUse", patternTransform="rotate(30)",
    )  # fmt: skip
    box: dict[str, str | float] = {"viewBox": f"0 0 {wide} {tall}", "width": wide, "height": tall}
    role: dict[str, str | float] = (
        {"role": "img", "aria_label": escape(named)} if named else {"aria_hidden": "true"}
    )
    content = f"<defs>{pattern}</defs>{''.join(parts)}"
    return element("svg", content, xmlns="http://www.w3.org/2000/svg", **box, **role)


def _number(value: str | float) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, int | float) else str(value)
