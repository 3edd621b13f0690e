"""The small map of a cluster."""

from __future__ import annotations

from xml.etree import ElementTree

from aiqyn.report.charts.palette import colour
from aiqyn.report.early_signals import RegionTile, named_tiles, small_tiles

TILES = (
    RegionTile(1, 4, "Bulaqty", ""),
    RegionTile(2, 2, "Orken", "33 / 18.2"),
    RegionTile(3, 2, "Qongyrtobe", "29 / 13.1"),
)
SVG = "{http://www.w3.org/2000/svg}"


def marked(picture: str) -> list[ElementTree.Element]:
    edge = colour("ochre_mark")
    return [
        r for r in ElementTree.fromstring(picture).iter(f"{SVG}rect") if r.get("stroke") == edge
    ]


def test_just_the_regions_of_the_cluster_are_marked_by_more_than_colour() -> None:
    for picture in (small_tiles(TILES), named_tiles(TILES, "alt")):
        assert len(marked(picture)) == 2
        assert all(rect.get("stroke-width") == "2" for rect in marked(picture))


def test_tiles_lie_as_on_the_map_and_none_leaves_the_picture() -> None:
    tree = ElementTree.fromstring(named_tiles(TILES, "alt"))
    rects = [r for r in tree.iter(f"{SVG}rect") if r.get("stroke")]
    left, top = ([float(r.get(k, "")) for r in rects] for k in ("x", "y"))
    assert left[1] == left[2] < left[0]
    assert top[0] < top[1] < top[2]
    wide, tall = float(tree.get("width", "")), float(tree.get("height", ""))
    assert all(float(r.get("x", "")) + float(r.get("width", "")) <= wide for r in rects)
    assert all(float(r.get("y", "")) + float(r.get("height", "")) <= tall for r in rects)


def test_the_map_of_the_card_has_names_values_and_words_for_a_screen_reader() -> None:
    tree = ElementTree.fromstring(named_tiles(TILES, "Cluster: Orken, Qongyrtobe"))
    texts = {text.text for text in tree.iter(f"{SVG}text")}
    assert {"Bulaqty", "Orken", "33 / 18.2", "29 / 13.1"} <= texts
    assert tree.get("aria-label") == "Cluster: Orken, Qongyrtobe"


def test_without_tiles_there_is_no_picture() -> None:
    assert small_tiles(()) == ""
    assert named_tiles((), "alt") == ""
