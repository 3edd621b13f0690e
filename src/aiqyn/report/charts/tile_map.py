"""Tile map: equal tiles, a name and a value in each, and a drawing for each kind of absence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from aiqyn import words as catalogue
from aiqyn.report import voice
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.legend import cross
from aiqyn.report.charts.lettering import text_width, wrap
from aiqyn.report.charts.marks import Row, box_style, is_shown, safe_rows
from aiqyn.report.charts.palette import Width, chart_width, colour, palette, type_size
from aiqyn.report.charts.svg import element, rectangle, words
from aiqyn.report.model import Chart, ReportModel

TILE = {"page": 104, "phone": 104, "print": 120}  # px; widest tile
HEIGHT = {"page": 84, "phone": 78, "print": 88}  # px; of a tile with a name of one line
GAP = {"page": 5, "phone": 2, "print": 5}  # px between tiles
INSIDE = {"page": 7, "phone": 3, "print": 7}  # px from the tile's edge to its words
NAME_LINE = 15  # px
VALUE = {"page": 18, "phone": 16, "print": 18}  # px; size of the value
STRIP = 24  # px; height of the hatched strip
TIGHTEST = 0.8  # a name may be set this much narrower, not more
KEY_LINE = 18  # px; a line of the list of names under a map of small tiles
EDGE = 1.0  # px; room for the outline of the outer tiles


@dataclass(frozen=True, slots=True)
class Tile:
    """One region: where it stands, its words, its state."""

    row: Row
    name: str
    lines: tuple[str, ...]
    number: str


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The map laid out; where names do not fit into the tiles, a numbered list stands under it."""
    rows = sorted(safe_rows(chart.rows), key=lambda r: (r["tile_row"], r["tile_col"]))
    first_row, first_col = (min(r[k] for r in rows) for k in ("tile_row", "tile_col"))
    columns = max(r["tile_col"] for r in rows) - first_col + 1
    total, gap = chart_width(chart.kind, width), GAP[width]
    tile = min(TILE[width], (total - 2 * EDGE + gap) / columns - gap)
    names = [_name(row["region"], lang, model) for row in rows]
    room = tile - 2 * INSIDE[width]
    fits = all(_fits(name, room) for name in names)
    tiles = [
        Tile(row, name, _lines(name, room) if fits else (str(i),), str(i))
        for i, (row, name) in enumerate(zip(rows, names, strict=True), start=1)
    ]
    most = max(len(t.lines) for t in tiles)
    height = HEIGHT[width] + NAME_LINE * (most - 1)
    drawn = [
        _tile(
            t,
            EDGE + (t.row["tile_col"] - first_col) * (tile + gap),
            EDGE + (t.row["tile_row"] - first_row) * (height + gap),
            (tile, height),
            most,
            lang,
            width,
            model,
        )
        for t in tiles
    ]
    down = max(r["tile_row"] for r in rows) - first_row + 1
    map_height = ceil(down * (height + gap) - gap + 2 * EDGE)
    if fits:
        return Sheet(total, map_height, body="".join(drawn))
    key, key_height = _key(tiles, total, map_height + KEY_LINE)
    return Sheet(total, map_height + key_height, body="".join(drawn) + key)


def _tile(
    tile: Tile,
    x: float,
    y: float,
    box: tuple[float, float],
    lines: int,
    lang: str,
    width: Width,
    model: ReportModel,
) -> str:
    across, down = box
    row, inside = tile.row, INSIDE[width]
    style, ink = _style(row)
    parts = [rectangle(x, y, across, down, style)]
    if row["state"] in ("small", "hidden"):
        parts.append(_strip(x, y, across, down))
    for i, line in enumerate(tile.lines):
        parts.append(_name_line(line, x + inside, y + 17 + i * NAME_LINE, across - 2 * inside, ink))
    shown = is_shown(row)
    value = catalogue.number(row["value"], lang) if shown else voice.sign(row["state"], model)
    value_y = y + 17 + (lines - 1) * NAME_LINE + VALUE[width] + 8
    if row["state"] == "refused":
        parts.append(cross(x + inside + 6, value_y - 6))
    else:
        size = VALUE[width]
        parts.append(words(value, x + inside, value_y, size, font_weight="bold", fill=ink))
    return element("g", *parts)


def _style(row: Row) -> tuple[Mapping[str, object], str]:
    """Fill and outline of a tile, and the colour of its words."""
    ink, state = colour("ink"), row["state"]
    if state == "refused":
        return {"fill": colour("paper"), "stroke": colour("brick"), "dash": [1, 0]}, ink
    if state in ("small", "hidden"):
        return {**box_style(state), "fill": colour("paper")}, ink
    if state != "shown":
        return box_style(state), ink
    shade, outline = row.get("shade"), {"stroke": colour("ink_2"), "stroke_width": 1}
    if shade is None:
        return {"fill": colour("paper"), **outline}, ink
    sequence = palette()["sequence"]
    return {"fill": sequence["fill"][shade], **outline}, sequence["text"][shade]


def _strip(x: float, y: float, across: float, down: float) -> str:
    """The hatched foot of a hidden tile: the same size in every one."""
    inner = {"fill": box_style("small")["fill"]}
    return rectangle(x + 1, y + down - STRIP, across - 2, STRIP - 1, inner)


def _name_line(line: str, x: float, y: float, room: float, ink: str) -> str:
    size = type_size("small")
    wide = text_width(line, size)
    tight = {"textLength": round(room, 1), "lengthAdjust": "spacingAndGlyphs"}
    return words(line, x, y, size, fill=ink, **(tight if wide > room else {}))


def _fits(name: str, room: float) -> bool:
    size = type_size("small")
    return all(text_width(w, size) * TIGHTEST <= room for w in name.split(" "))


def _lines(name: str, room: float) -> tuple[str, ...]:
    return wrap(name, room, type_size("small"))


def _key(tiles: Sequence[Tile], total: float, top: float) -> tuple[str, int]:
    """The list of names under the map, in two columns read downwards."""
    size, deep = type_size("small"), ceil(len(tiles) / 2)
    parts = []
    for i, tile in enumerate(tiles):
        x, y = (i // deep) * total / 2, top + (i % deep) * KEY_LINE
        parts.append(words(tile.number, x, y, size, font_weight="bold", fill=colour("ink")))
        parts.append(words(tile.name, x + 22, y, size, fill=colour("ink")))
    return element("g", *parts), deep * KEY_LINE + KEY_LINE // 2


def _name(region: str, lang: str, model: ReportModel) -> str:
    """The short name of the report's own regions where it gives one, else the label."""
    own = model.labels.get("region", {}).get(region, {})
    return own.get(f"{lang}_short") or voice.label("region", region, lang, model)
