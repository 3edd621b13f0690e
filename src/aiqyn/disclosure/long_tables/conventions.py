"""What words and signs mean in tables of counts: totals, marks, names of columns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Meaning = Literal["number", "small", "hidden"]

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[,  ' ]\d{3})+)(?:[.,]0+)?")
_MINUS = str.maketrans({"−": "-", "–": "-"})


@dataclass(frozen=True, slots=True)
class Told:
    """What one printed value tells.

    Attributes
    ----------
    meaning : a number, a small number behind a mark, or a mark of which nothing is told
    low, high : persons; high is None without limit
    """

    meaning: Meaning
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Conventions:
    """The shipped list, with patterns ready to be matched."""

    totals: tuple[str, ...]
    value_names: tuple[str, ...]
    note_names: frozenset[str]
    hidden: frozenset[str]
    zero: frozenset[str]
    below: re.Pattern[str]
    at_most: re.Pattern[str]
    between: re.Pattern[str]
    design_blocks: int

    def read(self, text: str, *, zeros_shown: bool) -> Told | None:
        """What a printed value tells; None when it is neither a number nor a known mark.

        Examples
        --------
        >>> conventions().read("<5", zeros_shown=False)
        Told(meaning='small', low=0, high=4)
        >>> conventions().read("менее 5", zeros_shown=True)
        Told(meaning='small', low=1, high=4)
        >>> conventions().read("1,757", zeros_shown=False)
        Told(meaning='number', low=1757, high=1757)
        """
        plain = text.strip().casefold()
        if plain in self.hidden:
            return Told("hidden", 0, None)
        if plain in self.zero:
            return Told("number", 0, 0)
        if (n := whole_number(plain)) is not None:
            return Told("number", n, n)
        return self._range("".join(plain.split()), int(zeros_shown))

    def _range(self, packed: str, least: int) -> Told | None:
        if found := self.below.fullmatch(packed):
            return _small(least, _first(found) - 1)
        if found := self.at_most.fullmatch(packed):
            return _small(least, _first(found))
        if found := self.between.fullmatch(packed):
            low, high = (int(g) for g in found.groups() if g is not None)
            return _small(low, high)
        return None


def whole_number(text: str) -> int | None:
    """A whole number, thousands set apart or not; None for anything else."""
    plain = text.strip().translate(_MINUS)
    if not _NUMBER.fullmatch(plain):
        return None
    plain = re.sub(r"[.,]0{1,2}$|\.0+$", "", plain)
    return int(re.sub(r"[,  ' ]", "", plain))


def _small(low: int, high: int) -> Told | None:
    return Told("small", low, high) if low <= high else None


def _first(found: re.Match[str]) -> int:
    return next(int(g) for g in found.groups() if g is not None)


@cache
def conventions() -> Conventions:
    """The conventions that are shipped (data/disclosure/long_tables.toml)."""
    path = files("aiqyn").joinpath("data", "disclosure", "long_tables.toml")
    told = tomllib.loads(path.read_text("utf-8"))
    marks = told["marks"]
    return Conventions(
        tuple(told["total"]["words"]),
        tuple(told["columns"]["values"]),
        frozenset(told["columns"]["notes"]),
        frozenset(marks["hidden"]),
        frozenset(marks["zero"]),
        _pattern(marks["below"]),
        _pattern(marks["at_most"]),
        _pattern(marks["between"]),
        told["design"]["blocks"],
    )


def _pattern(templates: Sequence[str]) -> re.Pattern[str]:
    digits = r"(\d{1,4})"
    each = (re.escape(t).replace(r"\{n\}", digits).replace(r"\{m\}", digits) for t in templates)
    return re.compile("|".join(each))
