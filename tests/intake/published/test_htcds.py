"""HTCDS 2.0: the blank workbooks, the same filled in, and an export of the form."""

from __future__ import annotations

import csv
import warnings
from datetime import date

import pytest

from aiqyn.intake import read
from aiqyn.standard import code_list

from .conftest import TODAY

pytestmark = pytest.mark.shared

SINGLE = "htcds_case_sheet_single_select_v2.0.xlsx"
MULTI = "htcds_case_sheet_v2.0.xlsx"
LISTS = {
    "gender": "sex", "citizenship": "country", "methodofrecruitment": "recruitment",
    "methodsofcontrol": "control", "typeofexploitation": "form", "forcedlabourindustry": "sector",
    "typeofsexexploitation": "form", "status": "case_status", "consent": "yes_no",
    "traffickingstatus": "victim_status", "traffickingstatusdecisionmakingorg": "detected_by",
}  # fmt: skip

CASE = {
    "First Name": "Invented", "Second Name": "Person", "Birthdate": date(2001, 5, 6),
    "Gender": "Feminine", "Citizenship": "Namibia",
    "Trafficking Status": "Actual victim of trafficking",
    "Trafficking Status Decision Making Organization": "Police",
    "Method of Recruitment": "At work", "Methods of Control": "Debt bondage ",
    "Type of Exploitation": "Forced labour",
    "Forced Labour Industry": "Water supply; sewerage, waste management and remediation",
    "Incoming Referral Date": date(2025, 3, 4), "Referring Organisation": "Invented Shelter",
    "Incoming Referral Details": "free text about an invented case",
}  # fmt: skip


@pytest.fixture
def filled(shared, tmp_path):
    """A copy of a blank workbook with cases written under its headings (row 2)."""
    from openpyxl import load_workbook

    def fill(name: str, *cases: dict) -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl drops the drop-downs
            book = load_workbook(shared / "data" / "htcds" / name)
        sheet = book.worksheets[0]
        heads = {cell.value: cell.column for cell in sheet[2] if cell.value}
        for at, case in enumerate(cases):
            for head, value in case.items():
                sheet.cell(3 + at, heads[head]).value = value
        book.save(tmp_path / name)
        return tmp_path / name

    return fill


@pytest.mark.parametrize("name", [SINGLE, MULTI])
def test_a_blank_sheet_with_its_printed_numbers_has_no_rows(reading, name):
    intake = reading(f"htcds/{name}")
    assert (intake.rows, intake.accepted, intake.refused) == (0, 0, 0)
    assert intake.refusals == ()


@pytest.mark.parametrize(
    ("name", "mapping"), [(SINGLE, "htcds_single_select"), (SINGLE, None), (MULTI, None)]
)
def test_a_filled_case_becomes_a_victim_and_a_referral(filled, name, mapping):
    intake = read(filled(name, CASE), mapping, today=TODAY)
    assert (intake.rows, intake.accepted, intake.refused) == (1, 1, 0), intake.refusals
    victim = intake.tables["victims"].row(0, named=True)
    assert victim["source_id"].endswith(":3")  # the sheet's own row number
    wanted = {
        "status": "identified", "sex": "female", "citizenship": "NAM", "detected_by": "police",
        "recruitment": "workplace", "control": ["debt_bondage"], "forms": ["forced_labour"],
        "sector": "E", "date_reported": date(2025, 3, 4), "year": 2025,
        "age": 23, "age_group": "18-24",  # born on 6 May 2001
    }  # fmt: skip
    assert {key: victim[key] for key in wanted} == wanted
    referral = intake.tables["referrals"].row(0, named=True)
    assert (referral["from_agency"], referral["date"]) == ("other", date(2025, 3, 4))


def test_a_child_is_known_by_the_birth_date_alone(filled):
    """HTCDS asks for no age: who would be 18 the day after the referral is a child."""
    children = [CASE | {"Birthdate": date(2007, 3, day)} for day in (4, 5)]
    victims = read(filled(SINGLE, *children), today=TODAY).tables["victims"]
    assert victims.select("age", "age_group").rows() == [(18, "18-24"), (17, "15-17")]


