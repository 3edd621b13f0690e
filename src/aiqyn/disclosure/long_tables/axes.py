"""Dimensions as axes: neighbouring columns that nest (region, district) are one axis of paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from aiqyn.disclosure.cells import ALL

STEP = "\x1f"  # before each code of a path; stands in no code
TOP = ""  # the path of the total


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a table.

    Attributes
    ----------
    name : name of its column of paths
    columns : the columns it is made of, outer first
    paths : every path that stands in the table
    """

    name: str
    columns: tuple[str, ...]
    paths: frozenset[str]

    @property
    def has_total(self) -> bool:
        """Whether the total stands; an axis without it cuts the table into blocks."""
        return TOP in self.paths

    @property
    def parents(self) -> dict[str, str]:
        """Path -> the path next above it, where that stands in the table."""
        above = {path: path.rpartition(STEP)[0] for path in self.paths if path != TOP}
        return {path: parent for path, parent in above.items() if parent in self.paths}


def axes_of(cells: pl.DataFrame, dims: Sequence[str]) -> tuple[pl.DataFrame, tuple[Axis, ...]]:
    """The table with a column of paths for each axis, and the axes."""
    groups = nests(cells, dims)
    names = [f"_axis{i}" for i in range(len(groups))]
    paths = cells.with_columns(_path(g).alias(n) for n, g in zip(names, groups, strict=True))
    return paths, tuple(
        Axis(n, g, frozenset(paths[n].unique())) for n, g in zip(names, groups, strict=True)
    )


def nests(cells: pl.DataFrame, dims: Sequence[str]) -> list[tuple[str, ...]]:
    """The dimensions in groups, each an axis.

    A column nests in its left neighbour when no row names it under the neighbour's total, as no row
    names a district under the total of regions.
    """
    groups: list[list[str]] = []
    for dim in dims:
        if groups and _nested(cells, groups[-1][-1], dim):
            groups[-1].append(dim)
        else:
            groups.append([dim])
    return [tuple(g) for g in groups]


def _nested(cells: pl.DataFrame, outer: str, inner: str) -> bool:
    total, named = pl.col(outer) == ALL, pl.col(inner) != ALL
    told = cells.select(
        (total & ~named).any().alias("top"),
        (~total & named).any().alias("inside"),
        (total & named).any().alias("across"),
    ).row(0)
    return bool(told[0] and told[1] and not told[2])


def _path(columns: Sequence[str]) -> pl.Expr:
    steps = [
        pl.when(pl.col(c) == ALL).then(pl.lit("")).otherwise(STEP + pl.col(c)) for c in columns
    ]
    return pl.concat_str(steps)
