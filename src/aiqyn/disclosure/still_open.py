"""What tables and earlier publications give away together, as far as hiding more would help."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from aiqyn.disclosure.earlier.before import Before
from aiqyn.disclosure.known import Known, marks
from aiqyn.disclosure.published import PublishedTable, Release
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import Found, search
from aiqyn.disclosure.web import Web, weave


@dataclass(frozen=True, slots=True)
class Look:
    """All that a reader has, and what it opens.

    Attributes
    ----------
    web : cells and sums of the release and of what was printed before
    known, found : what is printed, and what follows
    opened : columns of hidden cells that hiding more of the release would keep shut
    before : columns that are open whatever the release prints: earlier publications opened them
    """

    web: Web
    known: Known
    found: Found
    opened: tuple[int, ...]
    before: tuple[int, ...] = ()


def still_open(release: Release, before: Before, rules: Rules) -> Look:
    """The attack on the release beside all that was printed before."""
    tables = (*release.published, *before.tables)
    web = weave(tables, refinement_cells=rules.refinement_cells)
    known = marks(web, tables, rules)
    found = search(web, known, rules)
    if not found.opened or not before.tables:
        return Look(web, known, found, found.opened)
    blank = (*map(_blank, release.published), *before.tables)
    anyway = set(search(web, marks(web, blank, rules), rules).opened)
    opened = tuple(column for column in found.opened if column not in anyway)
    return Look(web, known, found, opened, tuple(sorted(anyway)))


def opened_by_zeros(look: Look, before: Before, rules: Rules) -> tuple[int, ...]:
    """Columns that open whatever the release hides, and that were not open before it.

    A new table has rows where somebody stands and zeros elsewhere. Four rows under a number that an
    earlier edition printed as "<5" make it four, though all of them are hidden.
    """
    if not look.before:
        return ()
    web = weave(before.tables, refinement_cells=rules.refinement_cells)
    alone = search(web, marks(web, before.tables, rules), rules).opened
    known = {web.cells[column] for column in alone}
    hidden = set(look.found.opened) & set(look.before)
    return tuple(sorted(column for column in hidden if look.web.cells[column] not in known))


def _blank(table: PublishedTable) -> PublishedTable:
    """The table with its zeros alone."""
    zero = (pl.col("n") == 0).fill_null(False)
    status = pl.when(zero).then(pl.lit("shown")).otherwise(pl.lit("hidden"))
    n = pl.when(zero).then(pl.lit(0, pl.Int64))
    return replace(table, cells=table.cells.with_columns(status.alias("status"), n.alias("n")))
