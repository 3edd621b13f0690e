"""An order of lists and histories that follows the persons alone, so that draws follow them too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Ints, members


def canonical_histories(counts: Ints, lists: int) -> list[int]:
    """Observed histories in an order that no renaming, reordering or splitting of the input moves.

    Lists are ranked by their persons and by the sizes of the histories they take part in; only
    lists that are alike in all that keep the order of the table.
    """
    rank = {j: r for r, j in enumerate(_ranked_lists(counts, lists))}
    seen = [int(h) for h in np.flatnonzero(counts)]
    return sorted(seen, key=lambda h: sum(1 << rank[j] for j in members(h)))


def canonical_table(table: CaptureTable) -> tuple[CaptureTable, Ints]:
    """The same persons with the lists in the order of their ranks.

    Returns
    -------
    The table, and for each of its masks the mask of the same lists in `table`; ``(2**lists,)``.
    """
    ranked = _ranked_lists(np.array(table.counts, dtype=np.int64), len(table.lists))
    masks = [sum(1 << ranked[r] for r in members(h)) for h in range(len(table.counts))]
    lists, counts = tuple(table.lists[j] for j in ranked), tuple(table.counts[m] for m in masks)
    rows = tuple(masks.index(row) for row in table.rows)
    return replace(table, lists=lists, counts=counts, rows=rows), np.array(masks)


def _ranked_lists(counts: Ints, lists: int) -> list[int]:
    return sorted(range(lists), key=lambda j: _profile(counts, j))


def _profile(counts: Ints, j: int) -> tuple[object, ...]:
    held = [int(h) for h in np.flatnonzero(counts) if h >> j & 1]
    total = sum(int(counts[h]) for h in held)
    return -total, sorted((h.bit_count(), int(counts[h])) for h in held), j
