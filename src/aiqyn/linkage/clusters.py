"""Pairs that are held to be one person, to persons: every record ends in exactly one."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Labels = NDArray[np.int64]


def clusters(records: int, pairs: pl.DataFrame, threshold: float) -> Labels:
    """The person of each record: whoever a chain of pairs at or above the threshold joins.

    Parameters
    ----------
    records : number of records; pairs name them 0 … records - 1
    pairs : `left`, `right` (records) and `probability` (that they are one person)
    threshold : probability from which a pair counts as one person

    Returns
    -------
    Shape ``(records,)``: persons numbered from 0 in the order of their first records, so that the
    numbering depends on the order of records alone and not on that of the pairs.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    held = pairs.filter(pl.col("probability") >= threshold)
    ends = held["left"].to_numpy(), held["right"].to_numpy()
    graph = coo_array((np.ones(held.height, dtype=np.int8), ends), shape=(records, records))
    _, labels = connected_components(graph, directed=False)
    return in_order(labels)


def in_order(labels: NDArray[np.integer]) -> Labels:
    """The same clusters, numbered from 0 in the order in which they first appear."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]
