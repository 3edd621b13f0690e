"""From records of persons to a table of counts with all its margins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import polars as pl

from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.true_counts import CountTable

UNKNOWN = "unknown"  # a value that is not recorded


def count_table(
    name: str,
    records: pl.DataFrame,
    dims: Sequence[str],
    *,
    hierarchy: Mapping[str, Mapping[str, str]] | None = None,
    domains: Mapping[str, Sequence[str]] | None = None,
    no_total: Sequence[str] = (),
    overlapping: Sequence[str] | None = None,
    population: str = "victims",
) -> CountTable:
    """Count records over `dims` with all margins, zeros written out.

    Parameters
    ----------
    records : one row a person; a list column holds several codes of one person, who is then counted
        under each of them and once in the total. Null counts as ``unknown``
    hierarchy : dimension -> {code: the code it is part of}; parents get rows of their own
    domains : dimension -> its codes; zeros are filled over them. By default the codes seen
    no_total : dimensions that get no ``_all`` row (years)
    overlapping : dimensions whose parts do not add up; by default the list columns

    Examples
    --------
    >>> import polars as pl
    >>> people = pl.DataFrame({"sex": ["female", "male", "female"]})
    >>> count_table("sex", people, ["sex"]).counts.rows()
    [('_all', 3), ('female', 2), ('male', 1)]
    """
    dims, hierarchy = tuple(dims), dict(hierarchy or {})
    lists = {d for d in dims if records.schema[d] == pl.List}
    codes = _codes(records, dims)
    people = codes.group_by(dims).len("n").with_row_index("_person")
    levels = {d: (hierarchy.get(d, {}), d not in set(no_total)) for d in dims}
    opened = reduce(lambda frame, d: _climb(frame, d, *levels[d]), dims, people)
    counts = opened.group_by(dims).agg(pl.col("n").sum().cast(pl.Int64))
    grid = _grid(counts, dims, domains or {}, levels)
    filled = grid.join(counts, on=dims, how="left").with_columns(pl.col("n").fill_null(0))
    return CountTable(
        name,
        dims,
        filled,
        population=population,
        hierarchy=hierarchy,
        overlapping=tuple(d for d in dims if d in (lists if overlapping is None else overlapping)),
    )


def _codes(records: pl.DataFrame, dims: tuple[str, ...]) -> pl.DataFrame:
    """Each dimension as a sorted list of different codes."""
    return records.select(_code_list(records, d).alias(d) for d in dims)


def _code_list(records: pl.DataFrame, dim: str) -> pl.Expr:
    if records.schema[dim] != pl.List:
        return pl.concat_list(pl.col(dim).cast(pl.String).fill_null(UNKNOWN))
    codes = pl.col(dim).cast(pl.List(pl.String)).list.drop_nulls().list.unique().list.sort()
    empty = codes.is_null() | (codes.list.len() == 0)
    return pl.when(empty).then(pl.lit([UNKNOWN])).otherwise(codes)


def _climb(people: pl.DataFrame, dim: str, parents: Mapping[str, str], total: bool) -> pl.DataFrame:
    """One row for each code a person stands under in `dim`: own codes, their parents, the total."""
    rows = [people.explode(dim)]
    while parents and (above := rows[-1].filter(pl.col(dim).is_in(list(parents)))).height:
        rows.append(above.with_columns(pl.col(dim).replace_strict(parents)))
    if total:
        rows.append(people.with_columns(pl.lit(ALL).alias(dim)))
    # A person with two children of one parent stands under the parent once.
    joined = pl.concat(rows)
    settled = [c for c in joined.columns if joined.schema[c] != pl.List]
    return joined.unique(settled, maintain_order=True)


def _grid(
    counts: pl.DataFrame,
    dims: tuple[str, ...],
    domains: Mapping[str, Sequence[str]],
    levels: Mapping[str, tuple[Mapping[str, str], bool]],
) -> pl.DataFrame:
    """Every combination of the codes, totals first, in the order of the domains."""
    grid = pl.DataFrame({"_": [0]})
    for dim in dims:
        parents, total = levels[dim]
        seen = set(counts[dim]) - {ALL}
        order = list(dict.fromkeys(domains.get(dim, sorted(seen))))
        extra = {p for code in order for p in _ancestors(code, parents)} | seen
        wanted = [ALL] * total + [c for c in order if c != ALL] + sorted(extra - set(order))
        grid = grid.join(pl.DataFrame({dim: wanted}, schema={dim: pl.String}), how="cross")
    return grid.drop("_")


def _ancestors(code: str, parents: Mapping[str, str]) -> list[str]:
    above = []
    while code := parents.get(code, ""):
        above.append(code)
    return above
