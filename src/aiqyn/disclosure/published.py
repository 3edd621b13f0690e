"""Tables as a reader sees them: shown numbers, marks for the others, and how parts add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from aiqyn.disclosure.cells import ALL, Axes
from aiqyn.disclosure.true_counts import Judged

Status = Literal["shown", "small", "hidden"]
Kind = Literal["equal", "overlap", "partial", "within"]


@dataclass(frozen=True, slots=True)
class Sum:
    """How the parts of `total` in one dimension of a table make it up, as every reader knows.

    The codes are those of the variable (`Axes.code`).

    equal: parts add up; overlap: a person can be in two parts; partial: some parts are not listed;
    within: each part is at most the total and no more is known. Who stands under the code `alone`
    stands under no other of the parts.
    """

    dim: str
    total: str
    parts: tuple[str, ...]
    kind: Kind = "equal"
    alone: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One table as printed.

    Attributes
    ----------
    axes : its dimensions, and how their codes name cells
    cells : columns `dims`, `n` (persons, null when not printed), `status` (shown, small, hidden)
    sums : how its cells make up totals, here and in other tables of the same population
    absent_is_zero : whether a combination without a row is known to be zero
    judged : which verdicts can fall together on one person, where several stand side by side
    """

    name: str
    axes: Axes
    cells: pl.DataFrame
    sums: tuple[Sum, ...] = ()
    absent_is_zero: bool = True
    judged: Judged | None = None

    @property
    def dims(self) -> tuple[str, ...]:
        """Its dimensions, as columns of `cells`."""
        return self.axes.dims

    @property
    def rows(self) -> Iterator[tuple[tuple[str, ...], int | None, Status]]:
        """Full row of codes, number, status."""
        for *codes, n, status in self.cells.select(*self.dims, "n", "status").iter_rows():
            yield self.axes.row(codes), n, status


@dataclass(frozen=True, slots=True, repr=False)
class Release:
    """Tables made ready for publication together.

    Attributes
    ----------
    published : the tables as readers will see them
    """

    published: tuple[PublishedTable, ...] = field(default=())

    @property
    def tables(self) -> Mapping[str, pl.DataFrame]:
        """Name -> columns dims, n (persons, null when not printed), status."""
        return {table.name: table.cells for table in self.published}

    def report(self) -> dict[str, dict[str, int | float]]:
        """Table -> its cells, those small (primary), those hidden (secondary), the share lost."""
        return {table.name: _losses(table.cells) for table in self.published}

    def __repr__(self) -> str:
        lines = [
            f"  {name}: {r['cells']} cells, {r['primary']} small, {r['secondary']} hidden"
            for name, r in self.report().items()
        ]
        return "\n".join([f"Release: {len(self.published)} tables", *lines])


def _losses(cells: pl.DataFrame) -> dict[str, int | float]:
    small, hidden = (int((cells["status"] == mark).sum()) for mark in ("small", "hidden"))
    share = round((small + hidden) / max(cells.height, 1), 4)
    return {
        "cells": cells.height,
        "primary": small,
        "secondary": hidden,
        "suppressed_share": share,
    }


def published_table(
    name: str,
    dims: tuple[str, ...],
    cells: pl.DataFrame,
    *,
    total: str = "_all",
    population: str = "victims",
) -> PublishedTable:
    """Another office's table, as found: a sum is used only where all its parts stand in the file.

    Parameters
    ----------
    axes : its dimensions, and how their codes name cells
    cells : columns `dims`, `n` (null when not printed), `status` (shown, small, hidden)
    total : the word the table uses for a total
    """
    named = cells.with_columns(
        pl.col(d).cast(pl.String).replace({total: ALL}).fill_null("").alias(d) for d in dims
    )
    sums = tuple(Sum(d, ALL, tuple(sorted(set(named[d]) - {ALL}))) for d in dims if ALL in named[d])
    return PublishedTable(name, Axes(population, dims), named, sums, absent_is_zero=False)
