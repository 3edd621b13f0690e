"""From shares of pairs to what happened to records and persons: leaving, and being merged.

*Leaving*: a record of list j of a person with several records stands alone with probability m_j,
each on its own. A pair of lists j, k is then held together with probability (1 - m_j)(1 - m_k), so
the recall of list j is ``sum_k L_jk / sum_k L_jk / ((1 - m_j)(1 - m_k))`` with L the links that
were made.

*Twice*: of two records on one list one stands alone; the person is there once more.

*Merging*: two persons, any two, become one whose history is the union of theirs. Of two persons
with r and s records, r s wrong pairs arise; where both are on one list the table shows fewer pairs
than the linkage holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.tables.cells import Floats, Ints, members, pair_masks, superset_sums

ROUNDS = 200  # of the fixed point; damped, it halves its error in each
FEWEST_STAY = 0.05


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """What linkage did to tables, a row each.

    Attributes
    ----------
    leaving : probability that a record of a list left its person; shape ``(rows, lists)``
    twice : probability that a person of a list stands on it once more, alone; same shape
    merges : pairs of persons that were made one; shape ``(rows,)``
    """

    leaving: Floats
    twice: Floats
    merges: Floats

    def of(self, rows: Ints) -> ErrorRates:
        """Some rows, or rows several times over."""
        return ErrorRates(self.leaving[rows], self.twice[rows], self.merges[rows])


def leaving(counts: Floats, recalls: Floats) -> Floats:
    """Probability that a record left its person; shape ``(rows, lists)``."""
    links = _links(counts, recalls.shape[1])
    made = links.sum(axis=2)
    stay = np.sqrt(recalls)
    for _ in range(ROUNDS):
        meant = (links / stay[:, None, :]).sum(axis=2)
        wanted = recalls * np.where(made > 0, meant / np.maximum(made, 1e-300), 1 / stay)
        stay = np.clip(np.sqrt(stay * wanted), FEWEST_STAY, 1.0)
    gone: Floats = 1 - stay
    return gone


def merges(counts: Floats, wrong: Floats) -> Floats:
    """Merges that make such a share of the pairs held together wrong; shape ``(rows,)``.

    With V the pairs that the table shows, a merge adds ``E[r]**2`` wrong pairs, of which the table
    hides ``C(r + s, 2) - C(lists of the union, 2)``.
    """
    sizes = np.array([float(h.bit_count()) for h in range(counts.shape[1])])
    shares = counts / counts.sum(axis=1, keepdims=True)
    mean, square = shares @ sizes, shares @ sizes**2
    hidden = square + mean**2 - mean - _pairs_of_a_union(shares)
    shown = counts @ (sizes * (sizes - 1) / 2)
    found: Floats = wrong * shown / np.maximum(mean**2 - wrong * hidden, 1e-12)
    return found


def _pairs_of_a_union(shares: Floats) -> Floats:
    """Pairs of lists that hold one or other of two persons, on average; shape ``(rows,)``."""
    lists = shares.shape[1].bit_length() - 1
    on = superset_sums(shares)
    total = np.zeros(len(shares))
    for pair in pair_masks(lists):
        a, b = (on[:, 1 << j] for j in members(pair))
        total += 1 - (1 - a) ** 2 - (1 - b) ** 2 + (1 - a - b + on[:, pair]) ** 2
    return total


def merges_of_persons(counts: Floats, share: float) -> Floats:
    """Merges that leave such a share of the persons in a person of two; shape ``(rows,)``."""
    merged: Floats = counts.sum(axis=1) * share / (2 - share)
    return merged


def _links(counts: Floats, lists: int) -> Floats:
    """Persons on both lists of each pair; shape ``(rows, lists, lists)``, 0 on the diagonal."""
    sums = superset_sums(counts)
    pairs = [[(1 << j) | (1 << k) for k in range(lists)] for j in range(lists)]
    links: Floats = sums[:, pairs] * (1 - np.eye(lists))
    return links
