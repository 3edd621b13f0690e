"""Signals one by one: the strongest first, the next among the records that it does not hold.

A rise of a combination raises its parents (each value alone), its children (the same with one more
value) and the groups that hold it. Once it is told, its records are set aside and the others are
judged without them: what rose through it only is told no second time, what rose besides is. The
rarest by chance is told first, so that a group is not told in its pieces, nor a pair as a group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.found import Found

MOST_SIGNALS = 50


class Rising(Protocol):
    """A kind of signal: combinations of single values, or groups."""

    def strongest(self, left: NDArray[np.bool_]) -> Found | None:
        """The strongest of its kind among the records that are left, if it may be told."""
        ...


def strongest_first(kinds: Sequence[Rising], records: int) -> list[Found]:
    """At most fifty signals; of two that are equally rare the one of the earlier kind."""
    left = np.ones(records, dtype=np.bool_)
    told: list[Found] = []
    while left.any() and len(told) < MOST_SIGNALS:
        found = [one for kind in kinds if (one := kind.strongest(left)) is not None]
        if not found:
            break
        told.append(min(found, key=lambda one: one.p))
        left[told[-1].records] = False
    return told
