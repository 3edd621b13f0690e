"""Decomposable graphs of a few lists: which there are, and what their likelihoods are made of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from aiqyn.estimates.tables.cells import Bools, Floats, main_masks, members, pair_masks

Graph = tuple[tuple[int, int], ...]  # eliminated lists with their later neighbours


@cache
def graphs(lists: int) -> tuple[Graph, ...]:
    """Every decomposable graph as its eliminated lists with their later neighbours.

    Examples
    --------
    >>> [len(graphs(m)) for m in (3, 4, 5)]
    [8, 61, 822]
    """
    found = (_elimination(lists, edges) for edges in _edge_sets(lists))
    return tuple(order for order in found if order is not None)


def _edge_sets(lists: int) -> Iterator[tuple[int, ...]]:
    pairs = pair_masks(lists)
    for choice in range(1 << len(pairs)):
        yield tuple(p for k, p in enumerate(pairs) if choice >> k & 1)


def _elimination(lists: int, edges: tuple[int, ...]) -> Graph | None:
    """Lists in an order in which the neighbours still there are joined pairwise; None if none."""
    left, order, have = (1 << lists) - 1, [], set(edges)
    while left:
        for alone in main_masks(lists):
            around = sum(p & ~alone for p in have if p & alone and p & left == p)
            if alone & left and _joined(around, have):
                order.append((alone, around))
                left &= ~alone
                break
        else:
            return None
    return tuple(order)


def _joined(some: int, edges: set[int]) -> bool:
    inside = members(some)
    return all((1 << a | 1 << b) in edges for a in inside for b in inside if a < b)


@cache
def signs(lists: int) -> Floats:
    """How often each set of lists multiplies (or divides: below 0) a graph's likelihood."""
    found = np.zeros((len(graphs(lists)), 1 << lists))
    for row, graph in zip(found, graphs(lists), strict=True):
        for alone, around in graph:
            row[alone | around] += 1
            row[around] -= 1
    return found


def terms_of(graph: Graph, lists: int) -> Bools:
    """Terms of the graph's log-linear model: every set of lists inside a clique."""
    terms = np.zeros(1 << lists, dtype=np.bool_)
    for alone, around in graph:
        clique = alone | around
        terms[[s for s in range(1 << lists) if s & clique == s]] = True
    return terms
