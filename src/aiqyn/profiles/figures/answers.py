"""The rules at work: cells chosen from the table of counts, summed, divided."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from aiqyn.profiles.figures.bounds import Bounded, Sum, share
from aiqyn.profiles.figures.statements import Cells, Rule

SMALL = 2  # persons; what "<5" counts as in a computed value (contract of `aiqyn figures`)


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on.

    Attributes
    ----------
    persons : int           in the cells used, "<5" taken as 2
    countries : int         that print at least one of these cells
    small_cells : int       cells printed as "<5"
    shared_cells : int      cells printed as several different rows; they are added up
    largest_row_only : float | None   the answer if of such rows only the largest counted
    """

    persons: int
    countries: int
    small_cells: int = 0
    shared_cells: int = 0
    largest_row_only: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the data give for a rule; `number` is None where they lack it."""

    number: Bounded | None
    basis: Basis


def answer(counts: pl.DataFrame, rule: Rule) -> Answer:
    """What the table gives for the rule.

    Parameters
    ----------
    counts : one row per printed cell: ``country indicator dimension form_group sex age_group year``
        and ``value low high`` (persons; value null where the cell says "<5")
    """
    if rule.kind == "share":
        return _share(_cells_of(counts, rule, rule.years), rule)
    if rule.kind == "rise":
        return _rise(counts, rule)
    cells = _cells_of(counts, rule, rule.years)
    if rule.kind == "countries":
        n = cells["country"].n_unique()
        return Answer(Bounded(n, n, n) if n else None, _basis(cells))
    return Answer(None, _basis(cells))


def prepared(counts: pl.DataFrame) -> pl.DataFrame:
    """The table with what each cell counts as in a computed value."""
    middle = pl.coalesce("value", pl.min_horizontal("high", pl.max_horizontal("low", SMALL)))
    return counts.with_columns(middle.cast(pl.Int64).alias("middle"))


def _cells_of(counts: pl.DataFrame, rule: Rule, years: tuple[int, int]) -> pl.DataFrame:
    wanted: list[pl.Expr] = [pl.col("year").is_between(*years), _is(rule.whole)]
    if rule.indicator:
        wanted.append(pl.col("indicator") == rule.indicator)
    if rule.dimension:
        wanted.append(pl.col("dimension") == rule.dimension)
    if rule.countries:
        wanted.append(pl.col("country").is_in(rule.countries))
    return counts.filter(*wanted)


def _is(cells: Cells) -> pl.Expr:
    return pl.all_horizontal(
        pl.lit(True), *(pl.col(column).is_in(codes) for column, codes in cells.items())
    )


def _share(cells: pl.DataFrame, rule: Rule) -> Answer:
    number, basis = _ratio(cells, rule), _basis(cells)
    if number is None or not basis.shared_cells:
        return Answer(number, basis)
    largest = _ratio(_largest_rows(cells), rule)
    only = largest.value if largest else None
    return Answer(
        number,
        Basis(basis.persons, basis.countries, basis.small_cells, basis.shared_cells, only),
    )


def _rise(counts: pl.DataFrame, rule: Rule) -> Answer:
    assert rule.since is not None
    before, after = (_cells_of(counts, rule, years) for years in (rule.since, rule.years))
    first, last = _ratio(before, rule), _ratio(after, rule)
    basis = _basis(pl.concat([before, after]))
    return Answer(last.minus(first) if first and last else None, basis)


def _ratio(cells: pl.DataFrame, rule: Rule) -> Bounded | None:
    part = _is(rule.part)
    less = _is(rule.less) if rule.less else pl.lit(False)
    if cells.filter(part).is_empty():  # not printed is not 0
        return None
    return share(
        _sum(cells.filter(part)),
        _sum(cells.filter(~part, ~less)),
        _sum(cells.filter(~part, less)),
    )


def _sum(cells: pl.DataFrame) -> Sum:
    low, middle, high = (int(cells[column].sum()) for column in ("low", "middle", "high"))
    return Sum(low, middle, high)


KEY = ("country", "indicator", "dimension", "form_group", "sex", "age_group", "year")


def _largest_rows(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.sort("middle", descending=True, maintain_order=True).unique(
        subset=KEY, keep="first", maintain_order=True
    )


def _basis(cells: pl.DataFrame) -> Basis:
    return Basis(
        persons=int(cells["middle"].sum()),
        countries=cells["country"].n_unique(),
        small_cells=cells.filter(pl.col("low") < pl.col("high")).height,
        shared_cells=cells.height - cells.unique(subset=KEY).height,
    )
