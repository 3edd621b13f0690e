"""How much is hidden, beside tau-ARGUS (pytauargus 0.6, modular suppression) on the same tables."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from aiqyn.disclosure.long_tables.protecting import ProtectedTable, protect_table, read_true
from aiqyn.disclosure.rules import Rules

RATIO = 1.15  # hidden cells over tau-ARGUS' hidden cells, all tables together
RULES = Rules(hidden_at_least=0)
SEEDS = range(4)


def persons(rng: np.random.Generator, sizes: tuple[int, ...]) -> pl.DataFrame:
    """Persons over dimensions a, b, … with uneven shares; 4 to 13 a cell on average."""
    n = int(np.prod(sizes) * rng.integers(4, 14))
    shares = [rng.dirichlet(np.full(k, 1.2)) for k in sizes]
    codes = {
        dim: rng.choice([f"{dim}{j}" for j in range(k)], n, p=p)
        for dim, k, p in zip("abc", sizes, shares, strict=False)
    }
    return pl.DataFrame(codes)


def counted(people: pl.DataFrame, nested: bool) -> pl.DataFrame:
    """All sums; with `nested`, b is never named under the total of a."""
    dims, parts = people.columns, []
    for mask in product([False, True], repeat=len(dims)):
        if nested and mask[0] and not mask[1]:
            continue
        totals = [pl.lit("Total").alias(d) for d, m in zip(dims, mask, strict=True) if m]
        parts.append(people.with_columns(totals).group_by(dims).len("count"))
    return pl.concat(parts).sort(dims)


def ours(people: pl.DataFrame, nested: bool, folder: Path) -> ProtectedTable:
    table = folder / "t.csv"
    counted(people, nested).write_csv(table)
    return protect_table(read_true(table), RULES)


def argus(people: pl.DataFrame, nested: bool, folder: Path) -> tuple[int, int]:
    """Small cells and all hidden cells of tau-ARGUS; empty cells are none."""
    pytauargus = pytest.importorskip("pytauargus", reason="pytauargus is in the dev extra")
    frame, hrc = people.to_pandas(), None
    if nested:
        frame["ab"] = frame["a"] + frame["b"]
        codes = sorted(set(frame["ab"]))
        lines = [
            x
            for a in sorted({c[:2] for c in codes})
            for x in (a, *(f"@{c}" for c in codes if c[:2] == a))
        ]
        (folder / "ab.hrc").write_text("\n".join(lines) + "\n")
        frame, hrc = frame.drop(columns=["a", "b"]), {"ab": str(folder / "ab.hrc")}
    names = sorted(frame.columns)
    frame["one"] = 1
    done = pytauargus.protect(
        frame,
        names,
        "one",
        safety_rules="FREQ(5,20)",
        suppress="MOD(1)",
        hrc=hrc,
        workdir=str(folder),
    )
    status = done.tables[0].status()
    return status.count("U"), sum(s in "UM" for s in status)


@pytest.mark.parametrize(
    ("sizes", "nested"),
    [((7, 5), False), ((4, 4, 3), False), ((4, 3, 3), True)],
    ids=["two dimensions", "three dimensions", "districts in regions, by sex"],
)
def test_no_more_is_hidden_than_by_tau_argus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, ...], nested: bool
) -> None:
    monkeypatch.chdir(tmp_path)  # the engine leaves its logs where it stands
    hidden, theirs = 0, 0
    for seed in SEEDS:
        folder = tmp_path / str(seed)
        folder.mkdir()
        people = persons(np.random.default_rng(seed), sizes)
        mine = ours(people, nested, folder)
        small, all_hidden = argus(people, nested, folder)
        assert mine.primary == small
        hidden, theirs = hidden + mine.primary + mine.secondary, theirs + all_hidden
    assert hidden <= RATIO * theirs


@pytest.mark.parametrize("nested", [False, True], ids=["crossed", "districts in regions"])
def test_the_pattern_of_tau_argus_goes_through_the_same_attack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nested: bool
) -> None:
    pytest.importorskip("pytauargus", reason="pytauargus is in the dev extra")
    monkeypatch.chdir(tmp_path)  # the engine leaves its logs where it stands
    people = persons(np.random.default_rng(5), (4, 3, 3) if nested else (4, 4))
    table = tmp_path / "t.csv"
    counted(people, nested).write_csv(table)
    done = protect_table(read_true(table), RULES, by_argus=True)
    small, theirs = argus(people, nested, tmp_path)
    assert done.recoverable == 0
    assert done.primary == small
    assert done.primary + done.secondary >= theirs
