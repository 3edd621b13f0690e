"""SDG indicator 16.2.2 in eight national layouts, three units and four definitions."""

from __future__ import annotations

import polars as pl
import pytest

pytestmark = pytest.mark.shared


def table(reading, country: str) -> pl.DataFrame:
    return reading(f"sdg_16_2_2/16-2-2_{country}.csv").tables["published_counts"]


@pytest.mark.parametrize(
    ("country", "rows", "records", "years", "values"),
    [
        ("kazakhstan", 14, 14, (2010, 2023), 14),
        ("united_kingdom", 429, 429, (2009, 2021), None),
        ("armenia", 42, 42, (2023, 2024), 42),
        ("ukraine", 280, 280, (2015, 2024), 14),
        ("united_states", 15, 15, (2014, 2022), 15),
        ("croatia", 8, 96, (2017, 2024), 92),
        ("malta", 84, 84, (2019, 2025), None),
        ("canada", 10, 10, (2015, 2024), 10),
    ],
)
def test_each_layout_is_recognised_and_lost_no_row(reading, country, rows, records, years, values):
    intake = reading(f"sdg_16_2_2/16-2-2_{country}.csv")
    assert intake.mapping == f"sdg_16_2_2_{country}"
    assert (intake.rows, intake.accepted, intake.refused) == (rows, rows, 0)
    counts = intake.tables["published_counts"]
    assert counts.height == records
    assert (counts["year"].min(), counts["year"].max()) == years
    if values is not None:
        assert counts["value"].is_not_null().sum() == values


def test_kazakhstan_is_a_rate_although_the_column_says_persons(reading):
    printed = table(reading, "kazakhstan")
    assert set(printed["unit"]) == {"per_100000"}
    assert printed.sort("year")["value"].to_list() == [
        1.7, 3.1, 2.7, 3.3, 3.4, 2.5, 2.0, 1.8, 1.3, 1.7, 1.0, 1.1, 0.6, 0.5,
    ]  # fmt: skip


def test_armenia_is_a_rate_in_the_total_and_unclear_in_its_parts(reading):
    found = table(reading, "armenia")
    totals = found.filter(dimension="total")
    assert totals.height == 6
    assert set(totals["unit"]) == {"per_100000"}
    assert totals.filter(sex="_all").sort("year")["value"].to_list() == [0.84, 0.81]
    assert set(found.filter(pl.col("dimension") != "total")["unit"]) == {"unclear"}


def test_the_regions_of_ukraine_are_parts_and_not_rates(reading):
    found = table(reading, "ukraine")
    regional = found.filter(dimension="region")
    assert set(regional["unit"]) == {"per_100000_national"}
    assert regional.filter(year=2023)["value"].sum() == pytest.approx(12.13)
    assert regional.filter(category="30_reg_Kherson", year=2023)["value"].to_list() == [7.63]


def test_an_empty_cell_is_not_available_and_no_zero(reading):
    empty = table(reading, "ukraine").filter(pl.col("value").is_null())
    assert empty.height == 266
    assert set(empty["status"]) == {"not_available"}


def test_croatia_is_turned_from_wide_to_long(reading):
    found = table(reading, "croatia")
    assert found.filter(year=2018, form_group="criminality")["value"].to_list() == [1.47]
    assert found.filter(year=2022, sex="female")["value"].to_list() == [0.65]
    dash = found.filter(year=2018, age_group="51+")
    assert dash.select("value", "status").row(0) == (0.0, "zero")
    assert set(found.filter(year=2017, age_group="19-30")["status"]) == {"not_available"}


def test_the_united_kingdom_keeps_its_own_bands_of_age(reading):
    found = table(reading, "united_kingdom")
    assert found.filter(year=2019, sex="_all", age_group="_all")["value"].to_list() == [9330]
    assert {"0-14", "15-17", "75+", "unknown"} <= set(found["age_group"])


def test_the_united_states_print_two_forms_until_2016(reading):
    found = table(reading, "united_states")
    forms = found.filter(dimension="form")
    assert forms.filter(year=2016).sort("form_group")["value"].to_list() == [183, 1051]
    assert forms["year"].max() == 2016
    assert set(found["unit"]) == {"offences"}


def test_malta_has_persons_and_a_rate_in_one_file(reading):
    found = table(reading, "malta")
    assert found.filter(unit="persons").height == 77
    assert found.filter(unit="per_100000", indicator="sdg_16_2_2").height == 7
    assert {"MLT", "other_eu", "non_eu", "_all"} == set(found["citizenship"])


def test_canada_counts_incidents(reading):
    found = table(reading, "canada")
    assert set(found["unit"]) == {"incidents_per_100000"}
    assert found.filter(year=2024)["value"].item() == pytest.approx(1.472561469)


def test_another_indicator_with_the_same_headings_is_not_taken_for_trafficking(shared, reading):
    """Homicides have the columns Year, UNIT_MEASURE, Value too; births have Year, Value."""
    others = sorted((shared / "data" / "kz_context").glob("kz_sdg_*.csv"))
    assert len(others) > 15
    for path in others:
        intake = reading(f"kz_context/{path.name}")
        assert (intake.mapping, intake.rows) == (None, 0), path.name
        assert {refusal.code for refusal in intake.refusals} == {"INTAKE-010"}
