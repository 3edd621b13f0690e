"""Every combination of values that records hold: margins, and cells of two attributes and more."""

from __future__ import annotations

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

Counts = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Cells:
    """Combinations worth watching.

    Attributes
    ----------
    of : (n, sets) cell of each record under each set of attributes; -1 where it is in none
    sets : attributes of each set, by index
    set_of, example : (C,) the set of each cell, and a record that is in it
    handicap : (C,) logarithm of how many cells of as many attributes there are for each margin; off
        the score, so that a margin does not pay for the many cells below it. Infinite for a cell
        that holds the very records of a shorter one (a region tells its country): it is not judged,
        but may be the better name.
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
        """How many cells, those that are not judged among them."""
        return len(self.set_of)

    @property
    def judged(self) -> int:
        """How many are judged."""
        return int(np.isfinite(self.handicap).sum())

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

    Where cells of one size would be too many, that size and those above are left out with a caution
    (SIG-180).
    """
    many, n = attributes.codes.shape
    sizes: dict[tuple[int, ...], Counts] = {(): np.full(n, n, np.int32)}
    built: list[tuple[tuple[int, ...], Indices]] = []
    told: tuple[Caution, ...] = ()
    total = 0
    for size in range(1, min(most_attributes, many) + 1):
        chosen = list(combinations(range(many), size))
        if (len(built) + len(chosen)) * n <= MOST_ENTRIES:
            new = [(s, _held(attributes, s, sizes)) for s in chosen]
            total += sum(len(np.unique(keys)) for _, keys in new)
        else:
            total = MOST_CELLS + 1
        if total > MOST_CELLS:
            told = (Caution("SIG-180", {"size": size, "most": MOST_CELLS}),)
            break
        built += new
    return replace(_numbered(built, sizes), cautions=told)


def _held(
    attributes: Attributes, chosen: tuple[int, ...], sizes: dict[tuple[int, ...], Counts]
) -> Indices:
    """(n,) one number for the chosen values; -1 where one is not known, or too few share them."""
    key = np.zeros(attributes.codes.shape[1], dtype=np.int64)
    for a in chosen:
        key = key * len(attributes.values[a]) + attributes.codes[a]
    key[(attributes.codes[list(chosen)] < 0).any(axis=0)] = NONE
    _, cell, count = np.unique(key, return_inverse=True, return_counts=True)
    sizes[chosen] = count[cell].astype(np.int32)
    return np.where(sizes[chosen] < FEWEST, NONE, key)


def _numbered(
    built: list[tuple[tuple[int, ...], Indices]], sizes: dict[tuple[int, ...], Counts]
) -> Cells:
    of = np.full((len(sizes[()]), len(built)), NONE, dtype=np.int32)
    set_of, example, alike = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0, bool)]
    total = 0
    for column, (chosen, keys) in enumerate(built):
        there = np.flatnonzero(keys != NONE)
        _, first, cell = np.unique(keys[there], return_index=True, return_inverse=True)
        of[there, column] = cell + total
        set_of.append(np.full(len(first), column))
        example.append(there[first])
        alike.append(_alike_a_shorter_one(chosen, there[first], sizes))
        total += len(first)
    sets = tuple(chosen for chosen, _ in built)
    handicap = _handicap(sets, np.concatenate(set_of), np.concatenate(alike))
    return Cells(of, sets, np.concatenate(set_of), np.concatenate(example), handicap)


def _alike_a_shorter_one(
    chosen: tuple[int, ...], examples: Indices, sizes: dict[tuple[int, ...], Counts]
) -> NDArray[np.bool_]:
    """Whether the cell of each example holds as many records as with one value less."""
    alike = np.zeros(len(examples), dtype=np.bool_)
    for out in range(len(chosen)):
        shorter = chosen[:out] + chosen[out + 1 :]
        alike |= sizes[shorter][examples] == sizes[chosen][examples]
    return alike


def _handicap(
    sets: tuple[tuple[int, ...], ...], set_of: Indices, alike: NDArray[np.bool_]
) -> Floats:
    size = np.array([len(chosen) for chosen in sets], dtype=np.int64)[set_of]
    many = np.bincount(size[~alike], minlength=size.max(initial=1) + 1)
    more = np.maximum(many, 1) / max(int(many[1]), 1)
    return np.where(alike, np.inf, np.log(np.maximum(more, 1.0))[size])
