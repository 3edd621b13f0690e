"""Tables of factors: known sources, an office's own workbook, and rows that cannot be taken."""

from __future__ import annotations

import openpyxl
import polars as pl
import pytest

from aiqyn.prevention.factors import factor_list, read_factor_file
from aiqyn.prevention.factors.layouts import area_codes, layouts
from aiqyn.prevention.factors.list_of_factors import GROUPS, RESIDENTS
from aiqyn.prevention.factors.workbook import write_workbook
from aiqyn.standard import code_list

from .conftest import write

WEO = "kz_context/imf_weo_apr2021_subset.csv.gz"
ASKED = {
    "push": {"persecution", "political_conflict", "unemployment", "poverty", "war", "disaster"},
    "demand": {"paid_sex", "cheap_labour"},
    "enabling": {
        "corruption", "inequality_persons", "inequality_sexes", "inequality_states",
        "weak_institutions",
    },
}  # fmt: skip


def test_the_list_holds_every_factor_that_the_article_names():
    for group, codes in ASKED.items():
        own = {f.code for f in factor_list().values() if f.group == group and not f.parent}
        assert own == codes
    parents = {f.parent for f in factor_list().values()} - {""}
    assert parents == set().union(*ASKED.values())
    assert {f.group for f in factor_list().values()} == set(GROUPS)


def test_layouts_name_factors_and_areas_that_exist():
    for layout in layouts():
        named = {*layout.factors.values(), *layout.columns.values()}
        assert named <= {*factor_list(), RESIDENTS}, layout.name
        for codes in area_codes(layout.area_list).values() if layout.area_list else ():
            assert all(code_list("region").find(c.ours) == c.ours for c in codes)


@pytest.mark.parametrize(
    ("file", "rows", "factor", "area", "period", "value"),
    [
        ("kz_context/kz_sdg_1-2-1.csv", 311, "poverty_rate", "KZ-YUZ", "2010", 11.5),
        ("kz_context/kz_sdg_8-5-2.csv", 2719, "unemployment_rate", "KZ-61", "2023", 5.0),
        (WEO, 23569, "unemployment_rate", "KAZ", "2019", 4.779),
        (WEO, 23569, "residents", "KAZ", "2019", 18_632_000),
        ("kz_context/world_population_2000_on.csv.gz", 4945, "residents", "ABW", "2000", 89101),
        ("tip_tiers/tip_tiers_1999_2014.csv", 3208, "tip_tier", "KAZ", "2010", 2.5),
        ("tip_tiers/policy_index_3p.csv", 3021, "policy_3p", "CAN", "2001", 13),
        ("tip_tiers/tip_tier_rankings_2008_2016.csv", 1642, "tip_tier", "AFG", "2008", 2),
    ],
)  # fmt: skip
def test_a_known_source_is_read_row_by_row(shared, file, rows, factor, area, period, value):
    """Values looked up by hand in the files as the offices publish them."""
    found = read_factor_file(shared / "data" / file)
    assert (found.rows, found.accepted + found.refused) == (rows, rows)
    assert len({(r.row, r.code) for r in found.refusals}) == found.refused
    whole = found.values.filter(factor=factor, area=area, period=period, group="_all")
    assert whole["value"].to_list() == [pytest.approx(value)]


def test_a_forecast_is_marked(shared):
    values = read_factor_file(shared / "data/kz_context/imf_weo_apr2021_subset.csv.gz").values
    assert values.filter(pl.col("forecast"))["period"].unique().to_list() == ["2021"]


def test_parts_of_an_area_are_kept_and_told_from_the_whole(shared):
    values = read_factor_file(shared / "data/kz_context/kz_sdg_8-5-2.csv").values
    kazakhstan = values.filter(area="KAZ", period="2010")
    assert kazakhstan.filter(group="_all")["value"].to_list() == [5.8]
    assert "sex=F" in kazakhstan["group"].to_list()


def test_a_workbook_is_written_and_read_back_in_each_language(tmp_path):
    for lang in ("kk", "ru", "en"):
        file = tmp_path / f"{lang}.xlsx"
        write_workbook(file, lang)
        book = openpyxl.load_workbook(file)
        label = factor_list()["poverty_rate"].label(lang)
        book.worksheets[0].append(["Ақмола облысы", 2024, label, 5.5, "office"])
        book.worksheets[0].append(["KZ-15", 2024, "income_gini", "0,28", "office", "rural"])
        book.save(file)
        found = read_factor_file(file)
        assert (found.layout, found.rows, found.refused) == ("own", 2, 0)
        told = found.values.select("factor", "area", "period", "group", "value").rows()
        assert told[0] == ("poverty_rate", "KZ-11", "2024", "_all", 5.5)
        assert told[1] == ("income_gini", "KZ-15", "2024", "group=rural", 0.28)


def test_each_bad_row_is_refused_with_its_place_and_a_way_to_mend_it(tmp_path):
    rows = [
        ("A", 2024, "poverty_rate", 5),
        ("A", 2024, "poverty_rate", 6),
        ("A", "last year", "poverty_rate", 5),
        ("A", 2023, "bad luck", 5),
        ("A", 2023, "poverty_rate", "much"),
        ("", 2023, "poverty_rate", 5),
        ("A", 2023, "poverty_rate", ""),
    ]
    found = read_factor_file(write(tmp_path / "t.csv", "area period factor value", rows))
    assert (found.rows, found.accepted, found.refused) == (7, 2, 5)
    assert found.aside == {"factors.aside.empty": 1}
    told = [(r.row, r.column, r.code) for r in found.refusals]
    assert told == [
        (3, None, "PREV-045"),
        (4, "period", "PREV-043"),
        (5, "factor", "PREV-044"),
        (6, "value", "PREV-041"),
        (7, "area", "PREV-042"),
    ]
    for refusal in found.refusals:
        for lang in ("kk", "ru", "en"):
            assert "t.csv" in refusal.message(lang)
            assert refusal.mend(lang)


def test_a_file_of_something_else_is_refused_whole(tmp_path):
    found = read_factor_file(write(tmp_path / "t.csv", "name age", [("x", 1), ("y", 2)]))
    assert (found.rows, found.accepted, found.refused) == (2, 0, 2)
    assert [r.code for r in found.refusals] == ["PREV-040"]
