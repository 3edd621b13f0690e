"""The attack against the list of all tables of whole numbers that a tiny publication allows."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl
import pytest

from aiqyn.disclosure import ALL, CountTable, PublishedTable, Release, attack, load_rules, protect
from aiqyn.disclosure.sums import known_sums

RULES = load_rules()
PERSONS = 12


def every_cross(cells: int, persons: int) -> np.ndarray:
    """(tables, cells): each way to put `persons` into `cells`."""
    bars = np.array(list(combinations(range(persons + cells - 1), cells - 1)))
    edges = np.hstack(
        [np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), persons + cells - 1)]
    )
    return np.diff(edges, axis=1) - 1


CODES = [(a, b, c) for a in "01" for b in "01" for c in "01"]
CROSSES = every_cross(8, PERSONS)


def members(dims: tuple[int, ...], codes: tuple[str, ...]) -> list[int]:
    """Cells of the 2 x 2 x 2 cross under the codes, ``_all`` under each."""
    return [
        i
        for i, full in enumerate(CODES)
        if all(c in (ALL, full[d]) for d, c in zip(dims, codes, strict=True))
    ]


def tables_of(cross: np.ndarray, schemes: list[tuple[int, ...]]) -> list[CountTable]:
    made = []
    for dims in schemes:
        names = tuple("abc"[d] for d in dims)
        grid = [()]
        for _ in dims:
            grid = [(*g, code) for g in grid for code in (ALL, "0", "1")]
        rows = [(*codes, int(cross[members(dims, codes)].sum())) for codes in grid]
        made.append(
            CountTable("".join(names), names, pl.DataFrame(rows, [*names, "n"], orient="row"))
        )
    return made


def publish(tables: list[CountTable], hidden: set[int]) -> Release:
    """Small numbers small, and the cells whose true number is in `hidden` hidden; no care taken."""
    sums = known_sums(tables)
    printed = []
    for table in tables:
        n = pl.col("n")
        status = (
            pl.when(n.is_between(1, 4))
            .then(pl.lit("small"))
            .when(n.is_in(sorted(hidden)))
            .then(pl.lit("hidden"))
            .otherwise(pl.lit("shown"))
        )
        cells = table.counts.with_columns(status.alias("status"))
        cells = cells.with_columns(pl.when(pl.col("status") == "shown").then(n).alias("n"))
        printed.append(PublishedTable(table.name, table.axes, cells, sums[table.name]))
    return Release(tuple(printed))


def possible(release: Release) -> np.ndarray:
    """The crosses that agree with everything printed."""
    fits = np.ones(len(CROSSES), dtype=bool)
    for table in release.published:
        dims = tuple("abc".index(d) for d in table.dims)
        for *codes, n, status in table.cells.iter_rows():
            sums = CROSSES[:, members(dims, tuple(codes))].sum(axis=1)
            if status == "shown":
                fits &= sums == n
            elif status == "small":
                fits &= (sums >= 1) & (sums <= 4)
            else:
                fits &= sums >= 1
    return CROSSES[fits]


def open_by_listing(release: Release) -> dict[frozenset[tuple[str, str]], tuple[int, int]]:
    left, found = possible(release), {}
    assert len(left)
    for table in release.published:
        dims = tuple("abc".index(d) for d in table.dims)
        for *codes, _, status in table.cells.iter_rows():
            sums = left[:, members(dims, tuple(codes))].sum(axis=1)
            if status != "shown" and sums.max() - sums.min() < 3:
                cell = frozenset((d, c) for d, c in zip(table.dims, codes, strict=True) if c != ALL)
                found[cell] = (int(sums.min()), int(sums.max()))
    return found


def open_by_attack(release: Release) -> dict[frozenset[tuple[str, str]], tuple[int, int]]:
    return {frozenset(o.cell.items()): (o.low, o.high) for o in attack(release, RULES)}


SCHEMES = {
    "one table": [(0, 1)],
    "three ways": [(0, 1, 2)],
    "two tables with a common margin": [(0, 1), (1, 2)],
    "a ring of three tables": [(0, 1), (1, 2), (0, 2)],
}


def random_cross(rng: np.random.Generator) -> np.ndarray:
    return rng.multinomial(PERSONS, rng.dirichlet(np.full(8, 0.5)))


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("seed", range(40))
def test_the_attack_finds_what_listing_all_tables_finds(name: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    tables = tables_of(random_cross(rng), SCHEMES[name])
    # The grand total stays printed: the listing must know how many persons there are.
    hidden = {int(n) for n in rng.integers(5, PERSONS, 3)}
    release = publish(tables, hidden)
    assert open_by_attack(release) == open_by_listing(release)


@pytest.mark.parametrize("name", SCHEMES)
def test_careless_publications_do_open_so_the_comparison_means_something(name: str) -> None:
    rng = np.random.default_rng(1)
    opened = [
        len(open_by_listing(publish(tables_of(random_cross(rng), SCHEMES[name]), set())))
        for _ in range(20)
    ]
    assert sum(n > 0 for n in opened) >= 10


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("seed", range(25))
def test_no_listing_of_all_tables_opens_what_protect_releases(name: str, seed: int) -> None:
    tables = tables_of(random_cross(np.random.default_rng(1000 + seed)), SCHEMES[name])
    release = protect(tables, RULES)
    left = release.tables[tables[0].name]
    if left.filter(pl.all_horizontal(pl.col(d) == ALL for d in tables[0].dims))["n"][0] is None:
        assert attack(release, RULES) == ()  # the listing would need the number of persons
    else:
        assert open_by_listing(release) == {}


def test_the_ring_of_three_tables_gives_away_what_margins_alone_do_not() -> None:
    rules = load_rules()
    margins_only = type(rules)(refinement_cells=0)
    found = 0
    for seed in range(60):
        cross = random_cross(np.random.default_rng(seed))
        release = publish(tables_of(cross, SCHEMES["a ring of three tables"]), set(range(5, 12)))
        found += len(attack(release, rules)) - len(attack(release, margins_only))
    assert found > 0
