"""What is asked of an estimate by stratum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from aiqyn.errors import UsageRefused

Whole = Literal["parts", "table"]
Level = Literal["pooled", "own"]
FEWEST_DRAWS = 20


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of `by_stratum`; see there.

    Raises
    ------
    UsageRefused (EST-032) for a value that cannot be used.
    """

    whole: Whole
    level: Level
    pthresh: float
    boot: int
    seed: int

    def __post_init__(self) -> None:
        allowed = {
            "whole": (self.whole in {"parts", "table"}, "parts, table"),
            "level": (self.level in {"pooled", "own"}, "pooled, own"),
            "pthresh": (0 < self.pthresh < 1, "0 < p < 1"),
            "boot": (self.boot == 0 or self.boot >= FEWEST_DRAWS, "0, 20, 21, …"),
            "seed": (self.seed >= 0, "0, 1, 2, …"),
        }
        for option, (good, values) in allowed.items():
            if not good:
                raise UsageRefused("EST-032", option=option, allowed=values)

    @property
    def free_level(self) -> bool:
        """Whether how much is found is each stratum's own."""
        return self.level == "own"

    def to_json(self) -> dict[str, Any]:  # Any: numbers and words
        """As they stand in the answer; no seed where nothing was drawn."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return told | {"seed": self.seed if self.boot else None}
