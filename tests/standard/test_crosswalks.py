"""The counterparts in CTDC and GLOTIP are names that those sources really print."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from aiqyn.standard import code_list

LISTS = ("form", "control", "sector", "relation")
# Codebook of the Global Synthetic Dataset v2024, table of variables 7-27.
CTDC_2024 = set(
    [
        "meansDebtBondageEarnings",
        "meansThreats",
        "meansAbusePsyPhySex",
        "meansFalsePromises",
        "meansDrugsAlcohol",
        "meansDenyBasicNeeds",
        "meansExcessiveWorkHours",
        "meansWithholdDocs",
        "isForcedLabour",
        "isSexualExploit",
        "isOtherExploit",
        "typeOfLabourAgriculture",
        "typeOfLabourConstruction",
        "typeOfLabourDomesticWork",
        "typeOfLabourHospitality",
        "typeOfSexProstitution",
        "typeOfSexPornography",
        "recruiterRelationIntimatePartner",
        "recruiterRelationFriend",
        "recruiterRelationFamily",
        "recruiterRelationOther",
    ]
)


def variables(name: str, column: str) -> set[str]:
    return {v for cell in code_list(name).crosswalk(column).values() for v in cell.split(";")}


@pytest.mark.shared
@pytest.mark.parametrize("name", LISTS)
def test_ctdc_2021_variables_are_in_its_dictionary(shared: Path, name: str) -> None:
    book = "CTDC_Global_K-anon_DATA_DICTIONARY_20210825.xlsx"
    sheet = CalamineWorkbook.from_path(str(shared / "data" / "ctdc" / book)).get_sheet_by_index(0)
    printed = {str(row[0]).strip() for row in sheet.to_python()} | {"typeOfSexOther"}
    assert variables(name, "ctdc_2021") <= printed


def test_ctdc_2024_variables_are_in_its_codebook() -> None:
    used = set().union(*(variables(name, "ctdc_2024") for name in ("form", "control", "sector")))
    assert used <= CTDC_2024
    assert {v for v in CTDC_2024 if v.startswith("means")} <= used


@pytest.mark.parametrize(
    ("merged", "parts"),
    [
        ("meansDebtBondageEarnings", {"DebtBondage", "TakesEarnings"}),
        ("meansThreats", {"Threats", "UsesChildren", "ThreatOfLawEnforcement"}),
        ("meansAbusePsyPhySex", {"PsychologicalAbuse", "PhysicalAbuse", "SexualAbuse"}),
        ("meansDrugsAlcohol", {"PsychoactiveSubstances"}),
        (
            "meansDenyBasicNeeds",
            {
                "RestrictsFinancialAccess",
                "RestrictsMovement",
                "RestrictsMedicalCare",
                "WithholdsNecessities",
            },
        ),
    ],
)
def test_ctdc_merged_its_methods_of_control_as_its_appendix_says(
    merged: str, parts: set[str]
) -> None:
    control = code_list("control")
    older = {
        str(control.value(code, "ctdc_2021")).removeprefix("meansOfControl")
        for code, newer in control.crosswalk("ctdc_2024").items()
        if newer == merged
    }
    assert older == parts


@pytest.mark.shared
def test_the_glotip_names_are_those_that_the_portal_prints(shared: Path) -> None:
    path = shared / "data" / "glotip" / "data_glotip_2023-05-30.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as stream:
        rows = list(csv.DictReader(stream))
    forms = {r["Category"] for r in rows if r["Dimension"] == "by form of exploitation"}
    assert set(code_list("form").crosswalk("glotip").values()) == forms
    assert set(code_list("indicator").crosswalk("unodc").values()) == {r["Indicator"] for r in rows}
    assert set(code_list("dimension").crosswalk("unodc").values()) == {r["Dimension"] for r in rows}
    for indicator in {r["Indicator"] for r in rows}:
        assert code_list("indicator").find(indicator) is not None