def test_no_name_and_no_free_text_gets_into_a_table_or_a_message(filled):
    intake = read(filled(MULTI, CASE, {**CASE, "Gender": "Invented"}), today=TODAY)
    said = [str(table.to_dicts()) for table in intake.tables.values()]
    said += [r.message(lang) + r.mend(lang) for r in intake.refusals for lang in ("kk", "ru", "en")]
    for text in said:
        assert not any(word in text for word in ("Invented", "Person", "free text", "2001"))


def test_several_values_in_a_cell_are_several_codes(filled):
    case = CASE | {
        "Methods of Control": "Debt bondage ;Threatens children/family; Physical abuse",
        "Type of Exploitation": "Forced labour;Sexual exploitation",
        "Type of Sex Exploitation": "Pornography;Prostitution",
        "Forced Labour Industry": "Construction",
        "Method of Recruitment": "At work;Through a newspaper advert",
    }
    intake = read(filled(MULTI, case), today=TODAY)
    assert intake.refused == 0, intake.refusals
    victim = intake.tables["victims"].row(0, named=True)
    assert victim["control"] == ["debt_bondage", "threats_family", "physical"]
    assert (victim["sector"], victim["recruitment"]) == ("F", None)
    # "sexual exploitation" goes where a form beneath it is named
    assert set(victim["forms"]) == {"forced_labour", "pornography", "prostitution"}


def test_several_values_where_the_sheet_allows_one_are_refused_there(filled):
    case = CASE | {"Methods of Control": "Debt bondage ;Physical abuse"}
    intake = read(filled(SINGLE, case), "htcds_single_select", today=TODAY)
    assert [(r.row, r.column) for r in intake.refusals] == [(3, "Methods of Control")]


def test_a_value_outside_the_picklist_is_refused_with_row_and_column(filled):
    intake = read(filled(MULTI, CASE, {**CASE, "Trafficking Status": "Perhaps"}), today=TODAY)
    assert (intake.rows, intake.accepted, intake.refused) == (2, 1, 1)
    assert [(r.row, r.column) for r in intake.refusals] == [(4, "Trafficking Status")]


def test_every_picklist_value_of_the_form_has_a_code(shared):
    """331 values by name and by label; the CSV itself has lost Namibia's name, "NA"."""
    path = shared / "data" / "htcds" / "htcds_xlsform_choices.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert len(rows) == 331
    unknown = [
        (row["list_name"], text)
        for row in rows
        for text in (row["name"], row["label"])
        if code_list(LISTS[row["list_name"]]).find(text) is None
    ]
    assert unknown == [("citizenship", "")]


def test_an_export_of_the_form_parts_its_answers_by_blanks(tmp_path):
    answers = {
        "start": "2025-01-01T10:00", "con_Consent": "TRUE", "prs_First_Name": "Invented",
        "prs_Second_Name": "Person", "prs_Gender": "Feminine", "prs_Citizenship": "NA",
        "vic_MethodOfRecruitment": "AtWork ThroughANewspaperAdvert",
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "NonPoliceGovernmentalOrganization",
        "vic_Methods_of_Control": "PhysicalThreats DebtBondage  Other",
        "vic_TypeOfExploitation": "ForcedLabour ForcedBegging",
        "vic_ForcedLabourIndustry": "A_AgricultureForestryAndFishing F_Construction",
        "vic_TypeOfSexExploitation": "", "cas_ReferringOrganisation": "Invented Shelter",
        "cas_IncomingReferralDate": "2025-05-05", "cas_ReasonForIncomingReferral": "Other",
        "__version__": "v", "_id": "7",
    }  # fmt: skip
    path = tmp_path / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([answers.keys(), answers.values()])
    intake = read(path, today=TODAY)
    assert (intake.mapping, intake.accepted) == ("htcds_xlsform", 1), intake.refusals
    victim = intake.tables["victims"].row(0, named=True)
    assert victim["citizenship"] == "NAM"
    assert victim["forms"] == ["forced_labour", "forced_begging"]
    assert victim["control"] == ["threats", "debt_bondage", "other"]
    # two channels, two industries: neither is the one; said in a caution, not refused
    assert (victim["recruitment"], victim["sector"]) == (None, None)
    assert {c.code for c in intake.cautions} >= {"INTAKE-107"}
    assert (victim["status"], victim["consent"]) == ("presumed", "yes")
