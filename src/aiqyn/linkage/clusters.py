"""Pairs that may be one person, to persons: every record ends in exactly one.

A chain of likely pairs is not one person when its ends are unlike. So the persons are the partition
for which the pairs inside speak loudest: the sum over all pairs inside of their log odds, above the
odds of the threshold, is made as large as joining one pair of groups after another can make it
(greedy additive edge contraction). A pair that was not scored speaks against: by the odds of
`unseen`.

References
----------
Bansal, Blum & Chawla (2004), Machine Learning 56, 89-113 (correlation clustering);
Keuper et al. (2015), ICCV, 1751-1759, section 4 (the greedy contraction).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from math import log2

import numpy as np
import polars as pl
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Floats = NDArray[np.float64]
MOST_BITS = 8.0  # that one pair may speak for or against: three doubtful pairs outweigh no sure one
SETTLED = 1000.0  # bits of what a person decided: a probability of just 1, or just 0


def clusters(records: int, pairs: pl.DataFrame, threshold: float, unseen: float = 0.05) -> Labels:
    """The person of each record.

    Parameters
    ----------
    records : number of records; pairs name them 0 … records - 1
    pairs : `left`, `right` (records) and `probability` (that they are one person)
    threshold : probability from which a pair by itself is one person
    unseen : probability of a pair that stands between two groups and was not scored

    Returns
    -------
    Shape ``(records,)``: persons numbered from 0 in the order of their first records, so that the
    numbering depends on the order of records alone and not on that of the pairs.
    """
    likely = pairs.filter(pl.col("probability") >= threshold)
    chained = _chains(records, likely)
    labels, free = chained.copy(), records
    against = _bits(np.array([unseen]), threshold)[0]
    for bits in _knots(pairs, chained, threshold):
        for group in _contracted(bits, float(against))[1:]:
            labels[group] = free
            free += 1
    return in_order(labels)


def in_order(labels: NDArray[np.integer]) -> Labels:
    """The same clusters, numbered from 0 in the order in which they first appear."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def _chains(records: int, pairs: pl.DataFrame) -> Labels:
    """Whoever a chain of pairs joins, under the number of the first of them."""
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    labels = np.arange(records)
    while (apart := labels[left] != labels[right]).any():
        left, right = left[apart], right[apart]
        one, other = labels[left], labels[right]
        np.minimum.at(labels, np.maximum(one, other), np.minimum(one, other))
        while (labels[labels] != labels).any():
            labels = labels[labels]
    return labels


def _bits(probability: Floats, threshold: float) -> Floats:
    """Log odds in bits, at most `MOST_BITS` either way, above those of the threshold."""
    sure = np.clip(probability, 1e-9, 1 - 1e-9)
    held = np.clip(np.log2(sure / (1 - sure)), -MOST_BITS, MOST_BITS)
    settled = SETTLED * ((probability >= 1).astype(np.float64) - (probability <= 0))
    return np.asarray(held - log2(threshold / (1 - threshold)) + settled)


Bits = dict[int, dict[int, float]]


def _knots(pairs: pl.DataFrame, chained: Labels, threshold: float) -> Iterator[Bits]:
    """Chains that may fall apart, each as its records with the bits between them."""
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    bits = _bits(pairs["probability"].to_numpy(), threshold)
    size = np.bincount(chained)
    within = chained[left] == chained[right]
    agreed = np.bincount(chained[left[within & (bits > 0)]], minlength=len(size))
    doubtful = (size > 2) & (agreed < size * (size - 1) // 2)  # else every pair speaks for one
    inside = within & doubtful[chained[left]]
    knots: dict[int, Bits] = defaultdict(lambda: defaultdict(dict))
    for place in np.flatnonzero(inside):
        one, other, weight = int(left[place]), int(right[place]), float(bits[place])
        knot = knots[int(chained[one])]
        knot[one][other] = knot[other][one] = weight
    yield from knots.values()


def _contracted(bits: Bits, against: float) -> list[list[int]]:
    """The groups of one chain, that of the first record first.

    Only pairs that were scored wait in the queue: at a million records a chain is so long that all
    its pairs would fill the memory. One whose groups have changed since is passed over.
    """
    if against > 0:
        bits = {one: {o: bits[one].get(o, against) for o in bits if o != one} for one in bits}
    chain = _Chain({a: {b: (w, 1) for b, w in row.items()} for a, row in bits.items()}, against)
    queue = [(-w, a, b) for a, row in bits.items() for b, w in row.items() if a < b and w > 0]
    heapify(queue)
    while queue:
        speaks, one, other = heappop(queue)
        if {one, other} <= chain.groups.keys() and chain.weight(one, other) == -speaks:
            for third in chain.join(one, other):
                if (weight := chain.weight(one, third)) > 0:
                    heappush(queue, (-weight, min(one, third), max(one, third)))
    return [chain.groups[record] for record in sorted(chain.groups)]


class _Chain:
    """The groups of a chain so far, and between any two the bits of scored pairs and how many."""

    def __init__(self, scored: dict[int, dict[int, tuple[float, int]]], against: float) -> None:
        self.scored, self.against = scored, against
        self.groups = {record: [record] for record in scored}

    def weight(self, one: int, other: int) -> float:
        """Bits for one person; a pair that was not scored speaks against."""
        bits, pairs = self.scored[one][other]
        return bits + self.against * (len(self.groups[one]) * len(self.groups[other]) - pairs)

    def join(self, one: int, other: int) -> Iterable[int]:
        """Two groups as one, under the number of the first; the groups that know any of it."""
        self.groups[one] += self.groups.pop(other)
        gone, kept = self.scored.pop(other), self.scored[one]
        del kept[other], gone[one]
        for third, (bits, pairs) in gone.items():
            before, already = kept.get(third, (0.0, 0))
            del self.scored[third][other]
            kept[third] = self.scored[third][one] = (before + bits, already + pairs)
        return kept
