"""The blank workbook: written, filled with another program, read back."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from aiqyn.errors import UsageRefused
from aiqyn.intake import load_mapping, write_agency_workbook
from aiqyn.intake.agency_columns import SHEETS, columns
from aiqyn.standard import code_list
from aiqyn.words import say

# One value a field, as an officer would write it: labels of the lists, days as days.
FILLED = {
    "victims": {
        "record_id": "SDT-17", "person_code": "R-000123", "status": "identified", "sex": "female",
        "age": 16, "citizenship": "KAZ", "date_detected": date(2025, 3, 1), "region": "KZ-61",
        "acts": ["recruitment", "transfer"], "means": ["none"], "forms": ["forced_begging"],
        "consent": "yes",
    },
    "accused": {
        "record_id": "C-1", "sex": "male", "stage": "suspect", "date_stage": date(2025, 4, 1),
    },
    "justice_events": {"record_id": "E-1", "stage": "registered", "date": date(2025, 3, 3)},
    "assistance": {"record_id": "H-1", "assistance": "legal", "date": date(2025, 3, 5)},
    "referrals": {"record_id": "F-1", "from_agency": "hotline", "to_agency": "police"},
}  # fmt: skip


@pytest.fixture(params=["kk", "ru", "en"])
def lang(request) -> str:
    return request.param


@pytest.fixture
def blank(tmp_path, lang):
    path = tmp_path / "blank.xlsx"
    write_agency_workbook(path, country="KZ", year=2025, lang=lang)
    return path


def fill(path, lang: str) -> None:
    book = openpyxl.load_workbook(path)
    for table, values in FILLED.items():
        sheet = book[say(f"intake.book.{table}", lang)]
        places = {field.name: at for at, field in enumerate(columns(table), 1)}
        lists = {field.name: field.code_list for field in columns(table)}
        lists |= dict.fromkeys(("from_agency", "to_agency"), "agency_kind")
        for name, value in values.items():
            codes = value if isinstance(value, list) else [value]
            if lists[name]:
                value = "; ".join(code_list(lists[name]).label(c, lang) for c in codes)
            sheet.cell(3, places[name]).value = value
    book.save(path)
    book.close()


def test_what_an_officer_fills_in_is_read_back_in_each_language(blank, lang, took):
    fill(blank, lang)
    intake = took(blank)
    assert intake.mapping == "own_workbook"
    assert intake.refusals == ()
    for table, values in FILLED.items():
        (record,) = intake.tables[table].to_dicts()
        assert {name: record[name] for name in values} == values
    assert intake.tables["victims"]["age_group"].to_list() == ["15-17"]
    assert intake.tables["victims"]["year"].to_list() == [2025]


def test_the_example_row_is_filled_and_counts_for_nothing(blank, took):
    intake = took(blank)
    assert intake.aside == {"example": len(SHEETS)}
    assert all(table.is_empty() for table in intake.tables.values())


def test_the_example_would_be_accepted_if_it_were_real(blank, took):
    book = openpyxl.load_workbook(blank)
    for sheet in book.worksheets:
        if sheet.max_row >= 2 and sheet.title not in (book.sheetnames[0], book.sheetnames[-1]):
            sheet["A2"].value = "X-1"
    book.save(blank)
    book.close()
    intake = took(blank)
    assert intake.refusals == ()
    assert {name: table.height for name, table in intake.tables.items()} == dict.fromkeys(SHEETS, 1)


def test_a_date_after_the_workbooks_own_year_is_refused(blank, lang, took, codes):
    fill(blank, lang)
    book = openpyxl.load_workbook(blank)
    book[book.sheetnames[0]]["B2"].value = 2024
    book.save(blank)
    book.close()
    found = {code for _, _, code in codes(took(blank))}
    assert found == {"INTAKE-023"}


def test_it_asks_for_no_identity(blank):
    names = {"Тегі", "Фамилия", "Family name", "Аты", "Имя", "Given name"}
    book = openpyxl.load_workbook(blank)
    heads = {cell.value for sheet in book for cell in sheet[1]}
    assert not heads & names


def test_a_coded_column_has_a_drop_down_from_the_hidden_sheet(blank, lang):
    book = openpyxl.load_workbook(blank)
    sheet = book[say("intake.book.victims", lang)]
    told = {v.formula1: v for v in sheet.data_validations.dataValidation if v.type == "list"}
    assert {"list_sex", "list_region", "list_form"} <= set(told)
    assert told["list_sex"].promptTitle
    assert told["list_sex"].showErrorMessage
    assert not told["list_form"].showErrorMessage  # several forms may be written
    lists = book[say("intake.book.lists", lang)]
    assert lists.sheet_state == "hidden"
    area = book.defined_names["list_region"].attr_text.split("!")[1].replace("$", "")
    regions = [row[0].value for row in lists[area]]
    assert len(regions) == 21  # the twenty regions of Kazakhstan and "unknown"


def test_a_hint_names_absence_with_the_word_that_the_drop_down_offers(blank, lang):
    book = openpyxl.load_workbook(blank)
    sheet = book[say("intake.book.victims", lang)]
    hints = {
        v.formula1: v.prompt for v in sheet.data_validations.dataValidation if v.type == "list"
    }
    lists = book[say("intake.book.lists", lang)]
    word = {"kk": "жоқ", "ru": "нет", "en": "none"}[lang]
    for name in ("list_act", "list_means", "list_form"):
        area = book.defined_names[name].attr_text.split("!")[1].replace("$", "")
        assert word in [row[0].value for row in lists[area]]
        assert f"«{word}»" in hints[name] or f"“{word}”" in hints[name]


def test_the_mapping_reads_every_heading_of_every_language():
    mapping = load_mapping("own_workbook")
    by_table = {sheet.records[0].table: sheet for sheet in mapping.sheets}
    assert tuple(by_table) == SHEETS
    for table, sheet in by_table.items():
        rules = {rule.name: set(rule.headings) for rule in sheet.records[0].fields}
        wanted = {f.name: {f.label(x) for x in ("kk", "ru", "en")} for f in columns(table)}
        assert rules == wanted


def test_the_invented_country_offers_its_own_regions(tmp_path):
    write_agency_workbook(tmp_path / "b.xlsx", country="XSA", year=2025, lang="en")
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    area = book.defined_names["list_region"].attr_text.split("!")[1].replace("$", "")
    assert "Samal City" in [row[0].value for row in book["Lists"][area]]


def test_an_unknown_country_is_refused(tmp_path):
    with pytest.raises(UsageRefused, match="INTAKE-095"):
        write_agency_workbook(tmp_path / "b.xlsx", country="Ruritania", year=2025)


def test_the_same_call_gives_the_same_bytes(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_agency_workbook(tmp_path / name, country="KZ", year=2025, lang="ru")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
