"""Every combination of values that records hold: margins, and cells of two attributes and more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.attributes import Attributes
from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.series.judged import Caution, Floats

FEWEST = 3  # records; one or two are no pattern
MOST_CELLS = 200_000
MOST_ENTRIES = 40_000_000  # records x sets of attributes: 160 MB

NONE = -1


@dataclass(frozen=True, slots=True)
class Cells:
    """Combinations worth watching.

    Attributes
    ----------
    of : (n, sets) cell of each record under each set of attributes; -1 where it is in none
    sets : attributes of each set, by index
    set_of, example : (C,) the set of each cell, and a record that is in it
    handicap : (C,) logarithm of how many cells of as many attributes there are for each margin; off
        the score, so that a margin does not pay for the many cells below it
    cautions : what was not built, and why
    """

    of: NDArray[np.int32]
    sets: tuple[tuple[int, ...], ...]
    set_of: Indices
    example: Indices
    handicap: Floats
    cautions: tuple[Caution, ...] = ()

    @property
    def number(self) -> int:
        """How many cells."""
        return len(self.set_of)

    def records(self, cell: int) -> Indices:
        """The records of a cell, by index."""
        return np.flatnonzero(self.of[:, self.set_of[cell]] == cell)

    def what(self, cell: int, attributes: Attributes) -> dict[str, str]:
        """Attribute -> value."""
        record = self.example[cell]
        chosen = self.sets[self.set_of[cell]]
        return {
            attributes.names[a]: attributes.values[a][attributes.codes[a, record]] for a in chosen
        }


def every_cell(attributes: Attributes, most_attributes: int) -> Cells:
    """All combinations of up to `most_attributes` values that at least three records hold.

    A cell that holds the very records of a shorter one (a region tells its country) is left out:
    the shorter one says it. Where cells of one size would be too many, that size and those above
    are left out with a caution (SIG-180).
    """
    known = len(attributes.names), attributes.codes.shape[1]
    sizes: dict[tuple[int, ...], NDArray[np.int32]] = {(): np.full(known[1], known[1], np.int32)}
    built: list[tuple[tuple[int, ...], Indices]] = []
    told: tuple[Caution, ...] = ()
    total = 0
    for size in range(1, min(most_attributes, known[0]) + 1):
        chosen = list(combinations(range(known[0]), size))
        entries = (len(built) + len(chosen)) * known[1]
        new = [] if entries > MOST_ENTRIES else [(s, _keys(attributes, s)) for s in chosen]
        new = [(s, _worth_watching(s, keys, sizes)) for s, keys in new]
        total += sum(len(np.unique(keys)) for _, keys in new)
        if not new or total > MOST_CELLS:
            told = (Caution("SIG-180", {"size": size, "most": MOST_CELLS}),)
            break
        built += new
    return replace(_numbered(built, known[1]), cautions=told)


def _keys(attributes: Attributes, chosen: tuple[int, ...]) -> Indices:
    """(n,) one number for the values of the chosen attributes; -1 where one is not known."""
    key = np.zeros(attributes.codes.shape[1], dtype=np.int64)
    for a in chosen:
        key = key * len(attributes.values[a]) + attributes.codes[a]
    key[(attributes.codes[list(chosen)] < 0).any(axis=0)] = NONE
    return key


def _worth_watching(
    chosen: tuple[int, ...], keys: Indices, sizes: dict[tuple[int, ...], NDArray[np.int32]]
) -> Indices:
    """The keys without those of cells that are thin, or alike a shorter one."""
    _, cell, count = np.unique(keys, return_inverse=True, return_counts=True)
    sizes[chosen] = count[cell].astype(np.int32)
    alike = np.zeros(len(keys), dtype=bool)
    for shorter in _one_less(chosen):
        alike |= sizes[shorter] == sizes[chosen]
    return np.where((sizes[chosen] < FEWEST) | alike, NONE, keys)


def _one_less(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for out in range(len(chosen)):
        yield chosen[:out] + chosen[out + 1 :]


def _numbered(built: list[tuple[tuple[int, ...], Indices]], n: int) -> Cells:
    of = np.full((n, len(built)), NONE, dtype=np.int32)
    set_of, example = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    total = 0
    for column, (_, keys) in enumerate(built):
        there = np.flatnonzero(keys != NONE)
        _, first, cell = np.unique(keys[there], return_index=True, return_inverse=True)
        of[there, column] = cell + total
        set_of.append(np.full(len(first), column))
        example.append(there[first])
        total += len(first)
    sets = tuple(chosen for chosen, _ in built)
    chosen_of = np.concatenate(set_of)
    return Cells(of, sets, chosen_of, np.concatenate(example), _handicap(sets, chosen_of))


def _handicap(sets: tuple[tuple[int, ...], ...], set_of: Indices) -> Floats:
    size = np.array([len(chosen) for chosen in sets], dtype=np.int64)[set_of]
    many = np.bincount(size, minlength=2)
    more = np.maximum(many, 1) / max(int(many[1]), 1)
    return np.asarray(np.log(np.maximum(more, 1.0))[size])
