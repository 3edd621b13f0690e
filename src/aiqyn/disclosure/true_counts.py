"""A table of counts as it stands before protection: true numbers, never for the public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from aiqyn.disclosure.cells import ALL, Axes
from aiqyn.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Judged:
    """The same persons told apart several times: each has one code of `says` under each of `by`.

    Laws nest: who is a victim of a severe form is a victim under the wider law too. So not every
    combination can occur, and numbers under one law bound those under another.

    Attributes
    ----------
    by, says : dimensions, such as definition and verdict
    names : codes of `by`
    possible : the combinations of codes of `says` that can occur, in the order of `names`
    """

    by: str
    says: str
    names: tuple[str, ...]
    possible: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class CountTable:
    """Counts of persons over dimensions, long: one row a combination, totals under ``_all``.

    Attributes
    ----------
    name : name of the table, unique within a publication
    dims : dimensions. The same name in two tables of one population is the same variable, so their
        shared margins tie the tables together
    counts : columns `dims` (text) and `n` (persons); an absent row is a zero. A dimension without
        any ``_all`` row has no total: it cuts the table into blocks (years). Tables are tied by the
        totals that are printed, so leave out totals only for what cuts all tables alike
    population : whom the table counts; tables of different populations are never tied
    hierarchy : dimension -> {code: the code it is part of}
    overlapping : dimensions in which a person can stand under several codes. Parts do not add up to
        the total there; it is at least the largest part and at most their sum
    alone : overlapping dimension -> the code that a person has only when no other applies
    judged : which combinations can occur where the same persons are told apart several times
    variable, given, needs : how the table's cells are named among all tables; see `Axes`
    """

    name: str
    dims: tuple[str, ...]
    counts: pl.DataFrame
    population: str = "victims"
    hierarchy: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    overlapping: tuple[str, ...] = ()
    alone: Mapping[str, str] = field(default_factory=dict)
    judged: Judged | None = None
    variable: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dims", tuple(self.dims))
        missing = [c for c in (*self.dims, "n") if c not in self.counts.columns]
        if missing:
            raise InputRefused("DISC-005", table=self.name, columns=", ".join(missing))
        object.__setattr__(self, "counts", _tidy(self.name, self.dims, self.counts))

    @property
    def blocks(self) -> tuple[str, ...]:
        """Dimensions without a total."""
        return tuple(d for d in self.dims if ALL not in self.counts[d])

    @property
    def axes(self) -> Axes:
        """How the codes of the table name cells."""
        return Axes(self.population, self.dims, self.variable, self.given, self.needs)

    def __repr__(self) -> str:
        # The numbers themselves are not shown: a repr ends in logs.
        return f"CountTable {self.name}: {' x '.join(self.dims)}, {self.counts.height} cells"


def _tidy(name: str, dims: tuple[str, ...], counts: pl.DataFrame) -> pl.DataFrame:
    """The same counts with codes as text, whole persons, and no cell twice."""
    if counts["n"].null_count() or (counts["n"] < 0).any() or (counts["n"] % 1 != 0).any():
        raise InputRefused("DISC-004", table=name)
    tidy = counts.select(*(pl.col(d).cast(pl.String) for d in dims), pl.col("n").cast(pl.Int64))
    if any(tidy[d].null_count() for d in dims):
        raise InputRefused("DISC-006", table=name)
    if dims and tidy.select(dims).is_duplicated().any():
        raise InputRefused("DISC-003", table=name, other=name)
    return tidy
