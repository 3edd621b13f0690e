"""New tables beside earlier editions: what is settled, and what is printed again as it stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from aiqyn.disclosure.cells import ALL, Axes, Cell
from aiqyn.disclosure.earlier.before import Before
from aiqyn.disclosure.earlier.editions import (
    Block,
    Edition,
    Printed,
    block_of,
    covered,
    is_covered,
    scheme_of,
)
from aiqyn.disclosure.earlier.judging import KEPT, REVISED, SAME, Change, Verdict, true_cells
from aiqyn.disclosure.published import PublishedTable, Status, Sum
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.true_counts import CountTable

EDITION = "edition"  # dimension: the cell as an earlier edition printed it


def before(
    tables: Sequence[CountTable],
    editions: Sequence[Edition],
    verdicts: Mapping[Block, Verdict],
    rules: Rules,
) -> Before:
    """What earlier editions settle for the tables that are made anew."""
    own = true_cells(tables)
    marks: dict[Cell, Status] = {}
    for cell, (_, status) in _sources(own, editions, verdicts, SAME).items():
        marks[cell] = status
    unsafe = {
        cell
        for verdict in verdicts.values()
        for change in verdict.changes
        for cell, moved in change.by_cell.items()
        if 0 < abs(moved) < rules.threshold and verdict.standing == REVISED
    }
    told = [t for at in range(len(editions)) for t in _told(at, editions[at], own, verdicts)]
    return Before(marks, frozenset(unsafe & set(own)), tuple(told))


def repeated(
    table: CountTable,
    editions: Sequence[Edition],
    verdicts: Mapping[Block, Verdict],
    rules: Rules,
) -> pl.DataFrame:
    """The rows of the blocks that are printed as they stood; a code that no edition had is hidden.

    Returns
    -------
    Columns of the table's dimensions, `n` (persons, null when not printed), `status`.
    """
    kept = [b for b, v in verdicts.items() if v.standing == KEPT and b[0] == table.population]
    facts = {b: editions[verdicts[b].source or 0] for b in kept}
    cells = {b: edition.cells() for b, edition in facts.items()}
    rows: dict[tuple[str, ...], tuple[int | None, Status]] = {}
    for *codes, n in table.counts.iter_rows():
        cell = table.axes.cell(table.axes.row(codes))
        if (block := block_of(cell)) in facts and not _never_had(table, cell, facts[block]):
            rows[tuple(codes)] = _again(cell, n, cells[block], facts[block], rules)
    for block, edition in facts.items():
        for gone, printed in _gone(table, edition, block):
            rows.setdefault(gone, _remarked(printed, edition.threshold, rules))
    schema = {**dict.fromkeys(table.dims, pl.String), "n": pl.Int64, "status": pl.String}
    return pl.DataFrame([(*c, *p) for c, p in rows.items()], schema=schema, orient="row")


def _never_had(table: CountTable, cell: Cell, edition: Edition) -> bool:
    """Whether the edition printed this table without a row for the cell, which was a zero then.

    The row stays away: a zero that was not there before tells that somebody stands there now.
    """
    old = [t for t in edition.tables if (t.name, t.dims) == (table.name, table.dims)]
    had = edition.cells_by_scheme().get(scheme_of(table.axes), set())
    return any(t.absent_is_zero for t in old) and cell not in had


def _again(
    cell: Cell, n: int, cells: Mapping[Cell, Printed], edition: Edition, rules: Rules
) -> Printed:
    if cell in cells:
        return _remarked(cells[cell], edition.threshold, rules)
    was_zero = is_covered(cell, covered([t for t in edition.tables if t.absent_is_zero]))
    return (0, "shown") if was_zero or not n else (None, "hidden")


def _remarked(printed: Printed, threshold: int, rules: Rules) -> Printed:
    """As it was printed, in the marks of today's threshold."""
    n, status = printed
    if n is not None:
        return (None, "small") if rules.is_small(n) else printed
    return (None, "hidden") if status == "small" and threshold > rules.threshold else printed


def _gone(
    table: CountTable, edition: Edition, block: Block
) -> Iterator[tuple[tuple[str, ...], Printed]]:
    """Rows of the table in an edition's block, by codes."""
    for old in edition.tables:
        if (old.name, old.dims) == (table.name, table.dims):
            for *codes, n, status in old.cells.select(*old.dims, "n", "status").iter_rows():
                if block_of(old.axes.cell(old.axes.row(codes))) == block:
                    yield tuple(codes), (n, status)


def _sources(
    own: Mapping[Cell, int],
    editions: Sequence[Edition],
    verdicts: Mapping[Block, Verdict],
    standing: str,
) -> dict[Cell, Printed]:
    """How the cells of today were printed by the edition that their block is taken from."""
    chosen = {b: v.source for b, v in verdicts.items() if v.standing == standing}
    return {
        cell: printed
        for at, edition in enumerate(editions)
        if at in chosen.values()
        for cell, printed in edition.cells().items()
        if cell in own and chosen.get(block_of(cell)) == at
    }


def _told(
    at: int, edition: Edition, own: Mapping[Cell, int], verdicts: Mapping[Block, Verdict]
) -> Iterator[PublishedTable]:
    """The edition's tables as facts: of blocks that are made anew, tied as their changes allow."""
    for table in edition.tables:
        same = _rows_of(table, at, None, verdicts)
        if same.height:
            yield replace(table, name=f"{edition.name}: {table.name}", cells=same)
        for way in (1, -1):
            tied = _rows_of(table, at, way, verdicts)
            if tied.height:
                yield _tied(table, tied, edition.name, way, own)


def _direction(verdict: Verdict, at: int) -> int | None:
    """How a block as it is printed moved since an edition: 1, -1, 0; None when it did not."""
    change: Change | None = next((c for c in verdict.changes if c.edition == at), None)
    if verdict.standing == KEPT:
        return None if verdict.source == at else 0
    if change is None:
        return 0
    return change.direction if change.largest else None


def _rows_of(
    table: PublishedTable, at: int, direction: int | None, verdicts: Mapping[Block, Verdict]
) -> pl.DataFrame:
    """The rows of blocks that moved in one direction since the edition (None: that did not)."""
    blocks = [
        block_of(table.axes.cell(table.axes.row(codes)))
        for codes in table.cells.select(table.dims).iter_rows()
    ]
    chosen = [b in verdicts and _direction(verdicts[b], at) == direction for b in blocks]
    return table.cells.filter(pl.Series(chosen, dtype=pl.Boolean))


def _tied(
    table: PublishedTable, cells: pl.DataFrame, name: str, way: int, own: Mapping[Cell, int]
) -> PublishedTable:
    """Cells of an edition, none more than today's cell where cells only grew, none less where not.

    Today's cells stand beside them without a number: what they show, the new tables say.
    """
    axes = table.axes
    today = [axes.cell(axes.row(codes)) in own for codes in cells.select(axes.dims).iter_rows()]
    here = cells.filter(pl.Series(today, dtype=pl.Boolean)).with_columns(
        pl.lit(ALL).alias(EDITION),
        pl.lit(None, pl.Int64).alias("n"),
        pl.lit("hidden").alias("status"),
    )
    then = cells.with_columns(pl.lit(name).alias(EDITION))
    whole, part = (ALL, name) if way > 0 else (name, ALL)
    return PublishedTable(
        f"{name}: {table.name}",
        Axes(axes.population, (*axes.dims, EDITION), axes.variable, axes.given, axes.needs),
        pl.concat([then, here.select(then.columns)]),
        (*table.sums, Sum(EDITION, whole, (part,), "partial")),
        absent_is_zero=False,
    )
