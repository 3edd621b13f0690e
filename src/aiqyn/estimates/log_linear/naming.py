"""Models from masks to the names of lists, and the estimates that stand apart among them."""

from __future__ import annotations

from collections.abc import Iterable
from math import log
from typing import Protocol

import numpy as np

from aiqyn.estimates.results import Model
from aiqyn.estimates.tables.cells import Bools, Floats, superset_sums

APART = log(1.25)  # two estimates a quarter apart are two answers, not one


class Histories(Protocol):
    """A table whose cells may be known exactly or only as ranges."""

    @property
    def vector(self) -> Floats:
        """Persons who surely have each history."""
        ...

    def names(self, mask: int) -> tuple[str, ...]:
        """Names of the lists in a mask."""
        ...


def named_model(table: Histories, terms: Bools) -> Model:
    """The model of a row of terms (intercept and single lists included)."""
    sums = superset_sums(table.vector)
    masks = sorted(
        (int(m) for m in np.flatnonzero(terms) if m), key=lambda m: (m.bit_count(), _order(m))
    )
    wide = [m for m in masks if m.bit_count() > 1]
    return Model(
        pairs=tuple(table.names(m) for m in wide if m.bit_count() == 2 and sums[m] > 0),
        minus_infinity=tuple(table.names(m) for m in wide if sums[m] == 0),
        terms=tuple(table.names(m) for m in masks),
    )


def modes(estimates: Iterable[float]) -> tuple[float, ...]:
    """The best estimate of each group of estimates that lie together; best first.

    Parameters
    ----------
    estimates : of models almost equally good, best model first

    Examples
    --------
    >>> modes([22991, 12262, 25978])
    (22991, 12262)
    """
    best_first = list(estimates)
    ordered = sorted(range(len(best_first)), key=lambda k: best_first[k])
    groups: list[list[int]] = []
    for k in ordered:
        near = groups and log(best_first[k] / best_first[groups[-1][-1]]) < APART
        groups[-1].append(k) if near else groups.append([k])
    return tuple(best_first[k] for k in sorted(min(group) for group in groups))


def _order(mask: int) -> tuple[int, ...]:
    return tuple(j for j in range(mask.bit_length()) if mask >> j & 1)
