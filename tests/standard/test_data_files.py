"""Every shipped table of the standard: its shape, its words, and that its codes know each other."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest

from aiqyn.standard import (
    code_list,
    code_list_names,
    field,
    fields,
    htcds_fields,
    ictip_attributes,
    ictip_values,
    tables,
)

DATA = Path(str(files("aiqyn"))) / "data"
CODE_FILES = sorted((DATA / "codes").glob("*.csv"))
STANDARD_FILES = sorted((DATA / "standard").glob("*.csv"))
HEAD = ["code", "valid_from", "valid_to", "parent", "label_kk", "label_ru", "label_en", "aliases"]
WORD = re.compile(r"\w+")
LATIN, CYRILLIC = re.compile("[A-Za-z]"), re.compile("[Ѐ-ӿ]")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def named(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", CODE_FILES, ids=named)
def test_a_code_list_has_the_common_columns_first_and_its_codes_once(path: Path) -> None:
    found = rows(path)
    assert list(found[0])[: len(HEAD)] == HEAD
    codes = [row["code"] for row in found]
    assert len(codes) == len(set(codes))
    assert all(code == code.strip() != "" for code in codes)
    assert not any(None in row or None in row.values() for row in found), "a row of odd length"


@pytest.mark.parametrize("path", [*CODE_FILES, *STANDARD_FILES], ids=named)
def test_every_entry_has_a_name_in_three_languages(path: Path) -> None:
    for row in rows(path):
        if "label_kk" not in row:
            continue
        for lang in ("kk", "ru", "en"):
            label = row[f"label_{lang}"]
            assert label == label.strip() != "", row


@pytest.mark.parametrize("path", [*CODE_FILES, *STANDARD_FILES], ids=named)
def test_no_latin_letter_hides_inside_a_cyrillic_word(path: Path) -> None:
    for row in rows(path):
        for column, cell in row.items():
            for word in WORD.findall(cell.replace("_", " ")):
                mixed = LATIN.search(word) and CYRILLIC.search(word)
                assert not mixed, (row.get("code"), column, word)


@pytest.mark.parametrize("path", CODE_FILES, ids=named)
def test_kazakh_and_russian_names_are_not_english(path: Path) -> None:
    if path.stem == "platform":
        pytest.skip("names of platforms are the same in every language")
    for row in rows(path):
        assert CYRILLIC.search(row["label_kk"]), row
        assert CYRILLIC.search(row["label_ru"]), row
        assert not CYRILLIC.search(row["label_en"]), row


@pytest.mark.parametrize("path", CODE_FILES, ids=named)
def test_a_code_begins_before_it_ends(path: Path) -> None:
    for row in rows(path):
        for day in (row["valid_from"], row["valid_to"]):
            assert day == "" or ISO_DAY.fullmatch(day), row
        if row["valid_from"] and row["valid_to"]:
            assert row["valid_from"] <= row["valid_to"], row


@pytest.mark.parametrize("name", code_list_names())
def test_parents_exist_and_lead_to_a_top(name: str) -> None:
    codes = code_list(name)
    home = code_list("country") if name == "region" else codes
    for code, entry in codes.entries.items():
        assert entry.parent is None or entry.parent in home, code
        assert codes.root(code) in codes


@pytest.mark.parametrize("name", code_list_names())
def test_no_spelling_means_two_codes_except_those_we_leave_open_on_purpose(name: str) -> None:
    on_purpose = {"region": {"алматы", "almaty"}, "country": {"конго"}}
    assert set(code_list(name).ambiguous) == on_purpose.get(name, set())


@pytest.mark.parametrize(
    ("name", "column", "other"),
    [
        ("form", "form_group", "form_group"),
        ("form", "un_group", "un_group"),
        ("form_group", "un_group", "un_group"),
        ("means", "palermo", "means"),
        ("control", "palermo", "means"),
        ("act", "palermo", "act"),
        ("age_group", "coarse", "age_group"),
        ("region", "before", "region"),
    ],
)
def test_a_code_used_in_one_list_exists_in_the_other(name: str, column: str, other: str) -> None:
    for code, used in code_list(name).crosswalk(column).items():
        assert used in code_list(other), (code, used)


def test_every_purpose_of_the_contract_is_a_form_that_counts_as_itself() -> None:
    contract = [
        "prostitution",
        "other_sexual",
        "pornography",
        "forced_labour",
        "slavery",
        "servitude",
        "debt_bondage",
        "organ_removal",
        "forced_marriage",
        "forced_begging",
        "forced_criminality",
        "armed_conflict",
        "surrogacy",
        "forced_pregnancy",
        "illegal_adoption",
        "biomedical_research",
        "harmful_practices",
    ]
    purposes = code_list("form").crosswalk("purpose")
    assert set(purposes.values()) == set(contract)
    assert all(purposes[purpose] == purpose for purpose in contract)


def test_a_form_and_the_form_above_it_stand_in_the_same_groups() -> None:
    forms = code_list("form")
    for code in forms.codes():
        for column in ("form_group", "un_group", "iccs", "sdg", "glotip"):
            assert forms.value(code, column) == forms.value(forms.root(code), column), code


def test_the_iccs_codes_and_the_un_groups_say_the_same() -> None:
    pairs = code_list("form").frame.select("un_group", "iccs").unique().rows()
    assert set(pairs) == {
        ("sex_trade", "02041"),
        ("labour", "02042"),
        ("organs", "02043"),
        ("other", "02049"),
    }


def test_every_field_names_a_list_that_is_shipped_and_an_attribute_that_ictip_has() -> None:
    attributes = {(a.unit, a.name) for a in ictip_attributes()}
    for table in tables():
        assert fields(table), table
        for column in fields(table):
            assert (column.code_list is not None) == (column.type in ("code", "codes")), column
            assert column.code_list is None or column.code_list in code_list_names(), column
            if column.ictip_attribute:
                assert (column.ictip_unit, column.ictip_attribute) in attributes, column


def test_every_table_of_records_says_where_a_record_came_from_and_which_it_is() -> None:
    for table in tables():
        required = {f.name for f in fields(table) if f.required}
        expected = {"source_id", "agency", "record_id"}
        if table == "published_counts":
            expected.remove("record_id")
        assert expected <= required, table


def test_names_of_persons_are_identity_and_hold_no_code() -> None:
    for table in ("victims", "accused"):
        identity = {f.name for f in fields(table) if f.identity}
        assert identity == {
            "family_name",
            "given_name",
            "patronymic",
            "birth_date",
            "national_number",
        }


def test_ictip_is_marked_as_not_yet_checked_and_its_lists_are_ours() -> None:
    for attribute in ictip_attributes():
        assert attribute.note == "to be checked against the published classification"
        assert set(attribute.code_lists) <= set(code_list_names())
    values = ictip_values("event", "form_of_exploitation")
    assert set(code_list("form").crosswalk("ictip").values()) <= set(values)


def test_htcds_names_and_ours_point_at_each_other() -> None:
    for name, there in htcds_fields().items():
        if there.treatment in ("mapped", "identity"):
            assert there.ours is not None, name
            assert there.treatment == "identity" or not field(*there.ours).identity
    for table in tables():
        for column in fields(table):
            if column.htcds_field:
                assert htcds_fields()[column.htcds_field].ours == (table, column.name)
