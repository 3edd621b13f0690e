"""How the files of known sources are laid out; the layouts are data."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class AreaCode:
    """One of their codes: ours, and the years in which it means that."""

    ours: str
    first: int | None
    last: int | None

    def holds(self, year: int) -> bool:
        """Whether the code means this area in the year."""
        return (self.first is None or year >= self.first) and (
            self.last is None or year <= self.last
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Which heading is what in the files of one source; see ``layouts/*.toml``.

    Attributes
    ----------
    headings, lacks : headings that must all be there, that must not be there
    file : pattern of the file's name; its group ``series`` names the series
    factors : what the file or its column calls a series -> factor
    columns : heading -> factor, where each row holds several
    aside : series that are read and not taken, with the reason's key
    breakdown : headings that tell a part from the whole; `total`: what means the whole there
    """

    name: str
    headings: tuple[str, ...]
    period: str
    source: str = ""
    file: str = ""
    lacks: tuple[str, ...] = ()
    value: str = ""
    area: str = ""
    area_list: str = ""
    area_else: str = ""
    area_names: bool = False
    series_column: str = ""
    source_column: str = ""
    breakdown: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    forecast_from: int | None = None
    factors: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    aside: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, float] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def heading(self, wanted: str, there: Sequence[str]) -> str | None:
        """The heading of the file that stands for the one wanted."""
        known = {text.strip().casefold(): text for text in there}
        spellings = (wanted, *self.also.get(wanted, ()))
        return next((known[s.casefold()] for s in spellings if s.casefold() in known), None)

    def fits(self, file: str, there: Sequence[str]) -> bool:
        """Whether a file with these headings is laid out so."""
        has = all(self.heading(h, there) is not None for h in self.headings)
        lacks = all(self.heading(h, there) is None for h in self.lacks)
        return has and lacks and (not self.file or re.search(self.file, file) is not None)

    def series_of_file(self, file: str) -> str:
        """What the file's name calls its series."""
        found = re.search(self.file, file) if self.file else None
        return (found.groupdict().get("series") or "") if found else ""


@cache
def layouts() -> tuple[Layout, ...]:
    """Every shipped layout, the own workbook's last: a source that is known comes first."""
    place = files("aiqyn").joinpath("data", "prevention", "factors", "layouts")
    names = sorted(f.name for f in place.iterdir() if f.name.endswith(".toml"))
    texts = [place.joinpath(name).read_text(encoding="utf-8") for name in names]
    return tuple(sorted((_layout(tomllib.loads(t)) for t in texts), key=lambda x: x.name == "own"))


@cache
def area_codes(file: str) -> dict[str, tuple[AreaCode, ...]]:
    """Their code -> ours; a code may have changed its meaning."""
    text = files("aiqyn").joinpath("data", "prevention", "factors", file)
    told: dict[str, tuple[AreaCode, ...]] = {}
    for row in csv.DictReader(text.read_text(encoding="utf-8").splitlines()):
        first, last = (int(row[k]) if row[k] else None for k in ("from", "until"))
        told[row["theirs"]] = (
            *told.get(row["theirs"], ()),
            AreaCode(row["ours"], first, last),
        )
    return told


def _layout(told: dict[str, Any]) -> Layout:  # Any: as TOML has it
    lists = ("headings", "lacks", "breakdown", "total", "missing")
    told |= {key: tuple(told[key]) for key in lists if key in told}
    told["also"] = {k: tuple(v) for k, v in told.get("also", {}).items()}
    return Layout(**told)
