"""The table as it would be without linkage error: histories by hand in the place of those found.

Of the persons found with one history an audit tells what they are by hand: so many of this history,
so many halves of that one. The table gives each found history to what its audited persons are. This
asks nothing of how links go wrong, so it holds where some kinds of persons are missed more than
others; its price is the chance of the lot, which the interval carries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats, Ints
from aiqyn.linkage.audit.histories_by_hand import HistoryByHand

LEAST_DRAWN = 5  # audited persons of one history; fewer lean on those with as many lists


@dataclass(frozen=True, slots=True)
class AuditedHistories:
    """Audited persons as rows.

    Attributes
    ----------
    found : history of each as it was linked, shape ``(persons,)``
    true : what it counts for each history by hand, shape ``(persons, 2**lists)``
    """

    found: Ints
    true: Floats

    def drawn(self, size: int, rng: np.random.Generator) -> Floats:
        """How often each person stands in a bootstrap audit of the same histories: (size, persons).

        Each found history keeps its number of audited persons.
        """
        times = np.zeros((size, len(self.found)))
        for history in np.unique(self.found):
            at = np.flatnonzero(self.found == history)
            times[:, at] = rng.multinomial(len(at), np.full(len(at), 1 / len(at)), size)
        return times


def audited_histories(
    persons: Sequence[tuple[int, Sequence[tuple[int, float]]]], lists: int
) -> AuditedHistories:
    """The rows from (found history, ((true history, weight), …)) of each audited person."""
    found = np.array([history for history, _ in persons], dtype=np.int64)
    true = np.zeros((len(persons), 1 << lists))
    for row, (_, parts) in enumerate(persons):
        for history, weight in parts:
            true[row, history] += weight
    return AuditedHistories(found, true)


def audited_in(table: CaptureTable, persons: Sequence[HistoryByHand]) -> AuditedHistories:
    """The rows of persons audited by hand, in the histories of the table's lists."""
    bit = {name: 1 << j for j, name in enumerate(table.lists)}

    def mask(names: frozenset[str]) -> int:
        return sum(bit[name] for name in names)

    rows = [(mask(p.found), [(mask(t), w) for t, w in p.true]) for p in persons]
    return audited_histories(rows, len(table.lists))


def corrected_tables(
    tables: Floats, audit: AuditedHistories, times: Floats | None = None
) -> Floats:
    """The tables by hand: persons by history, not whole any more.

    Parameters
    ----------
    tables : persons by history as linked, shape ``(rows, 2**lists)``
    times : how often each audited person counts, shape ``(rows, persons)``; once by default
    """
    size = tables.shape[1]
    times = np.ones((len(tables), len(audit.found))) if times is None else times
    whole = np.zeros_like(tables)
    for history in range(1, size):
        if not tables[:, history].any():
            continue
        mean = _mean(history, audit, times)
        whole += tables[:, [history]] * mean
    return whole


def _mean(history: int, audit: AuditedHistories, times: Floats) -> Floats:
    """What one person found with the history counts by hand: shape ``(rows, 2**lists)``.

    Where too few were drawn the history's own persons stay as they were found.
    """
    at = audit.found == history
    if at.sum() < LEAST_DRAWN:
        alone = np.zeros(audit.true.shape[1])
        alone[history] = 1.0
        return np.repeat(alone[None], len(times), axis=0)
    mine = times[:, at]
    return np.asarray(mine @ audit.true[at] / mine.sum(axis=1, keepdims=True))
