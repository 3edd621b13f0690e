"""Writing SVG by hand: elements, hatchings, and the frame that every chart is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from aiqyn.report.charts.lettering import FAMILY, STACK
from aiqyn.report.charts.palette import palette

HATCH_ANGLE = 45  # degrees; leans the same way everywhere


def element(name: str, *inside: str, **attributes: object) -> str:
    """An SVG element; ``stroke_width`` is written ``stroke-width``, None leaves one out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def words(text: str, x: float, y: float, size: float = 13, **attributes: object) -> str:
    """A text element with its baseline at (x, y)."""
    return element("text", escape(text), x=x, y=y, font_size=size, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def rectangle(x: float, y: float, width: float, height: float, style: Mapping[str, Any]) -> str:
    """A rectangle in a style of the palette: fill (a colour or a hatching), stroke, dash."""
    dash = style.get("dash")
    return element(
        "rect",
        x=x,
        y=y,
        width=width,
        height=height,
        fill=paint(style["fill"]),
        stroke=style.get("stroke"),
        stroke_width=style.get("stroke_width", 1.2) if style.get("stroke") else None,
        stroke_dasharray=" ".join(map(str, dash)) if dash and dash != [1, 0] else None,
    )


def paint(fill: str) -> str:
    """A fill as SVG wants it: a colour, or a reference to a hatching of the palette."""
    return f"url(#{fill})" if fill in palette()["hatch"] else fill


def hatchings(text: str) -> str:
    """``<defs>`` with the patterns that `text` refers to; empty where there are none."""
    used = [name for name in palette()["hatch"] if f"url(#{name})" in text]
    return element("defs", *(_pattern(name) for name in used)) if used else ""


def framed(
    body: str, width: float, height: float, *, scope: str, title: str, description: str
) -> str:
    """The whole SVG: its size, its words for a screen reader, ids that only this chart has."""
    head = element("title", escape(title), id="title") + element(
        "desc", escape(description), id="desc"
    )
    return scoped(
        element(
            "svg",
            head,
            hatchings(body),
            body,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_value(width)} {_value(height)}",
            width=width,
            height=height,
            role="img",
            aria_labelledby="title desc",
            font_family=STACK,
        ),
        scope,
    )


def scoped(text: str, scope: str) -> str:
    """`text` with ids, and references to them, that no other picture of the page has."""
    text = re.sub(r'(<(?:title|desc|pattern)[^>]* id=")', rf"\g<1>{scope}-", text)
    text = re.sub(r"url\(#", f"url(#{scope}-", text)
    return text.replace(
        'aria-labelledby="title desc"', f'aria-labelledby="{scope}-title {scope}-desc"'
    )


def without_family(text: str) -> str:
    """`text` with the family that the root names already left out of each element."""
    return text.replace(f' font-family="{FAMILY}"', "").replace(f" font-family=\"'{FAMILY}'\"", "")


def slug(*pieces: str) -> str:
    """An XML id from any pieces: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", "-".join(pieces)).strip("-")


def _pattern(name: str) -> str:
    style = palette()["hatch"][name]
    step = style["step"]
    ground = element("rect", width=step, height=step, fill=style["ground"])
    stripe = element("rect", width=style["line"], height=step, fill=style["colour"])
    return element(
        "pattern",
        ground,
        stripe,
        id=name,
        width=step,
        height=step,
        patternUnits="userSpaceOnUse",
        patternTransform=f"rotate({HATCH_ANGLE})",
    )


def _value(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
