"""`aiqyn check` over the real published files: counts, fields and exit codes as the contract says.

The rows were counted with Python's csv module: those that hold anything, less the heading.
"""

from __future__ import annotations

import pytest

REFUSAL = {"file", "sheet", "row", "column", "code", "message", "mend"}
PUBLISHED = {
    "sdg_16_2_2/16-2-2_armenia.csv": 42,
    "sdg_16_2_2/16-2-2_canada.csv": 10,
    "sdg_16_2_2/16-2-2_croatia.csv": 8,
    "sdg_16_2_2/16-2-2_kazakhstan.csv": 14,
    "sdg_16_2_2/16-2-2_malta.csv": 84,
    "sdg_16_2_2/16-2-2_ukraine.csv": 280,
    "sdg_16_2_2/16-2-2_united_kingdom.csv": 429,
    "sdg_16_2_2/16-2-2_united_states.csv": 15,
    "htcds/htcds_case_sheet_v2.0.xlsx": 0,
}
NO_TABLE = (
    "htcds/README.md",
    "htcds/htcds_xlsform.xml",
    "glotip/metadata_trafficking_in_persons.pdf",
)


@pytest.fixture
def every(shared):
    """The published files and those that are none."""
    return [shared / "data" / name for name in (*PUBLISHED, *NO_TABLE)]


def test_one_bad_file_takes_no_other_down(typed, every):
    answer = typed("check", *every, "--json")
    assert answer.code == 3
    found = {file["file"]: file for file in answer.json["files"]}
    for name, rows in PUBLISHED.items():
        file = found[name.split("/")[1]]
        assert (file["rows"], file["accepted"], file["refused"]) == (rows, rows, 0)
    for name in NO_TABLE:
        file = found[name.split("/")[1]]
        assert (file["rows"], file["accepted"], file["refused"]) == (0, 0, 0)
    told = answer.json["refusals"]
    assert [entry["row"] for entry in told] == [None] * len(NO_TABLE)
    assert all(entry.keys() >= REFUSAL and entry["message"] and entry["mend"] for entry in told)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_mapping_of_something_else_refuses_the_file_and_says_so(typed, shared, lang):
    file = shared / "data" / "sdg_16_2_2" / "16-2-2_malta.csv"
    answer = typed("check", file, "--mapping", "glotip", "--json", "--lang", lang)
    assert answer.code == 3
    counted = answer.json["files"][0]
    assert counted["rows"] == counted["accepted"] + counted["refused"]
    assert answer.json["refusals"]


def test_a_mapping_that_is_not_there_is_refused_with_those_that_are(typed, shared):
    file = shared / "data" / "sdg_16_2_2" / "16-2-2_malta.csv"
    answer = typed("check", file, "--mapping", "glotipp", "--lang", "ru")
    assert answer.code == 3
    assert "INTAKE-090" in answer.err
    assert "glotip" in answer.err


def test_a_clean_file_ends_with_zero(typed, shared):
    answer = typed("check", shared / "data" / "sdg_16_2_2" / "16-2-2_canada.csv", "--lang", "kk")
    assert answer.code == 0
    assert "Шығу коды 0" in answer.out
