"""The table of indicator 16.2.2, against its definition and the counts that went in."""

from __future__ import annotations

import polars as pl
import pytest

from aiqyn.errors import InputRefused
from aiqyn.estimates import by_stratum, sdg_16_2_2, stratified_rows
from aiqyn.standard import code_list

SHARES = {1: 40, 2: 30, 4: 50, 3: 9, 5: 8, 6: 10, 7: 3}  # three lists that overlap


def groups(dimension: str, sizes: dict[str, int]):
    rows = [(code, h, k * n) for code, k in sizes.items() for h, n in SHARES.items()]
    table = stratified_rows("t", list("ABC"), dimension, rows)
    return by_stratum(table, boot=60, whole="table")


@pytest.fixture(scope="module")
def population():
    rows = [("female", "0-17", 3e6), ("female", "18+", 7e6), ("male", "0-17", 3e6)]
    return pl.DataFrame(
        [*rows, ("male", "18+", 6.5e6)], schema=["sex", "age", "population"], orient="row"
    )


@pytest.fixture(scope="module")
def detected():
    rows = [
        ("female", "18+", "sexual_exploitation", 250),
        ("female", "0-17", "sexual_exploitation", 120),
        ("female", "18+", "forced_labour_servitude_slavery", 80),
        ("male", "18+", "forced_labour_servitude_slavery", 140),
        ("unknown", "unknown", "other", 10),
    ]
    return pl.DataFrame(rows, schema=["sex", "age", "form", "n"], orient="row")


@pytest.fixture(scope="module")
def table(detected, population):
    sexes = groups("sex", {"female": 3, "male": 1})
    return sdg_16_2_2(detected, population, {"sex": sexes})


def row(table: pl.DataFrame, series: str, **codes: str) -> dict:
    codes = {"sex": "_all", "age": "_all", "form": "_all"} | codes
    found = table.filter(pl.col("series") == series)
    for column, code in codes.items():
        found = found.filter(pl.col(column) == code)
    assert found.height == 1, (series, codes)
    return found.row(0, named=True)


def test_detected_victims_are_counted_under_the_series_of_the_united_nations(table):
    assert row(table, "VC_HTF_DETV")["value"] == 600
    assert row(table, "VC_HTF_DETVSX", form="sexual_exploitation")["value"] == 370
    assert (
        row(table, "VC_HTF_DETVFL", form="forced_labour_servitude_slavery", sex="male")["value"]
        == 140
    )
    assert row(table, "VC_HTF_DETVOG", form="organ_removal")["value"] == 0
    assert row(table, "VC_HTF_DETV", age="unknown")["value"] == 10


def test_the_rate_is_persons_over_residents_of_that_sex_and_age_times_100_000(table):
    assert row(table, "VC_HTF_DETV")["per_100k"] == round(600 / 19.5e6 * 1e5, 2)
    girls = row(table, "VC_HTF_DETV", sex="female", age="0-17")
    assert (girls["value"], girls["per_100k"]) == (120, 4.0)


def test_nobody_counts_residents_of_unknown_sex_so_there_is_no_rate(table):
    assert row(table, "VC_HTF_DETV", sex="unknown")["per_100k"] is None


def test_the_rate_of_kazakhstan_for_2018_is_what_its_office_published(detected):
    """kazstat 16-2-2: 1.3 per 100,000 in 2018; 238 victims of 18.3 million residents give that."""
    one = pl.DataFrame({"sex": ["female"], "age": ["18+"], "form": ["other"], "n": [238]})
    people = pl.DataFrame({"sex": ["female"], "age": ["18+"], "population": [18_276_500]})
    assert row(sdg_16_2_2(one, people), "VC_HTF_DETV")["per_100k"] == pytest.approx(1.3, abs=0.05)


def test_undetected_groups_add_up_to_the_undetected_whole_and_are_printed_to_tens(table):
    whole = row(table, "AIQYN_HTF_UNDV")
    parts = [row(table, "AIQYN_HTF_UNDV", sex=sex) for sex in ("female", "male")]
    assert sum(p["value"] for p in parts) == whole["value"]
    assert all(p[c] % 10 == 0 for p in (*parts, whole) for c in ("value", "low", "high"))
    assert all(p["low"] <= p["value"] <= p["high"] for p in (*parts, whole))
    assert {p["state"] for p in (*parts, whole)} == {"estimated"}
    assert parts[0]["per_100k"] == pytest.approx(parts[0]["value"] / 10e6 * 1e5, abs=0.005)


def test_what_was_not_asked_is_not_estimated_and_has_no_number(table):
    children = row(table, "AIQYN_HTF_UNDV", age="0-17")
    assert (children["state"], children["value"]) == ("not_estimated", None)


def test_a_group_with_nobody_is_refused_and_not_zero(detected, population):
    rows = [(code, h, n) for code in ("female", "male") for h, n in SHARES.items()]
    table = stratified_rows("t", list("ABC"), "sex", [*rows, ("unknown", 1, 0)])
    sexes = by_stratum(table, boot=40, whole="table")
    told = row(sdg_16_2_2(detected, population, {"sex": sexes}), "AIQYN_HTF_UNDV", sex="unknown")
    assert (told["state"], told["value"]) == ("refused", None)


def test_estimates_with_different_wholes_are_refused(detected, population):
    found = {
        "sex": groups("sex", {"female": 3, "male": 1}),
        "age": groups("age", {"0-17": 1, "18+": 4}),
    }
    with pytest.raises(InputRefused, match="EST-078"):
        sdg_16_2_2(detected, population, found)


def test_estimates_of_one_table_stand_side_by_side(detected, population):
    found = {
        "sex": groups("sex", {"female": 3, "male": 1}),
        "form": groups("form", {"sexual_exploitation": 2, "organ_removal": 2}),
    }
    table = sdg_16_2_2(detected, population, found)
    organs = row(table, "AIQYN_HTF_UNDVOG", form="organ_removal")
    sexual = row(table, "AIQYN_HTF_UNDVSX", form="sexual_exploitation")
    assert organs["value"] + sexual["value"] == row(table, "AIQYN_HTF_UNDV")["value"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t.drop("n"), "EST-076"),
        (lambda t: t.with_columns(-pl.col("n")), "EST-076"),
        (lambda t: t.with_columns(pl.lit("12-17").alias("age")), "EST-077"),
    ],
)
def test_a_table_of_another_shape_is_refused(detected, population, change, code):
    with pytest.raises(InputRefused, match=code):
        sdg_16_2_2(change(detected), population)


def test_the_forms_are_those_of_the_code_list(table):
    forms = set(code_list("form").frame["sdg"].drop_nulls().unique())
    assert forms <= set(table["form"].unique())
