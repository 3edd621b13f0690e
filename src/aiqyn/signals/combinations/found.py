"""A combination or a group that was found, before it is described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiqyn.signals.combinations.months_back import Indices


@dataclass(frozen=True, slots=True)
class Found:
    """Records that have values in common and became more.

    Attributes
    ----------
    what : attribute -> value, or values of which a record has one
    records : those that hold it, in the window and before, by index
    months : of the window
    score, p : as in `Emerging`
    by_chance : how many as strong a shuffled file has
    """

    what: Mapping[str, str | tuple[str, ...]]
    records: Indices
    months: int
    score: float
    p: float
    by_chance: float
