"""Where a cluster lies: the country's regions as equal tiles, those of the cluster marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiqyn.report.charts.palette import colour, palette
from aiqyn.report.early_signals.bar_marks import area, picture, words

WIDE, TALL, GAP = 104, 52, 5
SMALL_WIDE, SMALL_TALL, SMALL_GAP = 12, 8, 2
EDGE = 1  # room for the outline


@dataclass(frozen=True, slots=True)
class RegionTile:
    """A region on the map; `value` is empty where it is no part of the cluster."""

    row: int
    column: int
    name: str
    value: str

    @property
    def marked(self) -> bool:
        """Whether it belongs to the cluster."""
        return bool(self.value)


def small_tiles(tiles: Sequence[RegionTile]) -> str:
    """The map without words, for a row of the digest; nothing where no region has a tile."""
    step_x, step_y = SMALL_WIDE + SMALL_GAP, SMALL_TALL + SMALL_GAP
    parts = [
        area(
            x * step_x + EDGE, y * step_y + EDGE, SMALL_WIDE, SMALL_TALL, _fill(tile), **_edge(tile)
        )
        for tile, x, y in _placed(tiles)
    ]
    return _map(tiles, parts, step_x, step_y)


def named_tiles(tiles: Sequence[RegionTile], alt: str) -> str:
    """The map of the card: a name in each tile, and the value of those in the cluster."""
    step_x, step_y = WIDE + GAP, TALL + GAP
    parts = list[str]()
    for tile, x, y in _placed(tiles):
        left, top = x * step_x + EDGE, y * step_y + EDGE
        parts.append(area(left, top, WIDE, TALL, _fill(tile), **_edge(tile)))
        role = "ink" if tile.marked else "ink_2"
        parts.append(words(left + WIDE / 2, top + 20, tile.name, role))
        if tile.marked:
            parts.append(words(left + WIDE / 2, top + 40, tile.value, "ink", font_weight="700"))
    return _map(tiles, parts, step_x, step_y, alt)


def _placed(tiles: Sequence[RegionTile]) -> Iterator[tuple[RegionTile, int, int]]:
    """Each tile with its column and row from the first ones."""
    first_x = min((tile.column for tile in tiles), default=0)
    first_y = min((tile.row for tile in tiles), default=0)
    for tile in tiles:
        yield tile, tile.column - first_x, tile.row - first_y


def _map(
    tiles: Sequence[RegionTile], parts: Sequence[str], step_x: int, step_y: int, alt: str = ""
) -> str:
    if not tiles:
        return ""
    wide = 2 * EDGE + step_x * (1 + max(x for _, x, _ in _placed(tiles)))
    tall = 2 * EDGE + step_y * (1 + max(y for _, _, y in _placed(tiles)))
    return picture(wide, tall, parts, "hatch-tiles", alt)


def _fill(tile: RegionTile) -> str:
    return str(palette()["band"]["estimated"]) if tile.marked else colour("paper")


def _edge(tile: RegionTile) -> dict[str, str | float]:
    if tile.marked:
        return {"stroke": colour("ochre_mark"), "stroke_width": 2}
    return {"stroke": colour("axis"), "stroke_width": 1}
