"""A release made beside earlier editions: new blocks protected, kept blocks as they stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from aiqyn.disclosure.earlier.before import Before
from aiqyn.disclosure.earlier.comparing import before, repeated
from aiqyn.disclosure.earlier.editions import Block, Edition, block_of
from aiqyn.disclosure.earlier.judging import KEPT, Verdict, judge
from aiqyn.disclosure.joint_suppression import protect
from aiqyn.disclosure.published import PublishedTable, Release, Sum
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.sums import known_sums
from aiqyn.disclosure.true_counts import CountTable


def protect_beside(
    tables: Sequence[CountTable],
    editions: Sequence[Edition],
    rules: Rules,
    *,
    advance: Callable[[float], None] = lambda done: None,
) -> tuple[Release, Before]:
    """The release, and the earlier facts that it is to be attacked with.

    Parameters
    ----------
    tables : all tables of the publication, true numbers
    editions : what was published before, the oldest first
    """
    known_sums(tables)  # refuses tables that do not agree, whatever is kept of them
    verdicts = judge(tables, editions, rules)
    anew = [_without_kept(table, verdicts) for table in tables]
    live = [table for table in anew if table.counts.height]
    facts = before(live, editions, verdicts, rules)
    release = protect(live, rules, before=facts, advance=advance)
    made = {table.name: table for table in release.published}
    whole = [_joined(table, made.get(table.name), editions, verdicts, rules) for table in tables]
    return Release(tuple(whole)), facts


def _without_kept(table: CountTable, verdicts: Mapping[Block, Verdict]) -> CountTable:
    blocks = [
        block_of(table.axes.cell(table.axes.row(codes)))
        for codes in table.counts.select(table.dims).iter_rows()
    ]
    live = pl.Series([verdicts[b].standing != KEPT for b in blocks], dtype=pl.Boolean)
    return replace(table, counts=table.counts.filter(live))


def _joined(
    table: CountTable,
    made: PublishedTable | None,
    editions: Sequence[Edition],
    verdicts: Mapping[Block, Verdict],
    rules: Rules,
) -> PublishedTable:
    """The table as it is printed, the years in their order."""
    again = repeated(table, editions, verdicts, rules)
    if made is not None and not again.height:
        return made
    rows = again if made is None else pl.concat([made.cells, again.select(made.cells.columns)])
    order = table.counts.select(table.dims).with_row_index("_at")
    cells = rows.join(order, on=list(table.dims), how="left", maintain_order="left")
    cells = cells.sort("_at", nulls_last=True, maintain_order=True).drop("_at")
    return PublishedTable(
        table.name, table.axes, cells, _sums(table, made, editions, verdicts), judged=table.judged
    )


def _sums(
    table: CountTable,
    made: PublishedTable | None,
    editions: Sequence[Edition],
    verdicts: Mapping[Block, Verdict],
) -> tuple[Sum, ...]:
    """How the table adds up today, and how it added up where it is printed again."""
    used = sorted(
        {v.source for v in verdicts.values() if v.standing == KEPT and v.source is not None}
    )
    old = [
        total
        for at in used
        for t in editions[at].tables
        if (t.name, t.dims) == (table.name, table.dims)
        for total in t.sums
    ]
    return tuple(dict.fromkeys([*(made.sums if made is not None else ()), *old]))
