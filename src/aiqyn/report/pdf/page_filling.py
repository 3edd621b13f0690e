"""Fewer half-empty pages: a table goes before its chart where the chart has to wait for a page.

A chart is never broken, so it may leave the foot of a page empty. Where its table fits there, the
two change places; each bears its number, so no reference is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

Manuscript = Mapping[str, Any]
Places = Mapping[str, tuple[int, float]]  # block -> page, millimetres from its top

TOP = 40  # mm; what begins above this opens its page
WORTH = 6  # rows; a smaller table would not fill enough to be worth the other order


def filled(manuscript: Manuscript, places: Callable[[Manuscript], Places]) -> Manuscript:
    """The manuscript with tables before their charts where that fills the page before.

    `places` sets a manuscript and tells where its blocks begin.
    """
    kept, spots = manuscript, places(manuscript)
    for chapter, at in list(_pairs(manuscript)):
        chart, table = kept["chapters"][chapter]["blocks"][at : at + 2]
        page, top = spots[chart["place"]]
        if top > TOP:
            continue
        tried = _changed(kept, chapter, at)
        after = places(tried)
        if after[table["place"]][0] == page - 1 and after[chart["place"]][0] == page:
            kept, spots = tried, after
    return kept


def _pairs(manuscript: Manuscript) -> Iterator[tuple[int, int]]:
    """(chapter, place in it) of each chart that its own table follows."""
    for number, chapter in enumerate(manuscript["chapters"]):
        blocks = chapter["blocks"]
        for at in range(chapter["together"], len(blocks) - 1):
            chart, table = blocks[at : at + 2]
            if chart["is"] == "Chart" and chart["tabled"] and len(table["rows"]) >= WORTH:
                yield number, at


def _changed(manuscript: Manuscript, chapter: int, at: int) -> Manuscript:
    copy = deepcopy(manuscript)
    blocks = copy["chapters"][chapter]["blocks"]
    blocks[at], blocks[at + 1] = blocks[at + 1], blocks[at]
    changed: Manuscript = copy
    return changed
