"""Regions change: which stood on a day, what stood in a missing one's place, and how to say it.

Kazakhstan had 16 regions until 19 June 2018 (South Kazakhstan became Turkistan and the city of
Shymkent), 17 until 8 June 2022 (Abai, Jetisu and Ulytau were carved out) and has 20 since.
A region that lost a part kept its code; ``borders_changed`` in the list says when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aiqyn import words
from aiqyn.standard.code_lists import code_list

HOME = "KAZ"


@dataclass(frozen=True, slots=True)
class RegionOn:
    """What a region was on a day.

    Attributes
    ----------
    code : str                   the region asked for
    on : date                    the day
    exists : bool                whether it stood on that day
    instead : tuple of str       where it did not: what it was carved out of, or what was made of it
    """

    code: str
    on: date
    exists: bool
    instead: tuple[str, ...] = ()

    def label(self, lang: str = "en") -> str:
        """Its name."""
        return code_list("region").label(self.code, lang)

    def text(self, lang: str = "en") -> str:
        """Whether it stood, and what stood in its place, as a sentence."""
        key = "standard.region.stood" if self.exists else "standard.region.did_not_stand"
        others = ", ".join(code_list("region").label(code, lang) for code in self.instead)
        day = words.long_date(self.on, lang)
        return words.say(key, lang, region=self.label(lang), date=day, instead=others)


def region(code: str, on: date) -> RegionOn:
    """What the region was on that day.

    Raises
    ------
    KeyError when no region ever had the code: our fault; words of a file go through
    ``code_list("region").find``.

    Examples
    --------
    >>> region("KZ-62", on=date(2019, 1, 1)).instead
    ('KZ-35',)
    """
    if exists(code, on):
        return RegionOn(code, on, exists=True)
    before = parent_on(code, on)
    return RegionOn(code, on, exists=False, instead=(before,) if before else _made_of(code, on))


def exists(code: str, on: date) -> bool:
    """Whether the region stood on that day."""
    return code_list("region").entries[code].in_force(on)


def parent_on(code: str, on: date) -> str | None:
    """The region to which it belonged on that day; None where it stood itself or had ended."""
    entry = code_list("region").entries[code]
    before = entry.more.get("before") or None
    if before is None or entry.valid_from is None or on >= entry.valid_from:
        return None
    return before if exists(before, on) else parent_on(before, on)


def within_borders_of(code: str, on: date) -> str | None:
    """The code under which a later record counts inside that day's borders.

    None for a region that ended before the day: its records cannot be divided among its parts.
    """
    return code if exists(code, on) else parent_on(code, on)


def regions_on(on: date, country: str = HOME) -> tuple[str, ...]:
    """The country's regions that stood on that day, in the list's order."""
    entries = code_list("region").entries.values()
    return tuple(e.code for e in entries if e.parent == country and e.in_force(on))


def place(code: str, lang: str = "en") -> str:
    """Where, ready for a sentence: ``in Abai region``, ``в области Абай``, ``Абай облысында``."""
    said = code_list("region").value(code, f"label_{lang}_loc")
    if said is None:
        raise KeyError(code)
    return said


def tile(code: str) -> tuple[int, int] | None:
    """Row and column of the region's tile on the tile map, from 0; None where it has none."""
    listed = code_list("region")
    row, column = listed.value(code, "tile_row"), listed.value(code, "tile_col")
    return (int(row), int(column)) if row and column else None


def _made_of(code: str, on: date) -> tuple[str, ...]:
    entries = code_list("region").entries.values()
    return tuple(e.code for e in entries if e.more.get("before") == code and e.in_force(on))
