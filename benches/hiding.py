"""Hiding: what the attack recovers afterwards, and what is lost beside tau-ARGUS.

The attack that counts here is the one of ``aiqyn attack``; the tests hold it against a plain
programme and against every possible table.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from benches.measures import limits
from benches.rows import Row, skipped

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

TABLES = 2_000
LINKED = 300
BESIDE_ARGUS = 12  # tables of each shape
SHAPES = {"flat": (5, 4), "cube": (3, 3, 2), "nested": (3, 2, 2)}
LARGER = {"flat": (7, 5), "cube": (4, 4, 3), "nested": (4, 3, 3)}


def hiding(place: Path, *, tables: int = TABLES, linked: int = LINKED) -> Iterator[Row]:
    """Recoverable cells after hiding, cells lost beside tau-ARGUS, seconds for a large table."""
    own, start = limits()["hiding"], process_time()
    opened = sum(_opened(place, seed) for seed in range(tables))
    spent = process_time() - start
    yield Row(f"hiding: recoverable in {tables:,} tables", opened, "cells", own["recoverable"])
    yield Row("hiding: one small table, protected and attacked", 1000 * spent / tables, "ms")
    both = sum(_opened_linked(seed) for seed in range(linked))
    yield Row(f"hiding: recoverable in {linked} linked sets", both, "cells", own["recoverable"])
    yield from _beside_argus(place, own["beside_argus"])


def _opened(place: Path, seed: int) -> int:
    import numpy as np

    from aiqyn.disclosure.long_tables.attacking import attack_tables
    from aiqyn.disclosure.long_tables.reading import read_long

    name = list(SHAPES)[seed % len(SHAPES)]
    people = _people(np.random.default_rng(seed), SHAPES[name])
    out = place / "printed.csv"
    _protected(place, people, name == "nested").write_csv(out)
    read = read_long(out, dims=people.columns, value="count", zeros_shown=True)
    return len(attack_tables([read], absent_zero=True).recoverable)


def _opened_linked(seed: int) -> int:
    import numpy as np

    from aiqyn.disclosure import attack, count_table, load_rules, protect

    people = _people(np.random.default_rng(seed), (3, 3, 3))
    pairs = [("a", "b"), ("b", "c"), ("a", "c")][: 2 + seed % 2]
    release = protect([count_table("".join(p), people, p) for p in pairs], load_rules())
    return len(attack(release, load_rules()))


def _beside_argus(place: Path, limit: float) -> Iterator[Row]:
    import numpy as np

    if find_spec("pytauargus") is None:
        yield skipped("hiding: cells hidden ÷ tau-ARGUS", "pytauargus is in the dev extra")
        return
    here = Path.cwd()
    os.chdir(place)  # the engine leaves its logs where it stands
    try:
        for name, sizes in LARGER.items():
            mine, theirs = 0, 0
            for seed in range(BESIDE_ARGUS):
                people = _people(np.random.default_rng(seed), sizes)
                printed = _protected(place, people, name == "nested")["count"]
                mine += int(printed.is_in(["x", "<5"]).sum())
                theirs += _argus(place, people, name == "nested")
            yield Row(f"hiding: cells hidden ÷ tau-ARGUS, {name}", mine / theirs, "×", limit)
    finally:
        os.chdir(here)


def _people(rng: np.random.Generator, sizes: tuple[int, ...]) -> pl.DataFrame:
    import numpy as np
    import polars as pl

    n = int(np.prod(sizes) * rng.integers(4, 14))
    shares = [rng.dirichlet(np.full(k, 1.2)) for k in sizes]
    codes = {
        dim: rng.choice([f"{dim}{j}" for j in range(k)], n, p=p)
        for dim, k, p in zip("abc", sizes, shares, strict=False)
    }
    return pl.DataFrame(codes)


def _protected(place: Path, people: pl.DataFrame, nested: bool) -> pl.DataFrame:
    import polars as pl

    from aiqyn.disclosure.long_tables.protecting import protect_table, read_true
    from aiqyn.disclosure.rules import Rules

    dims, parts = people.columns, []
    for mask in product([False, True], repeat=len(dims)):
        if nested and mask[0] and not mask[1]:
            continue
        totals = [pl.lit("Total").alias(d) for d, m in zip(dims, mask, strict=True) if m]
        parts.append(people.with_columns(totals).group_by(dims).len("count"))
    pl.concat(parts).sort(dims).write_csv(place / "true.csv")
    return protect_table(read_true(place / "true.csv"), Rules(hidden_at_least=0)).printed


def _argus(place: Path, people: pl.DataFrame, nested: bool) -> int:
    """Cells that tau-ARGUS hides, modular suppression, minimum frequency 5, range 20 %."""
    import pytauargus

    frame, hrc = people.to_pandas(), None
    if nested:
        frame["ab"] = frame["a"] + frame["b"]
        codes = sorted(set(frame["ab"]))
        parents = sorted({c[:2] for c in codes})
        lines = [x for a in parents for x in (a, *(f"@{c}" for c in codes if c[:2] == a))]
        (place / "ab.hrc").write_text("\n".join(lines) + "\n")
        frame, hrc = frame.drop(columns=["a", "b"]), {"ab": str(place / "ab.hrc")}
    names = sorted(frame.columns)
    frame["one"] = 1
    rules = {"safety_rules": "FREQ(5,20)", "suppress": "MOD(1)"}
    done = pytauargus.protect(frame, names, "one", **rules, hrc=hrc, workdir=str(place))
    return sum(s in "UM" for s in done.tables[0].status())
