"""Small histories count together before anything is estimated, so that no estimate tells one apart.

An estimate is a function of its table: who has the program can try every filling of the hidden
cells and keep those that give the printed numbers, rounded or not. So the estimators never see a
small number. Histories of fewer persons than the threshold, and as many of the next larger as it
takes that their sum leaves each of them every small value, are spread evenly over their own total.
Where that total and every other history are printed, an estimate says what the print says already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiqyn.observatory.hidden_part.histories import JOIN


@dataclass(frozen=True, slots=True)
class Pooled:
    """A year's histories as the estimators see them.

    Attributes
    ----------
    counts : history -> persons; those of the pool evened out over its total
    pool : histories that are known by their total alone; empty where none is small
    """

    counts: Mapping[str, int]
    pool: tuple[str, ...]


def pooled(counts: Mapping[str, int], threshold: int) -> Pooled | None:
    """The counts with small histories pooled; None where no pool keeps them apart.

    Parameters
    ----------
    counts : history -> persons, each at least one
    threshold : persons; histories below it are small
    """
    order = sorted(counts, key=lambda history: (counts[history], _length(history), history))
    small = sum(counts[history] < threshold for history in order)
    if not small:
        return Pooled(dict(counts), ())
    for size in range(small, len(order) + 1):
        pool = order[:size]
        if _leaves_room(sum(counts[history] for history in pool), small, size - small, threshold):
            return Pooled({**counts, **_even(pool, counts)}, tuple(sorted(pool)))
    return None


def _leaves_room(total: int, small: int, larger: int, threshold: int) -> bool:
    """Whether each small history may be anything from one to the largest small number."""
    most = threshold - 1
    least_of_others = small - 1 + larger
    most_of_others = (small - 1) * most if not larger else total
    return total - 1 <= most_of_others and total - most >= least_of_others


def _even(pool: list[str], counts: Mapping[str, int]) -> dict[str, int]:
    """The pool's total in equal parts; what is over goes to the histories of the fewest lists."""
    share, over = divmod(sum(counts[history] for history in pool), len(pool))
    order = sorted(pool, key=lambda history: (_length(history), history))
    return {history: share + (place < over) for place, history in enumerate(order)}


def _length(history: str) -> int:
    return history.count(JOIN) + 1
