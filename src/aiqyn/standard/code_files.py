"""One entry of a code list, and the CSV files that entries are read from."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

LABELS = ("label_kk", "label_ru", "label_en")
PLAIN = ("code", "valid_from", "valid_to", "parent", "aliases", *LABELS)
EVERY_LIST = "every_list"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list; `more` holds the list's own columns (crosswalks and the like)."""

    code: str
    valid_from: date | None
    valid_to: date | None
    parent: str | None
    labels: Mapping[str, str]
    aliases: tuple[str, ...]
    more: Mapping[str, str]

    def in_force(self, on: date | None) -> bool:
        """Whether the code stood on the day; without a day: whether it has no end."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)

    @property
    def invented(self) -> bool:
        """Whether it belongs to the demo country."""
        return self.more.get("demo") == "1"

    @property
    def of_every_list(self) -> bool:
        """Whether it is ``unknown``, ``none`` or ``_all``, which every list answers for."""
        return self.more.get("every") == "1"


def code_folder() -> Traversable:
    """Where the shipped lists stand."""
    return files("aiqyn").joinpath("data", "codes")


def demo_regions() -> Traversable:
    """The invented country's regions; they may be missing."""
    return files("aiqyn").joinpath("data", "demo", "regions.csv")


def read_rows(source: Traversable) -> list[dict[str, str]]:
    """The rows of a CSV in UTF-8, cells as text."""
    text = source.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def read_codes(source: Traversable, **more: str) -> list[Code]:
    """The entries of one CSV, `more` added to each entry's own columns."""
    return [_code(row | more) for row in read_rows(source)]


@cache
def common_codes() -> tuple[Code, ...]:
    """The entries that stand in every list (or in those that their column ``lists`` names)."""
    return tuple(read_codes(code_folder() / f"{EVERY_LIST}.csv", every="1"))


def _code(row: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
        parent=row.get("parent") or None,
        labels={column[-2:]: row[column] for column in LABELS},
        aliases=tuple(filter(None, (row.get("aliases") or "").split("|"))),
        more={column: cell for column, cell in row.items() if column not in PLAIN},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
