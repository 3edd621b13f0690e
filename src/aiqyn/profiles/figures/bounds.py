"""Shares of counts of which some are known only as "fewer than five"."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of cells in persons: with every "<5" at 0, at 2 and at 4."""

    low: int
    value: int
    high: int


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number and the ends between which it lies whatever the "<5" cells hold."""

    low: float
    value: float
    high: float

    def times(self, factor: float) -> Bounded:
        """The same in another unit (`factor` above 0)."""
        return Bounded(self.low * factor, self.value * factor, self.high * factor)

    def minus(self, other: Bounded) -> Bounded:
        """The difference; its ends pair the far ends, for the two share no cell."""
        return Bounded(self.low - other.high, self.value - other.value, self.high - other.low)


NOTHING = Sum(0, 0, 0)


def share(part: Sum, rest: Sum, less: Sum = NOTHING) -> Bounded | None:
    """(part - less) / (part + less + rest), with its exact lowest and highest value.

    The ratio rises with `part` and falls with `less`; `rest` only scales it, so the end for `rest`
    follows from the sign. None where every cell may be 0: there is nothing sure to divide by.

    Examples
    --------
    >>> share(Sum(10, 12, 14), Sum(30, 30, 30))
    Bounded(low=0.25, value=0.2857142857142857, high=0.3181818181818182)
    """
    if part.low + less.low + rest.low == 0:
        return None
    far_below, far_above = part.low - less.high, part.high - less.low
    return Bounded(
        low=_ratio(part.low, less.high, rest.high if far_below >= 0 else rest.low),
        value=_ratio(part.value, less.value, rest.value),
        high=_ratio(part.high, less.low, rest.low if far_above >= 0 else rest.high),
    )


def _ratio(part: int, less: int, rest: int) -> float:
    whole = part + less + rest
    return (part - less) / whole if whole else 0.0
