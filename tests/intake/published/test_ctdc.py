"""The three releases of the Counter-Trafficking Data Collaborative, on the real files."""

from __future__ import annotations

import polars as pl
import pytest

SYNTHETIC = "ctdc/ctdc_global_synthetic_2002_2021.csv.gz"
KANON = "ctdc/ctdc_kanonymised_apr2020_7cols.csv.gz"
PAIRS = "ctdc/ctdc_victim_perpetrator_synthetic.csv.gz"

pytestmark = pytest.mark.shared


def share_of(victims: pl.DataFrame, form: str) -> float:
    recorded = victims.filter(pl.col("forms").is_not_null())
    return recorded.filter(pl.col("forms").list.contains(form)).height / recorded.height


@pytest.mark.parametrize(
    ("name", "mapping", "rows"),
    [
        (SYNTHETIC, "ctdc_synthetic", 193_025),
        (KANON, "ctdc_kanon", 48_773),
        (PAIRS, "ctdc_victim_perpetrator", 21_195),
    ],
)
def test_every_row_is_taken(reading, name, mapping, rows):
    intake = reading(name)
    assert (intake.mapping, intake.rows, intake.accepted, intake.refused) == (
        mapping,
        rows,
        rows,
        0,
    )
    assert intake.tables["victims"].height == rows


def test_a_blank_is_zero_only_beside_another_flag_of_its_group(reading):
    """Codebook: forced labour 37.8 %, sexual 56.5 %, other 9.1 % of 111,965."""
    victims = reading(SYNTHETIC).tables["victims"]
    assert victims["forms"].is_not_null().sum() == 111_965
    shares = [
        round(100 * share_of(victims, f), 1) for f in ("forced_labour", "other_sexual", "other")
    ]
    assert shares == [37.8, 56.5, 9.1]


def test_an_empty_flag_is_never_recorded_as_absent(reading):
    victims = reading(SYNTHETIC).tables["victims"]
    assert not victims["forms"].list.contains("none").fill_null(False).any()
    assert not victims["control"].list.contains("none").fill_null(False).any()


def test_kazakhstan_in_the_synthetic_release(reading):
    """README: exploited there 1,880 (UZB 552, KGZ 540, KAZ 393), 84.8 % forced labour of 592."""
    victims = reading(SYNTHETIC).tables["victims"]
    there = victims.filter(country_exploitation="KAZ")
    assert there.height == 1880
    assert [there.filter(citizenship=c).height for c in ("UZB", "KGZ", "KAZ")] == [552, 540, 393]
    assert there["forms"].is_not_null().sum() == 592
    assert round(100 * share_of(there, "forced_labour"), 1) == 84.8
    assert victims.filter(citizenship="KAZ").height == 690


def test_sexes_are_those_of_the_release(reading):
    sexes = dict(reading(SYNTHETIC).tables["victims"]["sex"].value_counts().iter_rows())
    assert sexes == {"female": 105_990, "male": 39_530, "other": 410, None: 47_095}


def test_both_spellings_of_the_age_band_are_children(reading, shared):
    raw = pl.read_csv(shared / "data" / SYNTHETIC, infer_schema=False)
    assert "09--17" in set(raw["ageBroad"])
    synthetic = reading(SYNTHETIC).tables["victims"]["age_group"]
    banded = raw["ageBroad"].is_in(["0--8", "09--17"])
    assert (synthetic.filter(banded) == "0-17").all()
    assert "9--17" in set(pl.read_csv(shared / "data" / KANON, infer_schema=False)["ageBroad"])


def test_every_marginal_stays_a_multiple_of_ten(reading):
    """So the synthesizer leaves it; a lost or doubled row would show."""
    for column in ("sex", "citizenship", "year"):
        counts = reading(SYNTHETIC).tables["victims"][column].drop_nulls().value_counts()["count"]
        assert (counts % 10 == 0).all(), column


def test_the_smallest_class_of_the_k_anonymised_release_has_eleven_records(shared, reading):
    raw = pl.read_csv(shared / "data" / KANON, infer_schema=False)
    assert raw.group_by(raw.columns).len()["len"].min() == 11
    ours = reading(KANON).tables["victims"]
    kept = ["year", "sex", "age_group", "citizenship", "country_exploitation", "forms"]
    assert ours.group_by(kept).len()["len"].min() >= 11


def test_zeroes_are_read_where_the_release_writes_them(reading):
    victims = reading(KANON).tables["victims"]
    sexes = dict(victims["sex"].value_counts().iter_rows())
    assert sexes == {"female": 35_506, "male": 13_267}
    has = victims["forms"].list
    assert has.contains("forced_labour").sum() == 9772
    assert has.contains("other_sexual").sum() == 16_039
    assert has.contains("none").sum() == 976  # both flags written 0


def test_two_letter_countries_become_three_and_a_suppressed_one_nothing(shared, reading):
    raw = pl.read_csv(shared / "data" / KANON, infer_schema=False)
    victims = reading(KANON).tables["victims"]
    assert victims["citizenship"].drop_nulls().str.len_chars().unique().to_list() == [3]
    gone = raw["citizenship"].is_null() | (raw["citizenship"] == "0")
    assert victims["citizenship"].null_count() == gone.sum()


def test_several_perpetrators_in_one_cell_have_no_one_sex(reading):
    """README: Male 9,820 / Female 3,515 / "Female;Male" 2,452."""
    accused = reading(PAIRS).tables["accused"]
    sexes = dict(accused["sex"].value_counts().iter_rows())
    assert (sexes["male"], sexes["female"], sexes["unknown"]) == (9820, 3515, 2452)
    assert accused.filter(role="exploiter").height == 9458


def test_a_band_of_years_is_no_year(reading):
    years = set(reading(PAIRS).tables["victims"]["year"].drop_nulls())
    assert years == {2019, 2020}
