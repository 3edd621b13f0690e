"""The traps of UNODC's table of detected victims and offenders, on the real file."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest

from aiqyn.intake import glotip

FILE = "glotip/data_glotip_2023-05-30.csv.gz"
CELL = ["country", "indicator", "dimension", "form_group", "sex", "age_group", "year"]

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def intake(reading):
    return reading(FILE)


@pytest.fixture(scope="module")
def counts(intake) -> pl.DataFrame:
    return intake.tables["published_counts"]


@pytest.fixture(scope="module")
def raw(shared) -> pl.DataFrame:
    return pl.read_csv(shared / "data" / FILE, infer_schema=False).fill_null("")


def test_every_row_is_accepted_or_refused(intake):
    assert (intake.mapping, intake.rows) == ("glotip", 46_556)
    assert intake.accepted + intake.refused == intake.rows
    assert intake.refused == 114
    assert len({r.row for r in intake.refusals}) == 114
    assert intake.tables["published_counts"].height == 45_230


def test_a_thousands_comma_is_no_end_of_a_number(counts, raw):
    printed = raw.filter(pl.col("txtVALUE").str.contains(","))
    assert printed.height == 462
    cell = counts.filter(
        country="ARG", indicator="detected_victims", dimension="total", sex="_all",
        age_group="_all", year=2019,
    )  # fmt: skip
    assert cell["value"].to_list() == [1590]  # printed "1,590"
    countries = printed.filter(pl.col("Country") != "").unique()
    refused = 3  # of them name no country under "by citizenship"
    assert (counts["value"] >= 1000).sum() == countries.height - refused == 433


def test_sub_regional_aggregates_are_set_aside_and_said(intake, counts):
    assert intake.aside["aggregate"] == 957
    assert not set(counts["country"]) & {"SAM", "SAF", "CAR", "CAS", "EEU", "MCA", "MCN"}
    assert "aggregate" in {caution.slots.get("reason") for caution in intake.cautions}


def test_fewer_than_five_is_zero_to_four_and_no_value(counts):
    small = counts.filter(status="small")
    assert small.height == 22_332
    assert small["value"].is_null().all()
    assert set(small.select("low", "high").iter_rows()) == {(0.0, 4.0)}
    exact = counts.filter(status="counted")
    assert (exact["low"] == exact["high"]).all()
    assert small.height + exact.height == counts.height


def test_exact_duplicates_are_kept_once(intake):
    assert intake.aside["duplicate"] == 255
    assert intake.aside["duplicate"] + intake.aside["aggregate"] + 45_230 == intake.accepted


def test_rows_of_one_cell_that_differ_all_stay(counts, raw):
    key = [c for c in raw.columns if c not in ("txtVALUE", "Source")]
    several = raw.unique().group_by(key).len().filter(pl.col("len") > 1)
    assert several.height == 192
    split = counts.filter(pl.col("dimension").is_in(["total", "form"]))
    assert split.group_by(CELL).len().filter(pl.col("len") > 1).height == 192


def test_two_totals_of_one_sex_are_the_children_and_the_adults(raw):
    """Why such rows are added up and not taken for contradictions (mapping glotip)."""
    cell = ["Iso3_code", "Indicator", "Sex", "Year"]
    totals = raw.filter(pl.col("Dimension") == "Total", pl.col("Country") != "").unique()
    of_sex = totals.filter(pl.col("Age") == "Total").group_by(cell).agg(pl.col("txtVALUE").sort())
    twice = of_sex.filter(pl.col("txtVALUE").list.len() > 1)
    ages = totals.filter(pl.col("Age").is_in(["0 to 17 years", "18 years or over"]))
    parts = ages.group_by(cell).agg(pl.col("txtVALUE").sort().alias("parts"))
    both = twice.join(parts, on=cell, how="left")
    assert both.height == 45
    same = both.filter(pl.col("txtVALUE") == pl.col("parts"))
    assert same.height == 45


def test_all_other_such_rows_are_folded_categories(raw):
    key = [c for c in raw.columns if c not in ("txtVALUE", "Source")]
    several = raw.unique().group_by(key).len().filter(pl.col("len") > 1)
    forms = several.filter(pl.col("Dimension") != "Total")
    assert set(forms["Category"]) == {"Other forms of exploitation"}
    assert forms.height == 147


def test_namibia_is_a_country_and_not_a_missing_value(counts, raw):
    printed = raw.filter(pl.col("Iso3_code") == "NAM").unique()
    nameless = printed.filter(pl.col("Category") == "").height
    assert (printed.height, nameless) == (274, 3)
    assert counts.filter(country="NAM").height == 271


def test_sark_counts_as_guernsey_for_it_has_no_code(counts, raw):
    assert raw.filter(pl.col("Country") == "Sark").unique().height == 26
    assert counts.filter(country="GGY").height == 26


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kazahstan", "KAZ"), ("Kazakhistan", "KAZ"), ("Kazalhstan", "KAZ"),
        ("PER\ufffd", "PER"), ("TÃ¼rkiye", "TUR"), ("M\ufffdXICO", "MEX"), ("roumain", "ROU"),
        ("Costa d'Avorio", "CIV"), ("SALVADORE\ufffdA", "SLV"), ("Ugandan", "UGA"),
        ("Stateless", "stateless"), ("DESCONOCIDA", "unknown"), ("M49 Region: Africa", "other"),
    ],
)  # fmt: skip
def test_free_text_citizenship_finds_its_country(counts, raw, text, code):
    row = raw.with_row_index("at", offset=2).filter(
        pl.col("Category") == text, pl.col("Country") != ""
    )["at"][0]
    read = counts.filter(pl.col("source_id").str.ends_with(f":{row}"))
    assert read["citizenship"].to_list() == [code]


def test_own_nationals_are_of_the_reporting_country(counts, raw):
    own = raw.filter(pl.col("Category") == "Nationals", pl.col("Iso3_code") == "DNK").unique()
    read = counts.filter(country="DNK", dimension="citizenship", citizenship="DNK")
    assert read.height >= own.height > 0


def test_what_names_no_one_country_is_refused_and_how_to_mend_it_is_said(intake):
    values = Counter(r.value for r in intake.refusals)
    assert values == {
        None: 87, "0": 7, "Nationality": 6, "(especifique otras nacionalidades)": 5,
        "97 albanian": 1, "TOTAL": 1, "(especifique el pa\ufffds)": 1, "without": 1,
        "Congolese": 1, "3 maliens": 1, "2 maliens": 1, "3 nigériens et 1 tunisien": 1,
        "TOTAL POR AÑO": 1,
    }  # fmt: skip
    for lang in ("kk", "ru", "en"):
        assert all(r.message(lang) and r.mend(lang) for r in intake.refusals)


def test_kazakhstan_has_the_totals_that_unodc_prints(counts):
    kazakhstan = counts.filter(
        country="KAZ", dimension="total", sex="_all", age_group="_all"
    ).sort("year")  # fmt: skip
    recent = kazakhstan.filter(pl.col("year") >= 2017)
    series = {
        name: recent.filter(indicator=name)["value"].to_list()
        for name in ("detected_victims", "offences", "convicted")
    }
    assert series == {
        "detected_victims": [86, 88, 44, 92, 29],
        "offences": [304, 276, 182, 111, 103],
        "convicted": [168, 141, 64, 44, 35],
    }


def test_parts_and_totals_are_kept_as_printed_and_never_forced_to_agree(counts):
    """Where all three are printed, children + adults = total in 92 % of the sets."""
    victims = counts.filter(indicator="detected_victims", dimension="total", status="counted")
    wide = victims.pivot(
        on="age_group", index=["country", "year", "sex"], values="value", aggregate_function="first"
    )
    sets = wide.drop_nulls(["_all", "0-17", "18+"])
    assert round((sets["0-17"] + sets["18+"] == sets["_all"]).mean(), 2) == 0.92


def test_the_quick_way_for_figures_reads_the_same_cells(shared, counts):
    def sorted_(table: pl.DataFrame) -> pl.DataFrame:
        chosen = table.filter(pl.col("dimension").is_in(["total", "form"]))
        numbers = [pl.col(c).cast(pl.Float64) for c in ("value", "low", "high")]
        return chosen.select(*CELL, *numbers).sort(*CELL, "low", "high")

    quick = glotip.counts(shared / "data" / FILE)
    assert sorted_(quick).equals(sorted_(counts))


def test_the_portals_workbook_with_its_title_rows_reads_the_same(tmp_path, raw):
    import xlsxwriter

    from aiqyn.intake import read

    from .conftest import TODAY

    path = tmp_path / "data_glotip.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("data_glotip_1")
    sheet.write(0, 0, "Trafficking in persons")
    some = raw.filter(pl.col("Iso3_code") == "KAZ")
    for at, row in enumerate([raw.columns, *some.iter_rows()], start=2):
        sheet.write_row(at, 0, row)
    book.close()
    intake = read(path, today=TODAY)
    assert (intake.mapping, intake.rows) == ("glotip", 145)
    assert glotip.counts(path).height == 145
    assert (intake.accepted, intake.refused) == (
        135,
        10,
    )  # 10 rows print no country of repatriation
