from __future__ import annotations

import csv
from pathlib import Path

import pytest

from aiqyn.standard import (
    code_list,
    from_htcds,
    htcds_fields,
    to_htcds,
    victim_from_htcds,
    victim_to_htcds,
)

ASIDE = {"citizenship"}


def picklist_values(shared: Path) -> list[tuple[str, str]]:
    """(field, value) of every picklist that prints its values, blanks as they stand."""
    path = shared / "data" / "htcds" / "field_standards_2.0.csv"
    found = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            name, values = row["Field Name including Prefix"], row["Value Names (if picklist)"]
            if name and values and not values.startswith("Use ISO"):
                found += [(name, value) for value in values.split("\n") if value.strip()]
    return found


def xlsform_values(shared: Path) -> list[tuple[str, str]]:
    """(field, value) of every choice of the XLSForm."""
    homes = {name.split("_", 1)[1].lower(): name for name in htcds_fields()}
    path = shared / "data" / "htcds" / "htcds_xlsform_choices.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [(homes[row["list_name"]], row["name"]) for row in csv.DictReader(stream)]


@pytest.mark.shared
def test_every_field_of_the_standard_is_known(shared: Path) -> None:
    path = shared / "data" / "htcds" / "field_standards_2.0.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        names = {row["Field Name including Prefix"] for row in csv.DictReader(stream)} - {""}
    assert names == set(htcds_fields())


@pytest.mark.shared
def test_every_picklist_value_comes_back_as_it_went_out(shared: Path) -> None:
    values = picklist_values(shared)
    assert len(values) > 170
    for field, value in values:
        code = from_htcds(field, value)
        assert code is not None, (field, value)
        assert code in code_list(str(htcds_fields()[field].code_list)), (field, code)
        assert to_htcds(field, code) == value.strip(), (field, value, code)


@pytest.mark.shared
def test_every_choice_of_the_xlsform_comes_back_as_it_went_out(shared: Path) -> None:
    values = xlsform_values(shared)
    assert len(values) == 331
    for field, value in values:
        if (field, value) == ("prs_Citizenship", ""):
            continue  # Namibia: a spreadsheet once read its "NA" as missing
        code = from_htcds(field, value)
        assert code is not None, (field, value)
        assert to_htcds(field, code) == value.strip(), (field, value, code)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("vic_MethodsOfControl", "DebtBondage ", "debt_bondage"),
        ("vic_RelationshipToTrafficker", "Unaquainted", "stranger"),
        ("vic_RelationshipToTrafficker", "Unacquainted", None),
        ("prs_Gender", "NonSpecifiedUnknown", "unknown"),
        ("vic_TypeOfSexExploitation", "RemoteInteractiveServices", "online_sexual"),
        ("prs_Citizenship", "KZ", "KAZ"),
        ("prs_Citizenship", "NA", "NAM"),
    ],
)
def test_odd_spellings_are_taken_as_the_standard_prints_them(
    field: str, value: str, code: str | None
) -> None:
    assert from_htcds(field, value) == code


@pytest.mark.parametrize(
    ("field", "code", "value"),
    [
        ("vic_TypeOfExploitation", "domestic_servitude", "Servitude"),
        ("vic_TypeOfExploitation", "child_soldiers", "ForcedMilitaryByNonStateActors"),
        ("vic_TypeOfExploitation", "forced_prostitution", "SexualExploitation"),
        ("vic_TypeOfSexExploitation", "forced_prostitution", "Prostitution"),
        ("vic_TypeOfSexExploitation", "forced_labour", None),
        ("vic_MethodsOfControl", "isolation", "Other"),
        ("vic_ForcedLabourIndustry", "fishing", "A_AgricultureForestryAndFishing"),
        ("vic_TraffickingStatus", "recognised", "ActualVictimOfTrafficking"),
        ("vic_TraffickingStatusDecisionMakingOrg", "border", "NonPoliceGovernmentalOrganization"),
        ("vic_MethodsOfControl", "unknown", None),
    ],
)
def test_a_finer_code_goes_to_the_nearest_value_above_it(
    field: str, code: str, value: str | None
) -> None:
    assert to_htcds(field, code) == value


@pytest.mark.parametrize(
    "field", [f for f, there in htcds_fields().items() if there.code_list not in (None, "country")]
)
def test_every_code_of_a_list_has_a_value_or_none_and_never_a_foreign_one(field: str) -> None:
    values = {to_htcds(field, code) for code in code_list(str(htcds_fields()[field].code_list))
              .codes()}  # fmt: skip
    for value in values - {None}:
        assert from_htcds(field, str(value)) is not None


def test_names_of_a_person_never_enter_our_record() -> None:
    row = {"prs_FirstName": "Invented", "prs_SecondName": "Person", "prs_IdentityNumber": "1",
           "prs_Email": "x", "per_RoleDetails": "free text", "prs_Gender": "Feminine"}  # fmt: skip
    victim = victim_from_htcds(row)
    assert victim["sex"] == "female"
    assert not {"Invented", "Person", "1", "x", "free text"} & {str(v) for v in victim.values()}


def test_sexual_exploitation_is_told_once_where_its_kind_is_known() -> None:
    row = {
        "vic_TypeOfExploitation": "SexualExploitation;Surrogacy",
        "vic_TypeOfSexExploitation": "Pornography",
    }
    victim = victim_from_htcds(row)
    assert victim["forms"] == ["surrogacy", "pornography"]
    back = victim_to_htcds(victim)
    assert back["vic_TypeOfExploitation"] == ["Surrogacy", "SexualExploitation"]
    assert back["vic_TypeOfSexExploitation"] == ["Pornography"]
    assert victim_from_htcds(back) == victim


def test_what_htcds_does_not_record_is_missing_and_not_absent() -> None:
    victim = victim_from_htcds({"prs_Gender": "Masculine", "vic_MethodsOfControl": ""})
    assert victim["control"] is None
    assert victim["forms"] is None
