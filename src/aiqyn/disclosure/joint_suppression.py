"""From true tables to a release that the attack cannot open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from aiqyn.disclosure.bets import luckiest
from aiqyn.disclosure.cells import Cell
from aiqyn.disclosure.component import components
from aiqyn.disclosure.earlier.before import NOTHING_BEFORE, Before
from aiqyn.disclosure.known import HIDDEN, SHOWN, SMALL
from aiqyn.disclosure.published import PublishedTable, Release, Status
from aiqyn.disclosure.reader_costs import costs
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import search
from aiqyn.disclosure.second_lock import give_way, places
from aiqyn.disclosure.secondary_suppression import Block, Hiding, start
from aiqyn.disclosure.still_open import Look, still_open
from aiqyn.disclosure.sums import known_sums
from aiqyn.disclosure.true_counts import CountTable
from aiqyn.disclosure.web import Web, weave

STATUS: tuple[Status, Status, Status] = ("shown", "small", "hidden")


def protect(
    tables: Sequence[CountTable],
    rules: Rules,
    *,
    before: Before = NOTHING_BEFORE,
    advance: Callable[[float], None] = lambda done: None,
) -> Release:
    """Hide small cells, and as many others as it takes that none can be worked out.

    All tables are one publication: what one shows, another may give away. Zeros stay zeros; every
    number that is left is the true one. The order of tables and rows does not matter.

    Parameters
    ----------
    before : what earlier publications have told: a number printed then is known for good, a number
        hidden then stays hidden

    Raises
    ------
    InputRefused (DISC-002, DISC-003) when totals do not add up or tables differ on a cell.
    """
    bare = _bare(tables)
    web = weave(bare, refinement_cells=rules.refinement_cells)
    n = _numbers(tables, web)
    cost = costs(tables, web, n, rules)
    told, must = before.status_of(web.cells), before.must_hide(web.cells)
    fixed = told == SHOWN
    status = _first(n, told, must, rules)
    blocks = list(_blocks(web, n, cost, rules, fixed, must))
    for at, block in enumerate(blocks):
        own = block.columns[: block.printed]
        if (told[own] < 0).any():  # else it stands as it was printed, and was attacked then
            status[own] = np.maximum(Hiding(block, rules, status[own]).run(), told[own])
        advance(0.8 * (at + 1) / len(blocks))
    while True:
        release = _release(bare, web, status)
        looked = still_open(release, before, rules)
        if not looked.opened:
            break
        status = give_way(looked.web, web, n * ~fixed, status, looked.opened)
    # To say less of a cell leaves all others at least as much room: no second look is needed.
    status[_won(looked, web, n, rules) & (told != SMALL)] = HIDDEN
    return _release(bare, web, status)


def _won(looked: Look, web: Web, n: np.ndarray, rules: Rules) -> np.ndarray:
    """(cells,) small cells of which a bet on the x of others would tell something."""
    at, seen = places(looked.web, web), np.full(looked.web.printed, -1)
    seen[at] = n
    found = search(looked.web, luckiest(looked.known, seen, rules), rules)
    return np.isin(at, found.opened)


def _first(n: np.ndarray, told: np.ndarray, must: np.ndarray, rules: Rules) -> np.ndarray:
    """Status before anything is protected; what was printed before keeps its mark."""
    status = start(n, rules)
    status[must & (status == SHOWN) & (n > 0)] = HIDDEN
    status[told > SMALL] = HIDDEN
    return status


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


def _blocks(
    web: Web,
    n: np.ndarray,
    cost: np.ndarray,
    rules: Rules,
    fixed: np.ndarray,
    must: np.ndarray,
) -> Iterator[Block]:
    """The parts of the publication that no sum ties together.

    Zeros are printed and fall out, and so does what was printed before (`fixed`).
    """
    size = web.matrix.shape[1]
    low, high = np.zeros(size), np.ones(size)
    settled = fixed | ((n == 0) & rules.zeros_shown)
    low[: web.printed] = np.where(settled, n, 0)
    high[: web.printed] = np.where(settled, n, n + 1)
    for part in components(web.matrix, web.row_low, web.row_high, low, high):
        printed = int((part.columns < web.printed).sum())
        own = part.columns[:printed]
        if printed:
            yield Block(
                part.columns,
                printed,
                n[own],
                cost[own],
                part.matrix,
                part.row_low,
                part.row_high,
                must[own],
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
