"""The sums of a long table: a total and the parts that stand beside it in the file."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from aiqyn.disclosure.long_tables.axes import Axis, axes_of
from aiqyn.disclosure.long_tables.conventions import conventions
from aiqyn.disclosure.long_tables.reading import LongTable


@dataclass(frozen=True, slots=True)
class Sum:
    """One equation: cell `total` is the sum of cells `parts`, along the columns of one axis.

    Attributes
    ----------
    total, parts : positions in `LongTable.cells`
    along : columns of the axis
    """

    total: int
    parts: tuple[int, ...]
    along: tuple[str, ...]


def sums_of(table: LongTable, *, absent_zero: bool = False) -> list[Sum]:
    """Every sum of the table that may be used.

    Parameters
    ----------
    absent_zero : take a row that is not in the file for a zero; otherwise a sum is used only when
        all its parts stand in the file
    """
    cells, axes = axes_of(table.cells.with_row_index("_at"), table.dims)
    return [s for axis in axes for s in _along(cells, axis, axes, absent_zero)]


def _along(cells: pl.DataFrame, axis: Axis, axes: tuple[Axis, ...], absent_zero: bool) -> list[Sum]:
    parents = axis.parents
    if not parents:
        return []
    others = [a.name for a in axes if a is not axis]
    above = pl.DataFrame({axis.name: list(parents), "_parent": list(parents.values())})
    parts = cells.join(above, on=axis.name).group_by(*others, "_parent").agg(pl.col("_at").sort())
    totals = cells.select(
        *others, pl.col(axis.name).alias("_parent"), pl.col("_at").alias("_total")
    )
    met = totals.join(parts, on=[*others, "_parent"]).sort("_total")
    if not absent_zero:
        met = _whole(met, cells, axis, axes, above)
    return [
        Sum(total, tuple(found), axis.columns)
        for total, found in met.select("_total", "_at").iter_rows()
    ]


def _whole(
    met: pl.DataFrame, cells: pl.DataFrame, axis: Axis, axes: tuple[Axis, ...], above: pl.DataFrame
) -> pl.DataFrame:
    """Sums of which every part stands in the file."""
    beside = [a.name for a in axes if a is not axis and a.has_total]
    where = [*beside, "_parent"]
    listed = above.group_by("_parent").agg(pl.len().alias("_listed"))
    seen = (
        cells.join(above, on=axis.name)
        .group_by(where)
        .agg(pl.col(axis.name).n_unique().alias("_seen"))
    )
    blocks = met.group_by(where).agg(pl.len().alias("_blocks"))
    told = met.join(listed, on="_parent").join(seen, on=where).join(blocks, on=where)
    by_design = pl.col("_blocks") >= conventions().design_blocks
    needed = pl.when(by_design).then(pl.col("_seen")).otherwise(pl.col("_listed"))
    return told.filter(pl.col("_at").list.len() == needed).sort("_total")
