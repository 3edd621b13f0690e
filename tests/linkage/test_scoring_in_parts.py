"""Where there are many records their pairs are scored part by part, and are the same pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiqyn.demo.overlapping_lists import write_lists
from aiqyn.linkage.features import features
from aiqyn.linkage.lists import read_lists
from aiqyn.linkage.model import duckdb_engine
from aiqyn.linkage.model.parameters import Parameters
from aiqyn.linkage.model.plan import shipped_plan


def _given() -> Parameters:
    """The plan's own numbers: nothing is learnt."""
    plan = shipped_plan()
    m, u = (
        {
            c.name: {x.name: getattr(x, k) or 1e-3 for x in c.levels if not x.missing}
            for c in plan.comparisons
        }
        for k in "mu"
    )
    return Parameters(1e-4, m, u)


def test_pairs_scored_in_parts_are_the_pairs_scored_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = write_lists(tmp_path, persons=600, seed=9, scheme="second").files
    normal = features(read_lists(files).records.with_row_index("record"))
    at_once = duckdb_engine.score(normal, shipped_plan(), _given(), seed=1)
    monkeypatch.setattr(duckdb_engine, "AT_ONCE", 150)
    in_parts = duckdb_engine.score(normal, shipped_plan(), _given(), seed=1)
    assert at_once.pairs.height > 100
    assert in_parts.pairs.equals(at_once.pairs)
    assert in_parts.parameters == at_once.parameters
