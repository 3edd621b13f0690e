"""Samal's risk factors: what was planted is found again, and only that."""

from __future__ import annotations

import polars as pl
import pytest

from aiqyn.demo import DemoCountry, write_country
from aiqyn.prevention.factors import associate, load_rules, observe, read_factors
from aiqyn.prevention.factors.measured import MEASURED, read_detection, with_detection


@pytest.fixture(scope="module")
def whole_samal(tmp_path_factory) -> DemoCountry:
    """Samal as the documents have it: in the small copy too few people are recorded."""
    return write_country(tmp_path_factory.mktemp("whole") / "samal")


def test_the_factor_that_follows_the_harm_is_found_and_no_other(whole_samal: DemoCountry) -> None:
    folder = whole_samal.folder
    true = pl.read_csv(folder / "truth" / "harm_and_detection.csv")
    measured = true.select(
        pl.col("region").alias("area"),
        pl.col("year").cast(pl.String).alias("period"),
        pl.col("detected").cast(pl.Float64).alias("persons"),
        pl.col("population").cast(pl.Float64),
        *(pl.lit(None, pl.Float64).alias(c) for c in list(MEASURED)[4:]),
    )
    found = with_detection(measured, read_detection(folder / "reference" / "detection.csv"))
    table = read_factors(sorted((folder / "reference" / "factors").iterdir()))
    answer = associate(observe(found, table.whole, load_rules()), load_rules(), leave_out=False)
    planted = pl.read_csv(folder / "truth" / "factors.csv")
    harm = planted.filter(pl.col("follows") == "harm")["factor"].to_list()
    assert [link.factor for link in answer.links if link.going == "more"] == harm
    assert all(link.going != "fewer" for link in answer.links)


def test_the_survey_holds_most_true_shares(samal: DemoCountry) -> None:
    true = pl.read_csv(samal.folder / "truth" / "harm_and_detection.csv")
    shares = true.group_by("region").agg(
        ((pl.col("detected").sum() + 0.5) / (pl.col("harmed").sum() + 1)).alias("share")
    )
    survey = read_detection(samal.folder / "reference" / "detection.csv")
    both = survey.join(shares, left_on="area", right_on="region")
    held = both.filter(pl.col("share").is_between(pl.col("low"), pl.col("high")))
    assert held.height >= 9  # of 11 or 12 intervals of 95 %: fewer has a probability below 0.02


def test_what_a_factor_follows_is_told_in_the_truth_alone(samal: DemoCountry) -> None:
    for file in (samal.folder / "reference" / "factors").iterdir():
        assert "follows" not in file.read_text(encoding="utf-8")
