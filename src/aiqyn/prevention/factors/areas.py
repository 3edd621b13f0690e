"""What a source calls an area, in our codes."""

from __future__ import annotations

from functools import cache

from aiqyn.prevention.factors.layouts import Layout, area_codes
from aiqyn.standard import code_list


def area_of(layout: Layout, text: str, year: int) -> str | None:
    """Our code of the area; None where the source's list does not have theirs.

    In a table of one's own an area that no list has stands as it is written.
    """
    if not text:
        return layout.area_else or None
    if text in layout.missing:
        return None
    if layout.area_list:
        known = area_codes(layout.area_list).get(text, ())
        return next((code.ours for code in known if code.holds(year)), None)
    return _by_name(text) if layout.area_names else text


@cache
def _by_name(text: str) -> str:
    found = code_list("region").find(text) or code_list("country").find(text)
    return found or text
