"""The legend above a chart: a small picture of each mark, and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from aiqyn import words as catalogue
from aiqyn.report import voice
from aiqyn.report.charts.drawing import LegendKey
from aiqyn.report.charts.marks import Row, box_style, is_shown, safe_rows
from aiqyn.report.charts.palette import colour, palette, type_size
from aiqyn.report.charts.svg import element, hatchings, line, rectangle, scoped, slug, words
from aiqyn.report.model import Chart, ReportModel

Key = tuple[str, Callable[[str], str]]

WIDE, TALL = 36, 18  # px; a key's picture
SIGN_ORDER = ("small", "hidden", "unknown", "not_asked")


def legend(chart: Chart, lang: str) -> tuple[LegendKey, ...]:
    """The keys of the marks that this chart has, in their order."""
    make = {
        "trend_band": _trend_keys,
        "verdict_bars": _verdict_keys,
        "tile_map": _tile_keys,
    }.get(chart.kind)
    return _made("key", chart, lang, make(chart, safe_rows(chart.rows)) if make else [])


def signs(chart: Chart, model: ReportModel, lang: str) -> tuple[LegendKey, ...]:
    """A key for each way in which a value of this chart is absent; empty where none is."""
    there = {row["state"] for row in safe_rows(chart.rows)}
    keys = [
        (rectangle(3, 2, WIDE - 6, TALL - 4, box_style(state)), _state(state, model))
        for state in SIGN_ORDER
        if state in there
    ]
    return _made("sign", chart, lang, keys)


def legend_title(chart: Chart, lang: str) -> str:
    """Words before the keys: what the fill of a tile means; empty for the other kinds."""
    if chart.kind != "tile_map" or not chart.extra.get("breaks"):
        return ""
    return catalogue.say(f"charts.tile_map.{chart.extra.get('unit', 'per_100k')}", lang)


def _made(kind: str, chart: Chart, lang: str, keys: Iterable[Key]) -> tuple[LegendKey, ...]:
    return tuple(
        LegendKey(_picture(mark, slug(kind, chart.id, lang, str(i))), text(lang))
        for i, (mark, text) in enumerate(keys)
    )


def _trend_keys(chart: Chart, rows: list[Row]) -> list[Key]:
    keys = [(_found_mark(), _say("charts.trend_band.found"))]
    estimated = [row for row in rows if row["series"] == "estimated" and is_shown(row)]
    if any(row["high"] is not None for row in estimated):
        keys.append((_estimated_mark(), _say("charts.trend_band.estimated")))
    if any(row["high"] is None and row["value"] is None for row in estimated):
        keys.append((_bound_mark(), _say("charts.trend_band.bound")))
    if any(row["state"] == "refused" for row in rows):
        keys.append((cross(WIDE / 2, TALL / 2), _say("charts.trend_band.refused")))
    if chart.extra.get("events"):
        keys.append((_event_mark(), _say("charts.trend_band.event")))
    return keys


def _verdict_keys(chart: Chart, rows: list[Row]) -> list[Key]:
    there = {row["verdict"] for row in rows if row["state"] != "zero"}
    return [
        (rectangle(1, 2, WIDE - 2, TALL - 4, style), _say(f"charts.verdict.{verdict}"))
        for verdict, style in palette()["verdict"].items()
        if verdict in there
    ]


def _tile_keys(chart: Chart, rows: list[Row]) -> list[Key]:
    """One key a step of the fill: from its lower edge to just under the next."""
    breaks = list(chart.extra.get("breaks", ()))
    outline = {"stroke": colour("ink_2"), "stroke_width": 1}
    return [
        (
            rectangle(1, 2, WIDE - 2, TALL - 4, {"fill": fill, **outline}),
            _step(low, high),
        )
        for (low, high), fill in zip(
            pairwise([*breaks, None]), palette()["sequence"]["fill"], strict=False
        )
        if low is not None
    ]


def cross(x: float, y: float, reach: float = 4.5) -> str:
    """The cross of a refusal."""
    style = {"stroke": colour("brick"), "stroke_width": 3}
    return element(
        "g",
        line(x - reach, y - reach, x + reach, y + reach, **style),
        line(x - reach, y + reach, x + reach, y - reach, **style),
    )


def diamond(x: float, y: float, reach: float, ink: str) -> str:
    """The open diamond of an estimate."""
    points = f"{x:g},{y - reach:g} {x + reach:g},{y:g} {x:g},{y + reach:g} {x - reach:g},{y:g}"
    return element("polygon", points=points, fill=colour("paper"), stroke=ink, stroke_width=2)


def _found_mark() -> str:
    ink, middle = palette()["series"]["found"]["colour"], TALL / 2
    stroke = line(1, middle, WIDE - 1, middle, stroke=ink, stroke_width=2.4)
    return stroke + element("circle", cx=WIDE / 2, cy=middle, r=4.5, fill=ink)


def _estimated_mark() -> str:
    ink, middle = palette()["series"]["estimated"]["colour"], TALL / 2
    band = element("rect", width=WIDE, height=TALL, fill=palette()["band"]["estimated"])
    dashes = line(1, middle, WIDE - 1, middle, stroke=ink, stroke_width=1.8, stroke_dasharray="5 3")
    return band + dashes + diamond(WIDE / 2, middle, 5, ink)


def _bound_mark() -> str:
    """A tick and an arrow upwards, as in the chart."""
    ink, middle = palette()["series"]["estimated"]["colour"], WIDE / 2
    tick = line(middle - 6, TALL - 1, middle + 6, TALL - 1, stroke=ink, stroke_width=1.8)
    dashes = line(middle, 5, middle, TALL - 1, stroke=ink, stroke_width=1.8, stroke_dasharray="4 2")
    points = f"{middle - 4:g},6 {middle + 4:g},6 {middle:g},0"
    return tick + dashes + element("polygon", points=points, fill=ink)


def _event_mark() -> str:
    middle = TALL / 2
    ring = element(
        "circle", cx=WIDE / 2, cy=middle, r=8.2, fill=colour("paper"), stroke=colour("ink_2"),
        stroke_width=1.2,
    )  # fmt: skip
    number = words(
        "1", WIDE / 2, middle + 4.3, type_size("small"), text_anchor="middle", font_weight="bold",
        fill=colour("ink"),
    )  # fmt: skip
    return ring + number


def _say(key: str) -> Callable[[str], str]:
    return lambda lang: catalogue.say(key, lang)


def _state(state: str, model: ReportModel) -> Callable[[str], str]:
    return lambda lang: voice.state_words(state, lang, model, "charts")


def _step(low: float, high: float | None) -> Callable[[str], str]:
    def text(lang: str) -> str:
        first = voice.value_text(low, "per_100k", lang)
        if high is None:
            return catalogue.say("charts.or_more", lang, value=first)
        return catalogue.interval(first, voice.value_text(high - 0.1, "per_100k", lang))

    return text


def _picture(mark: str, scope: str) -> str:
    inside = hatchings(mark) + mark
    picture = element(
        "svg", inside, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDE} {TALL}",
        width=WIDE, height=TALL, aria_hidden="true",
    )  # fmt: skip
    return scoped(picture, scope)
