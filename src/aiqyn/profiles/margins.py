"""Counts of persons over several dimensions with every margin, zeros written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import polars as pl

ALL = "_all"


def count_cube(
    persons: pl.DataFrame,
    dims: Sequence[str],
    domains: Mapping[str, Sequence[str]],
    *,
    block: str = "year",
    many: str | None = None,
) -> pl.DataFrame:
    """Persons by `block` and by every subset of `dims`, margins marked ``_all``.

    Parameters
    ----------
    persons : one row a person; the columns `block`, `dims`, and `person_id`.
    domains : dimension -> its codes; every combination gets a row, a true zero where nobody is.
    block : the dimension that is never summed over (years stand beside each other).
    many : a dimension whose column is a list: a person is counted under each of its codes, once in
        the margin, so the parts may add to more than the whole.

    Returns
    -------
    Table of `block`, `dims`, `n` (persons), sorted; codes outside a domain count as ``unknown``.
    """
    blocks = persons.get_column(block).drop_nulls().unique().sort().to_list()
    known = _inside_domains(persons, dims, domains, many)
    parts = [
        _one_margin(known, kept, dims, domains, block=block, blocks=blocks)
        for size in range(len(dims) + 1)
        for kept in combinations(dims, size)
    ]
    return pl.concat(parts).sort(block, *dims)


def _inside_domains(
    persons: pl.DataFrame,
    dims: Sequence[str],
    domains: Mapping[str, Sequence[str]],
    many: str | None,
) -> pl.DataFrame:
    table = persons.explode(many) if many else persons
    return table.with_columns(
        pl.when(pl.col(dim).is_in(list(domains[dim])))
        .then(pl.col(dim))
        .otherwise(pl.lit("unknown"))
        .alias(dim)
        for dim in dims
    )


def _one_margin(
    persons: pl.DataFrame,
    kept: Sequence[str],
    dims: Sequence[str],
    domains: Mapping[str, Sequence[str]],
    *,
    block: str,
    blocks: Sequence[int],
) -> pl.DataFrame:
    grid = pl.DataFrame({block: blocks}, schema={block: persons.schema[block]})
    for dim in kept:
        grid = grid.join(pl.DataFrame({dim: list(domains[dim])}), how="cross")
    counted = persons.group_by([block, *kept]).agg(pl.col("person_id").n_unique().alias("n"))
    filled = grid.join(counted, on=[block, *kept], how="left")
    return filled.select(
        block,
        *(pl.col(dim) if dim in kept else pl.lit(ALL).alias(dim) for dim in dims),
        pl.col("n").fill_null(0).cast(pl.Int64),
    )
