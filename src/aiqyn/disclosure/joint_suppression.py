"""From true tables to a release that the attack cannot open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from aiqyn.disclosure.cells import ALL, Cell
from aiqyn.disclosure.component import components
from aiqyn.disclosure.known import HIDDEN, SHOWN, marks
from aiqyn.disclosure.published import PublishedTable, Release, Status
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import search
from aiqyn.disclosure.secondary_suppression import Block, Hiding, start
from aiqyn.disclosure.sums import known_sums
from aiqyn.disclosure.true_counts import CountTable
from aiqyn.disclosure.web import Web, weave

STATUS: tuple[Status, Status, Status] = ("shown", "small", "hidden")


def protect(
    tables: Sequence[CountTable],
    rules: Rules,
    *,
    advance: Callable[[float], None] = lambda done: None,
) -> Release:
    """Hide small cells, and as many others as it takes that none can be worked out.

    All tables are one publication: what one shows, another may give away. Zeros stay zeros; every
    number that is left is the true one. The order of tables and rows does not matter.

    Raises
    ------
    InputRefused (DISC-002, DISC-003) when totals do not add up or tables differ on a cell.
    """
    bare = _bare(tables)
    web = weave(bare, refinement_cells=rules.refinement_cells)
    n = _numbers(tables, web)
    cost = _costs(tables, web, n, rules)
    status = start(n, rules)
    blocks = list(_blocks(web, n, cost, rules))
    for at, block in enumerate(blocks):
        own = block.columns[: block.printed]
        status[own] = Hiding(block, rules, status[own]).run()
        advance(0.8 * (at + 1) / len(blocks))
    while True:
        release = _release(bare, web, status)
        open_cells = search(web, marks(web, release.published, rules), rules).opened
        if not open_cells:
            return release
        status = _give_way(web, n, status, open_cells)


def _bare(tables: Sequence[CountTable]) -> list[PublishedTable]:
    """The tables with every number shown, as nobody outside will see them."""
    names = [t.name for t in tables]
    if len(set(names)) < len(names):
        raise ValueError("two tables of one publication have the same name")
    sums = known_sums(tables)
    return [
        PublishedTable(
            t.name,
            t.axes,
            t.counts.with_columns(pl.lit("shown").alias("status")),
            sums[t.name],
            judged=t.judged,
        )
        for t in tables
    ]


def _numbers(tables: Sequence[CountTable], web: Web) -> np.ndarray:
    counts = {
        t.axes.cell(t.axes.row(codes)): n for t in tables for *codes, n in t.counts.iter_rows()
    }
    return np.array([counts[cell] for cell in web.cells], dtype=np.int64)


def _costs(tables: Sequence[CountTable], web: Web, n: np.ndarray, rules: Rules) -> np.ndarray:
    """What the reader loses with each cell: inner cells little, the total of a block most."""
    summed = _summed_over(tables)
    return np.array(
        [
            rules.grand_total
            if summed[cell] is None
            else (1 + np.log2(1 + persons)) * rules.margin ** (summed[cell] or 0)
            for cell, persons in zip(web.cells, n, strict=True)
        ]
    )


def _summed_over(tables: Sequence[CountTable]) -> dict[Cell, int | None]:
    """The most dimensions that a table sums over in each cell; None for a total of a block."""
    found: dict[Cell, int | None] = {}
    for table in tables:
        free = [d for d in table.dims if d not in table.blocks]
        for codes in table.counts.select(table.dims).iter_rows():
            cell = table.axes.cell(table.axes.row(codes))
            over = codes.count(ALL)
            grand = over == len(free) and bool(free)
            before = found.get(cell, 0)
            found[cell] = None if grand or before is None else max(before, over)
    return found


def _blocks(web: Web, n: np.ndarray, cost: np.ndarray, rules: Rules) -> Iterator[Block]:
    """The parts of the publication that no sum ties together; zeros are printed and fall out."""
    size = web.matrix.shape[1]
    free = np.ones(size, dtype=bool)
    free[: web.printed] = (n > 0) | (not rules.zeros_shown)
    high = np.where(free, 1.0, 0.0)
    for part in components(web.matrix, web.row_low, web.row_high, np.zeros(size), high):
        printed = int((part.columns < web.printed).sum())
        own = part.columns[:printed]
        if printed:
            yield Block(
                part.columns, printed, n[own], cost[own], part.matrix, part.row_low, part.row_high
            )


def _release(bare: Sequence[PublishedTable], web: Web, status: np.ndarray) -> Release:
    marks_of: Mapping[Cell, Status] = {
        cell: STATUS[s] for cell, s in zip(web.cells, status, strict=True)
    }
    return Release(tuple(_printed(table, marks_of) for table in bare))


def _printed(table: PublishedTable, marks_of: Mapping[Cell, Status]) -> PublishedTable:
    status = [marks_of[table.axes.cell(row)] for row, _, _ in table.rows]
    cells = table.cells.with_columns(pl.Series("status", status, dtype=pl.String)).with_columns(
        pl.when(pl.col("status") == "shown").then(pl.col("n")).alias("n")
    )
    return replace(table, cells=cells)


def _give_way(web: Web, n: np.ndarray, status: np.ndarray, open_cells: Sequence[int]) -> np.ndarray:
    """Hide every number that shares a sum with an open cell, and print the open cell itself as x.

    The witnesses make this a second lock, not the first: it is there so that an error in finding
    them ends in too much hidden and never in a release that opens.
    """
    beside = abs(web.matrix)
    touched = np.zeros(web.matrix.shape[1])
    touched[list(open_cells)] = 1.0
    after = status.copy()
    while np.array_equal(after, status):
        rows = (beside @ touched) > 0
        spread = np.maximum(touched, (beside.T @ rows.astype(float)) > 0)
        if np.array_equal(spread, touched):
            raise AssertionError("every number around an open cell is hidden, and it is open still")
        touched = spread
        near = touched[: web.printed] > 0
        after[near & (n > 0) & (status == SHOWN)] = HIDDEN
        after[list(open_cells)] = HIDDEN
    return after
