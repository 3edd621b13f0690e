"""Cleared tables as anybody reads them: one row a cell, totals under Total, marks for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from aiqyn.disclosure import ALL, Cleared, PublishedTable, Release

TOTAL = "Total"
EVERYONE = "everyone"  # all persons, in a dimension where a person can stand under several codes
STATUS = "status"
NOT_PERSONS = {"agency_rows": "count", "agency_accepted": "count"}


@dataclass(frozen=True, slots=True)
class OpenTable:
    """One table of the folder.

    Attributes
    ----------
    name : of its files, without ending
    dims : dimension columns; a broader dimension stands left of the finer one
    value : the column of counts: persons, or count (rows of agencies' files)
    frame : `dims`, the value (null where hidden) and `status` (shown, small, hidden)
    codes_of : dimension -> the dimension of the standard whose codes it holds
    """

    name: str
    dims: tuple[str, ...]
    value: str
    frame: pl.DataFrame
    codes_of: Mapping[str, str]

    def printed(self, threshold: int) -> pl.DataFrame:
        """As it stands in the CSV file: a number or a mark, as text."""
        mark = (
            pl.when(pl.col(STATUS) == "small").then(pl.lit(f"<{threshold}")).otherwise(pl.lit("x"))
        )
        number = pl.col(self.value).cast(pl.String)
        return self.frame.with_columns(pl.coalesce(number, mark).alias(self.value))


def open_tables(release: Cleared[Release]) -> tuple[OpenTable, ...]:
    """The tables of a cleared release, in the order of their names."""
    return tuple(_open(t) for t in sorted(release.value.published, key=lambda t: t.name))


def _open(table: PublishedTable) -> OpenTable:
    value = NOT_PERSONS.get(table.name, "persons")
    frame, dims, codes_of = table.cells.rename({"n": value}), [], {}
    for dim in table.dims:
        codes_of[dim] = dim
        if _overlaps(table, dim):
            frame = frame.with_columns(pl.col(dim).replace({ALL: EVERYONE}))
        elif parents := _parents(table, dim):
            broad = f"{dim}_broad"
            codes_of[broad] = dim
            frame = _split(frame, dim, broad, parents)
            dims.append(broad)
        dims.append(dim)
    totals = [pl.col(d).replace({ALL: TOTAL}) for d in dims]
    frame = frame.select(*totals, value, STATUS)
    return OpenTable(table.name, tuple(dims), value, frame, codes_of)


def _overlaps(table: PublishedTable, dim: str) -> bool:
    return any(s.dim == dim and s.kind in ("overlap", "within") for s in table.sums)


def _parents(table: PublishedTable, dim: str) -> dict[str, str]:
    """Code -> the broader code of the same column that it is part of."""
    own = set(table.cells[dim])
    sums = (s for s in table.sums if s.dim == dim and s.total in own - {ALL})
    return {part: s.total for s in sums for part in s.parts}


def _split(frame: pl.DataFrame, dim: str, broad: str, parents: Mapping[str, str]) -> pl.DataFrame:
    """Two columns, the broader code and the finer one; a code that is not split is a total."""
    finer = pl.col(dim).is_in(list(parents))
    return frame.with_columns(
        pl.col(dim).replace(dict(parents)).alias(broad),
        pl.when(finer).then(pl.col(dim)).otherwise(pl.lit(ALL)).alias(dim),
    )


def used_codes(tables: Iterable[OpenTable]) -> dict[str, list[tuple[str, str]]]:
    """Column -> its codes in the order they stand, each with the dimension it belongs to."""
    found: dict[str, dict[str, str]] = {}
    for table in tables:
        for dim in table.dims:
            for code in table.frame[dim].unique(maintain_order=True):
                found.setdefault(dim, {}).setdefault(code, table.codes_of[dim])
    return {dim: list(codes.items()) for dim, codes in found.items()}
