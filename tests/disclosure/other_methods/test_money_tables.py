"""Tables of sums: what is hidden beside a sum that tells, attacked from wherever one looks."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from typer.testing import CliRunner

from aiqyn.cli.app import app
from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.money import MoneyRule, hidden_sums, protect_sums, table_of_sums
from aiqyn.errors import UsageRefused

RULE = MoneyRule("p_percent", p=10.0)


def payments(seed: int, n: int = 60, regions: int = 4, forms: int = 3) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "region": [f"r{i}" for i in rng.integers(regions, size=n)],
            "form": [f"f{i}" for i in rng.integers(forms, size=n)],
            "payee": [f"p{i}" for i in rng.integers(n // 2, size=n)],
            "tenge": np.round(rng.lognormal(5, 1.3, n)),
        }
    )


def reach(records: pl.DataFrame, dims: list[str], printed: pl.DataFrame, cell: dict[str, str]):
    """(lowest, highest) sum of a hidden cell, from inner cells alone: not the way of the code."""
    levels = [records[d].unique().sort().to_list() for d in dims]
    inner = pl.DataFrame({dims[0]: levels[0]}).join(pl.DataFrame({dims[1]: levels[1]}), how="cross")
    rows, told = [], []
    for row in printed.iter_rows(named=True):
        if row["tenge"] == "x":
            continue
        inside = pl.lit(True)
        for d in dims:
            inside = inside if row[d] == "Total" else inside & (pl.col(d) == row[d])
        rows.append(inner.with_columns(inside.cast(pl.Float64).alias("_"))["_"].to_numpy())
        told.append(float(row["tenge"]))
    # A cell that nobody was paid in is not printed, and is nothing.
    there = {tuple(r[d] for d in dims) for r in printed.iter_rows(named=True)}
    bounds = [(0, None if row in there else 0) for row in inner.iter_rows()]
    goal = pl.lit(True)
    for d in dims:
        goal = goal if cell[d] == ALL else goal & (pl.col(d) == cell[d])
    cost = inner.with_columns(goal.cast(pl.Float64).alias("_"))["_"].to_numpy()
    ends = []
    for way in (1.0, -1.0):
        found = linprog(way * cost, A_eq=np.array(rows), b_eq=np.array(told), bounds=bounds)
        ends.append(way * found.fun if found.fun is not None else np.inf)
    return ends[0], ends[1]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_no_reader_comes_within_p_percent_of_the_largest_payment(seed):
    records = payments(seed)
    table = table_of_sums(records, ["region", "form"], "tenge", RULE, contributor="payee")
    printed = protect_sums(table).printed
    for at in np.flatnonzero(table.room > 0):
        cell = table.table.cells.select("region", "form").row(int(at), named=True)
        low, high = reach(records, ["region", "form"], printed, cell)
        sum_, room = table.sums[at], table.room[at]
        assert high >= sum_ + room - 1e-3
        assert low <= sum_ - min(room, sum_) + 1e-3


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_every_printed_sum_is_the_true_one(seed):
    records = payments(seed)
    table = table_of_sums(records, ["region", "form"], "tenge", RULE)
    for row in protect_sums(table).printed.iter_rows(named=True):
        mine = records
        for d in ("region", "form"):
            mine = mine if row[d] == "Total" else mine.filter(pl.col(d) == row[d])
        assert row["tenge"] == "x" or float(row["tenge"]) == pytest.approx(mine["tenge"].sum())


def test_a_payee_who_stands_alone_behind_a_hidden_sum_cannot_open_the_one_beside_it():
    # Of three districts two must hide: one has one payee, the other two. Hiding the two alone
    # keeps every reader out, but not the first payee, who takes his own sum from the total.
    records = pl.DataFrame(
        {
            "district": ["A", "B", "B", "C", "C", "C", "C", "D", "D", "D", "D"],
            "payee": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"],
            "tenge": [500, 300, 200, 100, 100, 100, 100, 90, 90, 90, 90],
        }
    )
    table = table_of_sums(records, ["district"], "tenge", RULE, contributor="payee")
    hidden = dict(zip(table.table.cells["district"], hidden_sums(table), strict=True))
    assert hidden["A"]
    assert hidden["B"]
    assert sum(hidden.values()) >= 3


def test_a_district_inside_its_region_is_hidden_with_the_sums_above_it():
    records = pl.DataFrame(
        {
            "region": ["N"] * 8 + ["S"] * 8,
            "district": ["n1"] * 4 + ["n2"] * 4 + ["s1"] * 4 + ["s2"] * 4,
            "tenge": [1000, 10, 10, 10] + [50, 60, 70, 80] * 3,
        }
    )
    done = protect_sums(table_of_sums(records, ["region/district"], "tenge", RULE))
    marks = {tuple(r[:2]): r[2] for r in done.printed.iter_rows()}
    assert ("Total", "n1") not in marks
    assert marks["N", "n1"] == "x"
    assert marks["N", "n2"] == "x" or marks["N", "Total"] == "x"


def test_a_table_in_which_one_payee_has_everything_shows_nothing():
    records = pl.DataFrame({"region": ["A", "B"], "payee": ["a", "a"], "tenge": [10, 20]})
    table = table_of_sums(records, ["region"], "tenge", RULE, contributor="payee")
    assert set(protect_sums(table).printed["tenge"]) == {"x"}


@pytest.mark.parametrize("seed", range(5))
def test_the_sums_that_tell_are_those_that_tau_argus_calls_unsafe(seed, tmp_path, monkeypatch):
    """Primary cells of the p% rule beside pytauargus, the reference of the field."""
    argus = pytest.importorskip("pytauargus", reason="pytauargus is in the dev extra")
    monkeypatch.chdir(tmp_path)  # the engine leaves its logs where it stands
    records = payments(seed, n=80)
    told = argus.protect(
        records.select("region", "form", "tenge").to_pandas(),
        ["region", "form"],
        "tenge",
        safety_rules="P(10,1)",
        suppress="MOD(1)",
        workdir=str(tmp_path),
    )
    table = table_of_sums(records, ["region", "form"], "tenge", RULE)
    assert int((table.room > 0).sum()) == told.tables[0].status().count("U")


def test_the_verb_writes_a_table_of_sums_in_which_nothing_opens(tmp_path):
    payments(7).write_csv(tmp_path / "paid.csv")
    words = ["protect", str(tmp_path / "paid.csv"), "--method", "money", "--dims", "region,form"]
    words += ["--value", "tenge", "--holder", "payee", "--out", str(tmp_path / "s.csv"), "--json"]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert told["attack"] == {"recoverable": 0}
    assert told["primary"] > 0
    marks = pl.read_csv(tmp_path / "s.csv", infer_schema=False)["tenge"]
    assert (marks == "x").sum() == told["primary"] + told["secondary"]


def test_a_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UsageRefused, match="DISC-020"):
        table_of_sums(payments(1), ["rayon"], "tenge", RULE)
