"""The lists of indicators, with the weight that each has in a list."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Literal

from aiqyn.errors import AnswerRefused, InputRefused, UsageRefused
from aiqyn.signals.screening.shipped_tables import Row, shipped_rows

Weight = Literal["strong", "medium", "weak"]
WEIGHTS: tuple[Weight, ...] = ("strong", "medium", "weak")
LISTS = ("adult-labour", "child-labour")
SHIPPED = {
    **dict.fromkeys(LISTS, "labour_indicators.csv"),
    **dict.fromkeys(("adult-sexual", "child-sexual"), "sexual_indicators.csv"),  # empty: SOURCE.md
}
DIMENSIONS = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One sign of a list.

    Attributes
    ----------
    code : dimension and number, ``5.02``
    dimension_no : 1 to 6
    label : as the ILO has it, in English
    weight : strong, medium or weak
    ilo11 : numbers of the ILO's eleven indicators of forced labour that it speaks for
    """

    code: str
    dimension_no: int
    label: str
    weight: Weight
    ilo11: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """A list by name: its indicators in order of the dimensions."""

    name: str
    indicators: tuple[Indicator, ...]

    def find(self, dimension_no: str, indicator: str) -> Indicator | None:
        """The indicator of that dimension by label or code, letters and spaces made alike."""
        asked = plain(indicator)
        for one in self.indicators:
            if str(one.dimension_no) == dimension_no and asked in (plain(one.label), one.code):
                return one
        return None


def plain(text: str) -> str:
    """Small letters, one space between words."""
    return " ".join(text.casefold().split())


def read_indicators(name: str, file: Path | None = None) -> IndicatorList:
    """The list, from the shipped table or from one of the same columns.

    Raises
    ------
    UsageRefused: no such list (SIG-040). AnswerRefused: a list without weights at hand (SIG-041).
    InputRefused: the table lacks columns, or a weight is none (SIG-042).
    """
    if name not in SHIPPED:
        raise UsageRefused("SIG-040", list=name, allowed=", ".join(LISTS))
    column = name.replace("-", "_")
    try:
        rows = shipped_rows(SHIPPED[name]) if file is None else _own_rows(file)
        found = tuple(_indicator(row, row[column]) for row in rows if row[column])
    except (KeyError, ValueError, OSError) as why:
        raise InputRefused("SIG-042", file="" if file is None else file.name) from why
    if not found and file is None:
        raise AnswerRefused("SIG-041", list=name)
    return IndicatorList(name, found)


def _own_rows(file: Path) -> list[Row]:
    return list(csv.DictReader(StringIO(file.read_text(encoding="utf-8-sig"))))


def _indicator(row: dict[str, str], weight: str) -> Indicator:
    number = int(row["dimension_no"])
    known = next((one for one in WEIGHTS if one == weight), None)
    if known is None or number not in DIMENSIONS:
        raise ValueError(weight)
    numbers = tuple(int(x) for x in (row.get("ilo11") or "").split(";") if x)
    return Indicator(row["code"], number, row["label_en"], known, numbers)
