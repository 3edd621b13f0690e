"""A table of sums with its totals, made from single payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.long_tables.reading import HIGH, LOW, ROW, STATUS, TEXT, LongTable
from aiqyn.disclosure.long_tables.system import build_system
from aiqyn.disclosure.money.rules import MoneyRule
from aiqyn.errors import InputRefused, UsageRefused

NESTED = "/"  # region/district: the district stands inside the region
_WHOSE, _PARTS = "_whose", "_parts"


@dataclass(frozen=True, slots=True, repr=False)
class TableOfSums:
    """Sums of payments over every combination of the dimensions, totals included.

    Attributes
    ----------
    table : the sums as a long table
    matrix : (equations, cells); every row says that a total is the sum of its parts: zero
    room : (cells,) in the unit of the amounts: how far above the sum a reader must still think it
        possible; 0 where the sum may be shown
    alone : (cells,) code of the one contributor behind a cell; -1 where there are more
    """

    table: LongTable
    matrix: csr_array
    room: np.ndarray
    alone: np.ndarray

    @property
    def sums(self) -> np.ndarray:
        """(cells,) the true sums."""
        return self.table.cells[LOW].to_numpy().astype(float)

    def __repr__(self) -> str:
        return f"TableOfSums: {self.table.cells.height} cells, {int((self.room > 0).sum())} tell"


def table_of_sums(
    payments: pl.DataFrame,
    dims: Sequence[str],
    amount: str,
    rule: MoneyRule,
    *,
    contributor: str | None = None,
    file: str = "",
) -> TableOfSums:
    """The sums, their equations, and which of them give somebody away.

    Parameters
    ----------
    payments : one row a payment
    dims : columns; ``region/district`` names a column and one nested in it
    amount : column of amounts, none missing or below zero, in one currency
    contributor : column that says whose a payment is; by default each row is its own

    Raises
    ------
    InputRefused (DISC-026) an amount is missing or below zero; UsageRefused (DISC-020) a column is
    not there.
    """
    groups = [tuple(dim.split(NESTED)) for dim in dims]
    columns = tuple(column for group in groups for column in group)
    rows = _sound(payments, columns, amount, contributor, file)
    cells = _cells(rows, groups, columns, amount)
    parts = [np.array(amounts, dtype=float) for amounts in cells[_PARTS].to_list()]
    table = _long_table(cells, columns, amount, file)
    system = build_system([table], absent_zero=True)
    alone = [whose[0] if len(whose) == 1 else -1 for whose in cells[_WHOSE].to_list()]
    return TableOfSums(
        table, system.web.matrix, np.array([rule.room(p.tolist()) for p in parts]), np.array(alone)
    )


def _sound(
    payments: pl.DataFrame,
    columns: tuple[str, ...],
    amount: str,
    contributor: str | None,
    file: str,
) -> pl.DataFrame:
    asked = [*columns, amount, *([contributor] if contributor else [])]
    if not set(asked) <= set(payments.columns):
        raise UsageRefused("DISC-020", file=file, columns=", ".join(payments.columns))
    number = payments[amount].cast(pl.Float64, strict=False)
    if number.null_count() or bool((number < 0).any()) or bool(number.is_nan().any()):
        raise InputRefused("DISC-026", column=amount)
    whose = pl.col(contributor).rank("dense") if contributor else pl.int_range(pl.len())
    return payments.select(
        *(pl.col(c).cast(pl.String).fill_null("").alias(c) for c in columns),
        number.alias(amount),
        whose.cast(pl.Int64).alias(_WHOSE),
    )


def _cells(
    rows: pl.DataFrame, groups: Sequence[tuple[str, ...]], columns: tuple[str, ...], amount: str
) -> pl.DataFrame:
    """One row a cell: codes, whose money is in it, and how much of each."""
    made = [
        rows.with_columns(pl.lit(ALL).alias(c) for c in columns if c not in kept)
        .group_by(*columns, _WHOSE)
        .agg(pl.col(amount).sum())
        .filter(pl.col(amount) > 0)
        .group_by(*columns)
        .agg(pl.col(_WHOSE).sort(), pl.col(amount).alias(_PARTS))
        for kept in _kept(groups)
    ]
    return pl.concat(made).sort(columns)


def _kept(groups: Sequence[tuple[str, ...]]) -> Iterator[set[str]]:
    """Columns that are not totals, for every level of every dimension."""
    for depths in product(*(range(len(group) + 1) for group in groups)):
        yield {c for group, depth in zip(groups, depths, strict=True) for c in group[:depth]}


def _long_table(cells: pl.DataFrame, columns: tuple[str, ...], amount: str, file: str) -> LongTable:
    whole = pl.col(_PARTS).list.sum()
    told = cells.select(
        pl.int_range(2, pl.len() + 2).alias(ROW),
        *columns,
        whole.round(2).cast(pl.String).str.strip_suffix(".0").alias(TEXT),
        whole.alias(LOW),
        whole.alias(HIGH),
        pl.lit("number").alias(STATUS),
    )
    return LongTable(file, columns, amount, "Total", told, (), frozenset(columns))
