"""The contract of ``aiqyn protect``: nothing opens, what is left is true, and little is lost."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiqyn.disclosure.long_tables.protecting import protect_table, read_true
from aiqyn.disclosure.rules import Rules

RULES = Rules(hidden_at_least=0)
HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large]


def long_table(counts: dict[tuple[str, ...], int], nested: int = 0) -> list[tuple[str, ...]]:
    """All sums of inner counts; the first `nested` + 1 dimensions nest."""
    width = len(next(iter(counts)))
    found: dict[tuple[str, ...], int] = {}
    for codes, n in counts.items():
        for mask in product([False, True], repeat=width):
            if any(mask[i] and not mask[i + 1] for i in range(nested)):
                continue  # a district is never under the total of regions
            key = tuple("Total" if m else c for m, c in zip(mask, codes, strict=True))
            found[key] = found.get(key, 0) + n
    return [(*key, str(n)) for key, n in sorted(found.items())]


def write(path: Path, rows: list[tuple[str, ...]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([*(f"d{i}" for i in range(len(rows[0]) - 1)), "count"])
        writer.writerows(rows)
    return path


@st.composite
def tables(draw) -> list[tuple[str, ...]]:
    sizes = draw(st.sampled_from([(4,), (3, 3), (4, 3), (2, 3, 2), (3, 2, 2)]))
    nested = draw(st.integers(0, max(0, len(sizes) - 1)))
    small = st.one_of(st.integers(0, 6), st.integers(0, 60))
    codes = list(product(*([f"c{i}{j}" for j in range(k)] for i, k in enumerate(sizes))))
    return long_table({c: draw(small) for c in codes}, nested)


def possible_ends(
    cells: pl.DataFrame, printed: list[str], threshold: int
) -> dict[int, tuple[float, float]]:
    """Ends of each hidden cell by a plain linear programme that shares no code with ours.

    Each cell is a sum of inner cells; every printed value and mark is a bound on such a sum.
    """
    from scipy.optimize import linprog

    dims = cells.columns
    inner = [row for row in cells.iter_rows() if "Total" not in row]
    member = np.array(
        [
            [all(c in ("Total", i) for c, i in zip(r, one, strict=True)) for one in inner]
            for r in cells.iter_rows()
        ],
        dtype=float,
    )
    assert len(dims) == cells.width
    low, high = [], []
    for text in printed:
        small = text.startswith("<")
        low.append(1.0 if small else 0.0 if text == "x" else float(text))
        high.append(threshold - 1.0 if small else np.inf if text == "x" else float(text))
    bounded = np.isfinite(high)
    a_ub = np.vstack([member[bounded], -member])
    b_ub = np.concatenate([np.array(high)[bounded], -np.array(low)])
    ends = {}
    for at in [i for i, t in enumerate(printed) if not t.isdigit()]:
        lo = linprog(member[at], A_ub=a_ub, b_ub=b_ub)
        hi = linprog(-member[at], A_ub=a_ub, b_ub=b_ub)
        ends[at] = (lo.fun, -hi.fun if hi.status == 0 else np.inf)
    return ends


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=HEALTH)
@given(rows=tables())
def test_no_hidden_cell_is_narrower_than_a_plain_programme_allows(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    path = write(tmp_path_factory.getbasetemp() / "protect.csv", rows)
    done = protect_table(read_true(path), RULES)
    codes, marks = done.printed.drop("count"), done.printed["count"].to_list()
    assert done.recoverable == 0
    for low, high in possible_ends(codes, marks, 5).values():
        assert high - low >= 3 - 1e-6
    for (*_, n), mark in zip(rows, marks, strict=True):
        assert mark in (n, "<5", "x")
        assert mark != n or not 1 <= int(n) <= 4
        assert mark != "<5" or 1 <= int(n) <= 4
        assert n != "0" or mark == "0"


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=HEALTH)
@given(rows=tables(), threshold=st.sampled_from([3, 10]))
def test_other_thresholds_hold_too(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], threshold: int
) -> None:
    path = write(tmp_path_factory.getbasetemp() / "protect.csv", rows)
    done = protect_table(read_true(path), Rules(threshold=threshold, hidden_at_least=0))
    codes, marks = done.printed.drop("count"), done.printed["count"].to_list()
    for low, high in possible_ends(codes, marks, threshold).values():
        assert high - low >= threshold - 2 - 1e-6


def test_the_verb_writes_the_table_and_says_what_it_lost(typed, tmp_path) -> None:
    rows = long_table({("a", "f"): 2, ("a", "m"): 30, ("b", "f"): 25, ("b", "m"): 20})
    out = tmp_path / "deep" / "out.csv"
    told = typed("protect", write(tmp_path / "t.csv", rows), "--out", out, "--json")
    assert told.code == 0
    assert told.json == {
        "cells": 9,
        "primary": 1,
        "secondary": 3,
        "suppressed_share": 0.4444,
        "attack": {"recoverable": 0},
    }
    assert [p.name for p in out.parent.iterdir()] == ["out.csv"]
    assert typed("attack", out, "--zeros-shown", "--absent-zero", "--json").code == 0
    assert typed("attack", out, "--json").code == 0


def test_the_same_table_gives_the_same_bytes(typed, tmp_path) -> None:
    rng = np.random.default_rng(5)
    rows = long_table({(f"a{i}", f"b{j}"): int(rng.poisson(6)) for i in range(6) for j in range(5)})
    table, one, two = write(tmp_path / "t.csv", rows), tmp_path / "1.csv", tmp_path / "2.csv"
    for out in (one, two):
        assert typed("protect", table, "--out", out).code == 0
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("Total", "9"), ("a", "4"), ("b", "4")], "DISC-024"),
        ([("Total", "8"), ("a", "9"), ("b", "-1")], "DISC-022"),
        ([("Total", "9"), ("a", "5"), ("b", "<5")], "DISC-023"),
        ([("Total", "9"), ("a", "5"), ("b", "менее 5")], "DISC-023"),
        ([("Total", "9"), ("a", "5"), ("b", "құпия")], "DISC-023"),
        ([("Total", "9"), ("a", "4"), ("a", "5")], "DISC-003"),
        ([("Total", "9"), ("a", "some"), ("b", "5")], "DISC-009"),
    ],
    ids=["does not add up", "negative", "mark", "mark ru", "mark kk", "twice", "text"],
)
def test_what_cannot_be_protected_is_refused_and_nothing_is_written(
    typed, tmp_path, rows, code
) -> None:
    table, out = write(tmp_path / "t.csv", rows), tmp_path / "o.csv"
    told = typed("protect", table, "--dims", "d0", "--value", "count", "--out", out, "--json")
    assert (told.code, told.json["error"]["code"]) == (3, code)
    assert not out.exists()


@pytest.mark.parametrize("method", ["suppress", "rounding"])
def test_rows_that_repeat_a_cell_are_told_and_counted_once(typed, tmp_path, method) -> None:
    rows = [("Total", "44"), ("a", "4"), ("b", "40"), ("a", "4"), ("b", "40"), ("b", "40")]
    once, again = write(tmp_path / "once.csv", rows[:3]), write(tmp_path / "again.csv", rows)
    out = tmp_path / "o.csv"
    options = ("--dims", "d0", "--value", "count", "--method", method, "--out")
    plain = typed("protect", once, *options, tmp_path / "p.csv", "--json")
    told = typed("protect", again, *options, out, "--json")
    assert "cautions" not in plain.json
    assert told.json["cautions"] == [{"code": "DISC-037", "rows": [5, 6, 7]}]
    read, accepted, refused = (told.json[name] for name in ("read", "accepted", "refused"))
    assert (accepted, refused) == (3, 3)
    assert accepted + refused == read == len(rows)
    assert out.read_bytes() == (tmp_path / "p.csv").read_bytes()
    for lang in ("kk", "ru", "en"):
        said = typed("protect", again, *options, out, "--lang", lang)
        assert "5, 6, 7" in said.out


def test_a_row_that_is_not_there_is_a_zero(typed, tmp_path) -> None:
    whole = long_table({("a", "f"): 7, ("a", "m"): 0, ("b", "f"): 25, ("b", "m"): 20})
    rows = [row for row in whole if row[:2] != ("a", "m")]
    assert typed("protect", write(tmp_path / "t.csv", rows), "--json").code == 0
    short = [row for row in whole if row[:2] != ("b", "m")]
    told = typed("protect", write(tmp_path / "s.csv", short), "--json")
    assert (told.code, told.json["error"]["code"]) == (3, "DISC-024")


def test_blank_rows_of_a_spreadsheet_are_no_cells(typed, tmp_path) -> None:
    plain, blank = tmp_path / "plain.csv", tmp_path / "blank.csv"
    plain.write_text("sex,count\nTotal,40\nF,37\nM,3\n", encoding="utf-8")
    blank.write_text(plain.read_text(encoding="utf-8") + "\n,\n , \n", encoding="utf-8")
    answers = [typed("protect", f, "--json").json for f in (plain, blank)]
    assert answers[0] == answers[1]
    assert [typed("attack", f, "--json").json["cells"] for f in (plain, blank)] == [3, 3]


def test_a_threshold_below_3_is_refused(typed, tmp_path) -> None:
    table = write(tmp_path / "t.csv", long_table({("a",): 7, ("b",): 8}))
    assert typed("protect", table, "--threshold", "2").code == 2


def test_rounding_and_noise_are_ways_of_the_same_verb(typed, tmp_path) -> None:
    rows = long_table({("a", "f"): 2, ("a", "m"): 30, ("b", "f"): 0, ("b", "m"): 21})
    table, out, key = write(tmp_path / "t.csv", rows), tmp_path / "o.csv", tmp_path / "key"
    told = typed("protect", table, "--method", "rounding", "--out", out, "--json")
    assert (told.code, told.json["method"]) == (0, "rounding")
    values = [int(line.rsplit(",", 1)[1]) for line in out.read_text().splitlines()[1:]]
    assert not any(v % 5 for v in values)
    assert typed("protect", table, "--method", "cell-key").code == 3
    key.write_bytes(b"sixteen bytes or more")
    told = typed(
        "protect", table, "--method", "cell-key", "--key-file", key, "--out", out, "--json"
    )
    assert (told.code, told.json["attack"]) == (0, {"recoverable": None})
    lines = dict(line.rsplit(",", 1) for line in out.read_text().splitlines()[1:])
    assert lines["b,f"] == "0"
    assert typed("protect", table, "--method", "hope").code == 2
