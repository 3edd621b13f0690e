"""Filling a Vega-Lite specification and drawing it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from aiqyn import words
from aiqyn.report.charts.lettering import font_folder
from aiqyn.report.charts.palette import palette
from aiqyn.report.charts.svg import paint, without_family

OUTER_GROUP = re.compile(r'^<g fill="none" stroke-miterlimit="10" transform="translate\([^)]*\)">')

LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")  # a hundredth of a pixel is enough


def filled(
    name: str, lang: str, size: Mapping[str, Any], datasets: Mapping[str, Any]
) -> dict[str, Any]:
    """The specification ``data/charts/<name>.json`` with every ``$`` place filled.

    Raises
    ------
    KeyError when a place names nothing; our fault, never the reader's.
    """
    rooms = {**palette(), "size": size, "datasets": datasets}
    spec: dict[str, Any] = _fill(_template(name), lang, rooms)
    return spec


def draw_spec(spec: Mapping[str, Any], left: float, top: float) -> str:
    """The marks of `spec` as SVG, with the corner of the plot at (left, top)."""
    import vl_convert

    _register_fonts()
    drawn = vl_convert.vegalite_to_svg(dict(spec))
    body = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    body = re.sub(r"^<rect[^>]*/>", "", body)  # the ground of the whole picture
    body, groups = OUTER_GROUP.subn(
        f'<g fill="none" stroke-miterlimit="10" transform="translate({left:g},{top:g})">', body
    )
    if groups != 1:
        raise ValueError("the drawing of the chart does not begin as vl-convert's pictures do")
    return _quiet(body)


def rows_with_paint(style: Mapping[str, Any]) -> dict[str, Any]:
    """A style of the palette as columns of a mark's row."""
    return {
        "fill": paint(style["fill"]),
        "stroke": style["stroke"],
        "dash": style["dash"],
        "stroke_width": style.get("stroke_width", 1.2),
    }


def _fill(part: Any, lang: str, rooms: Mapping[str, Any]) -> Any:  # JSON is Any by nature
    if isinstance(part, dict):
        return {key: _fill(value, lang, rooms) for key, value in part.items()}
    if isinstance(part, list):
        return [_fill(value, lang, rooms) for value in part]
    if not isinstance(part, str) or not part.startswith("$"):
        return part
    if part.startswith("$say."):
        return words.say(part.removeprefix("$say."), lang)
    found: Any = rooms
    for step in part[1:].split("."):
        found = found[step]
    return found


def _quiet(body: str) -> str:
    """Without Vega's English names for its parts, its empty parts and its long numbers."""
    body = re.sub(r' (?:class|role|aria-[a-z]+|pointer-events)="[^"]*"| opacity="1"', "", body)
    body = re.sub(r'<path d="(?:M0,0h0v0h0Z)?"(?: display="none")?/>', "", body)
    body = re.sub(r"<text[^>]*(?:/>|></text>)", "", body)
    return LONG_NUMBER.sub(lambda found: f"{float(found.group()):.2f}", without_family(body))


@cache
def _template(name: str) -> Mapping[str, Any]:
    text = files("aiqyn").joinpath("data", "charts", f"{name}.json").read_text(encoding="utf-8")
    shared = files("aiqyn").joinpath("data", "charts", "config.json").read_text(encoding="utf-8")
    template: dict[str, Any] = json.loads(text)
    return {**template, "config": json.loads(shared)}


@cache
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))
