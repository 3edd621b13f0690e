"""Folders with factors and counts, as an analyst would lay them out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from aiqyn.prevention.factors.invented import World, invented

USUAL = World()


def write(path: Path, heads: str, rows: Iterable[Sequence[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads.split(), *rows])
    return path


@pytest.fixture
def country(tmp_path) -> Callable[..., Path]:
    """A folder with an invented country: ``country(World(areas=5), share=False)``."""

    def made(world: World = USUAL, *, share: bool = True, seed: int = 3) -> Path:
        o = invented(world, np.random.default_rng(seed))
        where = [(o.areas[a], o.periods[p]) for a, p in zip(o.area, o.period, strict=True)]
        told = o.detection if share else [()] * len(where)
        heads = "area period persons population" + " detection detection_low detection_high" * share
        write(
            tmp_path / "measured.csv",
            heads,
            (
                (*w, int(n), r, *d)
                for w, n, r, d in zip(where, o.persons, o.residents, told, strict=True)
            ),
        )
        write(
            tmp_path / "factors" / "office.csv",
            "area period factor value source",
            (
                (*w, name, x, "office")
                for name, v in o.values.items()
                for w, x in zip(where, v, strict=True)
            ),
        )
        return tmp_path

    return made
