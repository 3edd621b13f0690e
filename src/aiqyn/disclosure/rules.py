"""The rules of publication: what may be shown, and how hard the attack looks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Rules:
    """What a published table may show. The numbers and their reasons stand in rules.toml.

    Attributes
    ----------
    threshold : persons; a count from 1 to threshold - 1 is small and is never printed
    zeros_shown : whether a zero is printed as 0, so that "<5" means 1 to 4; else 0 to 4
    hidden_at_least : the least number of persons behind an "x" as far as a reader knows
    refinement_cells : largest cross of dimensions laid under tables that tie each other in a ring
    margin, demotion, grand_total : costs of hiding a subtotal, of printing a small number as x, of
        hiding the total of a block
    """

    threshold: int = 5
    zeros_shown: bool = True
    hidden_at_least: int = 1
    refinement_cells: int = 20_000
    margin: float = 8.0
    demotion: float = 2_000.0
    grand_total: float = 100_000.0

    def __post_init__(self) -> None:
        if self.threshold < 3 or self.hidden_at_least not in (0, 1):
            raise ValueError("threshold is at least 3 persons, hidden_at_least is 0 or 1")

    @property
    def smallest(self) -> int:
        """The least number that "<5" can stand for."""
        return 1 if self.zeros_shown else 0

    @property
    def largest(self) -> int:
        """The greatest number that "<5" can stand for."""
        return self.threshold - 1

    @property
    def width(self) -> int:
        """A hidden cell is open when high - low is less than this: under threshold - 1 values."""
        return self.threshold - 2

    def is_small(self, n: int) -> bool:
        """Whether a count must not be printed."""
        return self.smallest <= n <= self.largest


# Other people's tables: "<5" may be a zero, and nothing is known about an "x".
FOREIGN = Rules(zeros_shown=False, hidden_at_least=0)


def load_rules(path: Path | None = None) -> Rules:
    """The rules of `path`, or the ones that are shipped."""
    return _shipped() if path is None else _rules(path.read_text("utf-8"))


@cache
def _shipped() -> Rules:
    return _rules(files("aiqyn").joinpath("data", "disclosure", "rules.toml").read_text("utf-8"))


def _rules(text: str) -> Rules:
    sections = tomllib.loads(text)
    return Rules(**{name: value for part in sections.values() for name, value in part.items()})
