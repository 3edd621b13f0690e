"""The truth of Samal is what its data files say, by outside arithmetic."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from aiqyn.demo import DemoCountry
from aiqyn.standard import classify, code_list

LISTS = ("police", "prosecutors", "courts", "labour", "border", "shelter", "hotline", "iom")
CODED = {
    "acts": "act",
    "means": "means",
    "forms": "form",
    "control": "control",
    "recruitment": "recruitment",
    "sector": "sector",
    "relation": "relation",
    "region": "region",
    "sex": "sex",
    "citizenship": "country",
}


def test_as_many_victims_are_made_as_were_asked_for(persons: pl.DataFrame) -> None:
    assert persons["victim"].sum() == 4_000
    assert set(persons["year"]) == set(range(2019, 2026))


@pytest.mark.parametrize("field", [f for f in CODED if f != "citizenship"])
def test_every_code_of_the_truth_is_in_the_standard(persons: pl.DataFrame, field: str) -> None:
    values = persons[field].explode() if persons.schema[field] == pl.List else persons[field]
    assert set(values.drop_nulls()) <= {*code_list(CODED[field]).entries, "none"}


def test_the_classifier_finds_the_truth_from_complete_facts(persons: pl.DataFrame) -> None:
    """Two programs that know nothing of each other: the generator and the Palermo definition."""
    purpose = dict(code_list("form").frame.select("code", "purpose").iter_rows())
    facts = persons.select(
        pl.col("person").cast(pl.String).alias("id"),
        "age",
        "acts",
        "means",
        pl.col("forms").list.eval(pl.element().replace(purpose)).alias("purposes"),
    )
    verdicts = classify(facts, ["palermo"]).join(
        persons.select(pl.col("person").cast(pl.String).alias("id"), "victim"), on="id"
    )
    named = verdicts.filter(pl.col("verdict") != "not_covered")
    assert named.height > 0.98 * persons.height
    assert (named["victim"] == (named["verdict"] == "trafficking")).all()


def test_a_programme_has_exactly_its_known_effect_on_the_expected_numbers(truth: Path) -> None:
    """P-01 in XSA-04 against XSA-05, which no programme of labour ever reached."""
    told = tomllib.loads((truth / "programmes.toml").read_text())["programme"][0]
    assert told["code"] == "P-01"
    expected = pl.read_parquet(truth / "expected.parquet").filter(
        (pl.col("form_group") == "labour") & (pl.col("group") == "men")
    )
    wide = expected.pivot("region", index="month", values="expected")
    ratio = (wide["XSA-04"] / wide["XSA-05"]).to_list()
    after = [m >= told["starts"]["XSA-04"] for m in wide["month"]]
    before = ratio[0]
    for value, reached in zip(ratio, after, strict=True):
        factor = told["rate_ratio"] if reached else 1.0
        assert value / before == pytest.approx(factor, rel=1e-3)


def test_the_planted_pattern_stands_out_in_truth_and_only_there(persons: pl.DataFrame) -> None:
    scam = persons.filter(
        pl.col("victim") & pl.col("forms").list.contains("online_scam")
    ).with_columns(
        (pl.col("date_seen") >= date(2025, 6, 1)).alias("late"),
        (pl.col("region") == "XSA-02").alias("here"),
    )
    months = {True: 7, False: 77}
    rate = {
        (late, here): scam.filter((pl.col("late") == late) & (pl.col("here") == here)).height
        / months[late]
        for late in (True, False)
        for here in (True, False)
    }
    assert rate[True, True] > 5 * rate[False, True]
    assert rate[True, False] < 3 * rate[False, False]
    planted = scam.filter("late", "here")
    assert (planted["recruitment"] == "messenger").mean() > 0.7


def test_lists_depend_on_one_another(persons: pl.DataFrame) -> None:
    shelter = persons["on_shelter"].mean()
    of_police = persons.filter("on_police")["on_shelter"].mean()
    assert of_police > 2 * shelter
    courts = persons.filter("on_courts")
    assert courts["on_prosecutors"].mean() > 0.9


def test_about_one_in_seven_is_noticed_and_not_alike_everywhere(persons: pl.DataFrame) -> None:
    noticed = pl.any_horizontal(f"on_{name}" for name in LISTS)
    victims = persons.filter("victim")
    assert 0.12 < victims.select(noticed.mean()).item() < 0.20
    by_region = dict(victims.group_by("region").agg(noticed.mean()).iter_rows())
    assert by_region["XSA-01"] > 3 * by_region["XSA-10"]
    groups = dict(victims.group_by("group").agg(noticed.mean()).iter_rows())
    assert groups["girls"] != pytest.approx(groups["men"], rel=0.05)


def test_lists_that_were_not_kept_hold_nobody(records: pl.DataFrame) -> None:
    year = pl.col("date_detected").dt.year()
    in_2020 = set(records.filter(year == 2020)["list"])
    assert in_2020 == {"police", "prosecutors", "courts", "shelter"}
    assert records.filter(pl.col("list") == "iom")["date_detected"].min() >= date(2021, 1, 1)


def test_what_comes_late_is_in_the_truth_and_not_in_the_files(
    records: pl.DataFrame, samal: DemoCountry
) -> None:
    sent = records.filter("sent")
    assert sent.height == samal.records
    assert sent["date_reported"].max() <= samal.closing
    late = records.filter(pl.col("date_reported") > samal.closing)
    assert late.height > 0
    assert not late["sent"].any()
    assert (records["date_reported"] >= records["date_detected"]).all()


def test_the_silent_region_sent_nothing_for_the_last_year(records: pl.DataFrame) -> None:
    last = records.filter(
        (pl.col("region") == "XSA-12") & (pl.col("date_detected").dt.year() == 2025)
    )
    assert not last["sent"].any()


def test_no_record_lies_in_a_region_before_it_existed(records: pl.DataFrame) -> None:
    new = records.filter(pl.col("region") == "XSA-12")
    assert new["date_seen"].min() >= date(2022, 6, 8)


def test_the_referral_code_is_the_same_at_every_list_and_missing_from_some(
    records: pl.DataFrame,
) -> None:
    coded = records.drop_nulls("person_code")
    assert coded.group_by("person").agg(pl.col("person_code").n_unique())["person_code"].max() == 1
    assert coded["person"].n_unique() == coded["person_code"].n_unique()
    assert 0.78 < coded.height / records.height < 0.92


def test_means_are_missing_from_some_records_so_that_definitions_stay_unknown(
    records: pl.DataFrame,
) -> None:
    assert 0.08 < records["means"].null_count() / records.height < 0.17
    assert records["means"].list.contains("none").sum() > 0


def test_the_accused_pass_the_stages_in_order_and_some_are_still_on_the_way(truth: Path) -> None:
    accused = pl.read_parquet(truth / "accused.parquet")
    steps = ["date_registered", "date_suspect", "date_prosecuted", "date_defendant"]
    for earlier, later in pairwise(steps):
        both = accused.drop_nulls(later)
        assert both[earlier].null_count() == 0
        assert (both[later] >= both[earlier]).all()
    assert accused["date_convicted"].max() > date(2026, 2, 15)
    both_ends = accused.filter(
        pl.col("date_convicted").is_not_null() & pl.col("date_acquitted").is_not_null()
    )
    assert both_ends.is_empty()
