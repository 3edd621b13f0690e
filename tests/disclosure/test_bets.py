"""A reader who bets that an ``x`` stands for five persons or more, and happens to be right.

She is given the best of luck: every x that is five or more she knows to be so, and on no other does
she bet. Any bet that comes true tells less. Her attack is an integer programme of this page's own.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from aiqyn.disclosure import ALL, CountTable, count_table, load_rules, protect
from aiqyn.disclosure.earlier import edition_json, protect_beside, read_edition
from aiqyn.disclosure.long_tables import protect_table, read_true
from aiqyn.disclosure.rules import Rules

SMALLEST, LARGEST, FIVE = 1, 4, 5
Cell = tuple[str, ...]


def one_way(**parts: int) -> CountTable:
    codes = {ALL: sum(parts.values()), **parts}
    frame = pl.DataFrame({"region": list(codes), "n": list(codes.values())})
    return CountTable("regions", ("region",), frame)


def narrowed(printed: pl.DataFrame, truth: dict[Cell, int], dims: list[str]) -> list[Cell]:
    """Cells printed "<5" that are not open from 1 to 4 to the luckiest reader of one table."""
    cells = list(printed.select(dims).iter_rows())
    marks = dict(zip(cells, printed["status"], strict=True))
    low = [_least(marks[c], truth[c]) for c in cells]
    high = [{"shown": truth[c], "small": LARGEST}.get(marks[c], 10_000) for c in cells]
    asked = [i for i, c in enumerate(cells) if marks[c] == "small"]
    ends = [_ends(at, _sums(cells), low, high) for at in asked]
    return [cells[i] for i, end in zip(asked, ends, strict=True) if end != (SMALLEST, LARGEST)]


def _ends(at: int, sums: np.ndarray, low: list[int], high: list[int]) -> tuple[int, int]:
    told = {"bounds": Bounds(low, high), "constraints": LinearConstraint(sums, 0, 0)}
    cost = np.eye(len(low))[at]
    whole = np.ones(len(low), dtype=int)
    least, most = (milp(sign * cost, integrality=whole, **told) for sign in (1.0, -1.0))
    return round(least.fun), round(-most.fun)


def _least(mark: str, n: int) -> int:
    if mark == "shown":
        return n
    return FIVE if mark == "hidden" and n >= FIVE else SMALLEST


def _sums(cells: list[Cell]) -> np.ndarray:
    """Each total minus its parts, along every dimension; cells that have no row are zero."""
    at = {cell: i for i, cell in enumerate(cells)}
    rows = []
    for cell in cells:
        for d in (d for d, code in enumerate(cell) if code == ALL):
            row = np.zeros(len(cells))
            row[at[cell]] = 1.0
            for other in cells:
                if other[d] != ALL and (*other[:d], ALL, *other[d + 1 :]) == cell:
                    row[at[other]] = -1.0
            rows.append(row)
    return np.array(rows)


def people(seed: int, sizes: tuple[int, ...]) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    n = int(np.prod(sizes) * rng.integers(4, 14))
    return pl.DataFrame(
        {
            dim: rng.choice([f"{dim}{j}" for j in range(k)], n, p=rng.dirichlet(np.full(k, 1.2)))
            for dim, k in zip("abc", sizes, strict=False)
        }
    )


def truth_of(table: CountTable) -> dict[Cell, int]:
    return {tuple(codes): n for *codes, n in table.counts.iter_rows()}


def test_a_small_number_beside_a_five_does_not_say_that_it_is_small() -> None:
    """3 + 5 = 8 is left of the total: "<5" beside an x of at least five could not be a 4."""
    table = one_way(A=3, B=5, C=20, D=30)
    printed = protect([table], load_rules()).tables["regions"]
    assert narrowed(printed, truth_of(table), ["region"]) == []
    assert printed.filter(pl.col("status") == "shown").height == 3, "it costs no other number"


def test_a_small_number_with_room_beside_it_still_says_that_it_is_small() -> None:
    table = one_way(A=3, B=12, C=20, D=30)
    printed = protect([table], load_rules()).tables["regions"]
    assert dict(printed.select("region", "status").iter_rows())["A"] == "small"


@pytest.mark.parametrize("sizes", [(5, 4), (3, 3, 2)])
def test_no_lucky_bet_on_a_random_table_narrows_a_small_number(sizes: tuple[int, ...]) -> None:
    said = 0
    for seed in range(60):
        persons = people(seed, sizes)
        table = count_table("t", persons, persons.columns)
        printed = protect([table], load_rules()).tables["t"]
        assert narrowed(printed, truth_of(table), list(table.dims)) == [], seed
        said += int((printed["status"] == "small").sum())
    assert said > 100, "most small numbers still say so"


def test_no_lucky_bet_narrows_a_small_number_of_a_protected_file(tmp_path: Path) -> None:
    said = 0
    for seed in range(60):
        persons = people(seed, (5, 4))
        true = count_table("t", persons, persons.columns)
        words = [pl.col(d).replace(ALL, "Total") for d in true.dims]
        true.counts.with_columns(words).write_csv(tmp_path / "true.csv")
        printed = protect_table(read_true(tmp_path / "true.csv"), Rules(hidden_at_least=0)).printed
        marks = {"<5": "small", "x": "hidden"}
        read = printed.with_columns(
            *(pl.col(d).replace("Total", ALL) for d in true.dims),
            pl.col("n").replace_strict(marks, default="shown").alias("status"),
        )
        assert narrowed(read, truth_of(true), list(true.dims)) == [], seed
        said += int((read["status"] == "small").sum())
    assert said > 100


def test_a_mark_that_is_in_print_already_stays_as_it_was() -> None:
    """The edition said "<5" and its year has not changed: to say x now would hide nothing."""
    rules = load_rules()
    counts = pl.DataFrame({"year": ["2024"] * 3, "region": [ALL, "A", "B"], "n": [8, 3, 5]})
    table = CountTable("regions", ("year", "region"), counts)
    first = protect([table], rules)
    a_small = pl.when(pl.col("region") == "A").then(pl.lit("small")).otherwise(pl.col("status"))
    told = first.tables["regions"].with_columns(a_small.alias("status"))
    older = replace(first, published=(replace(first.published[0], cells=told),))
    edition = read_edition("2024", edition_json(older, threshold=5, about={}))
    again, _ = protect_beside([table], [edition], rules)
    assert again.tables["regions"].sort("region").equals(told.sort("region"))
