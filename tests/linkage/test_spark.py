"""The same persons on Spark as on DuckDB, with the same numbers."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from aiqyn.demo.overlapping_lists import write_lists
from aiqyn.linkage import link

pytest.importorskip("pyspark", reason="Spark is not installed: make setup-spark")


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark wants Java 17")
def test_two_thousand_records_are_the_same_persons_on_both_engines(tmp_path: Path) -> None:
    truth = write_lists(tmp_path, persons=1900, seed=5, scheme="second")
    here = link(truth.files)
    there = link(truth.files, numbers=here.scored.parameters, engine="spark")
    both = here.scored.pairs.join(
        there.scored.pairs, on=["left", "right"], how="full", suffix="_spark", coalesce=True
    )
    told = both.fill_null(0.0)
    far = told.filter((pl.col("probability") - pl.col("probability_spark")).abs() > 1e-4)
    likely = told.filter(pl.max_horizontal("probability", "probability_spark") >= 0.1)
    # the two libraries' similarities differ in the last digit, so a pair may change its level
    assert far.height <= 0.005 * likely.height
    persons = here.persons.join(there.persons, on=["list", "record_id"], suffix="_spark")
    names = persons.group_by("person_id").agg(pl.col("person_id_spark").n_unique())
    assert names.filter(pl.col("person_id_spark") > 1).height <= 0.005 * names.height
