"""The list of risk factors: push, demand, enabling; their words, units and expected direction."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

GROUPS = ("push", "demand", "enabling")
RESIDENTS = "residents"  # no factor: the size of an area, which some sources bring along
Direction = Literal["up", "down", "open"]


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor, or a measured series under it.

    Attributes
    ----------
    group : "push", "demand" or "enabling"
    parent : the factor that a series measures; empty for the factor itself
    labels : language -> words
    unit : of the values; empty where there is no series of its own
    direction : what the literature expects of trafficking where the value is higher
    source : key of SOURCE.md
    """

    code: str
    group: str
    parent: str
    labels: tuple[tuple[str, str], ...]
    unit: str
    direction: Direction
    source: str

    def label(self, lang: str) -> str:
        """The words for the factor."""
        return dict(self.labels)[lang]


@cache
def factor_list() -> dict[str, Factor]:
    """Every factor by its code, in the order of the file."""
    text = files("aiqyn").joinpath("data", "prevention", "factors", "factors.csv")
    rows = csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    return {row["code"]: _factor(row) for row in rows}


def find_factor(text: str) -> str | None:
    """The code of a factor written as a code or in the words of one of the languages."""
    return _spellings().get(text.strip().casefold())


def _factor(row: dict[str, str]) -> Factor:
    labels = tuple((lang, row[f"label_{lang}"]) for lang in ("kk", "ru", "en"))
    direction: Direction = "down" if row["direction"] == "down" else "up"
    if row["direction"] == "open":
        direction = "open"
    plain = (row["code"], row["group"], row["parent"], labels, row["unit"])
    return Factor(*plain, direction, row["source"])


@cache
def _spellings() -> dict[str, str]:
    told = {f.code: f.code for f in factor_list().values()}
    for factor in factor_list().values():
        told |= {words.casefold(): factor.code for _, words in factor.labels}
    return {RESIDENTS: RESIDENTS, **told}
