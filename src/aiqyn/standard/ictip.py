"""IC-TIP's units of description and attributes, as replaceable data.

The classification (IOM and UNODC, 2025) was not at hand: the four units are read from excerpts,
the attributes and values are general knowledge. Every row says so in ``note``; put the published
tables in the place of ``data/standard/ictip_*.csv`` when they are there; nothing else need change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from aiqyn.standard.code_files import read_rows

UNITS = ("event", "victim", "perpetrator", "reporting_entity")


@dataclass(frozen=True, slots=True)
class Attribute:
    """What IC-TIP describes of one unit; `code_lists` are ours that fill it, none for dates."""

    unit: str
    name: str
    code_lists: tuple[str, ...]
    labels: Mapping[str, str]
    confidence: str
    note: str

    def label(self, lang: str = "en") -> str:
        """The attribute's name as a person reads it."""
        return self.labels[lang]


@cache
def ictip_attributes(unit: str | None = None) -> tuple[Attribute, ...]:
    """The attributes of one unit of description, or of all four."""
    rows = read_rows(_folder() / "ictip_attributes.csv")
    return tuple(_attribute(row) for row in rows if unit in (None, row["unit"]))


@cache
def ictip_values(unit: str, attribute: str) -> tuple[str, ...]:
    """The values of one attribute where IC-TIP's own words are crosswalked (forms); else empty."""
    rows = read_rows(_folder() / "ictip_values.csv")
    return tuple(r["value"] for r in rows if (r["unit"], r["attribute"]) == (unit, attribute))


def _attribute(row: dict[str, str]) -> Attribute:
    return Attribute(
        unit=row["unit"],
        name=row["attribute"],
        code_lists=tuple(filter(None, row["code_list"].split("|"))),
        labels={lang: row[f"label_{lang}"] for lang in ("kk", "ru", "en")},
        confidence=row["confidence"],
        note=row["note"],
    )


def _folder() -> Traversable:
    return files("aiqyn").joinpath("data", "standard")
