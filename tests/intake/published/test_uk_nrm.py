"""The United Kingdom's referral form: invented answers under the form's own field names."""

from __future__ import annotations

import csv
import json

import pytest

from aiqyn.intake import load_mapping, read

from .conftest import TODAY

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def fields(shared) -> dict:
    return json.loads((shared / "data" / "uk_nrm_form" / "nrm_fields_en.json").read_text("utf-8"))


def written(path, fields, *answers: dict):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(fields), restval="")
        writer.writeheader()
        writer.writerows(answers)
    return path


CHILD = {
    "pv-under-age": "yes", "pv-gender": "female", "pv-nationality": "Viet Nam",
    "pv-name-first-name": "Invented", "pv-name-last-name": "Person",
    "what-happened": "free text about an invented case",
    "types-of-exploitation-forced-to-commit-crime": "yes",
    "types-of-exploitation-child-exploitation": "yes",
}  # fmt: skip
ADULT = {
    "pv-under-age": "no", "pv-gender": "unknown", "pv-nationality": "Albania",
    "pv-want-to-submit-nrm": "yes", "types-of-exploitation-wages-taken": "yes",
    "types-of-exploitation-organs-removed": "no",
}  # fmt: skip


def test_ten_boxes_of_exploitation_become_forms(tmp_path, fields):
    intake = read(written(tmp_path / "nrm.csv", fields, CHILD, ADULT), today=TODAY)
    assert (intake.mapping, intake.accepted, intake.refused) == ("uk_nrm", 2, 0), intake.refusals
    child, adult = intake.tables["victims"].to_dicts()
    assert set(child["forms"]) == {"forced_criminality", "other_sexual"}
    assert (child["age_group"], child["sex"], child["citizenship"]) == ("0-17", "female", "VNM")
    assert child["consent"] is None  # a child is referred by duty
    assert adult["forms"] == ["forced_labour"]
    assert adult["control"] == ["takes_earnings"]
    assert (adult["age_group"], adult["sex"], adult["consent"]) == ("18+", "other", "yes")
    assert {child["status"], adult["status"]} == {"presumed"}


def test_not_sure_is_unknown_and_never_no(tmp_path, fields):
    unsure = CHILD | {"pv-under-age": "not-sure"}
    intake = read(written(tmp_path / "nrm.csv", fields, unsure), today=TODAY)
    assert intake.tables["victims"]["age_group"].to_list() == ["unknown"]


def test_the_age_is_told_from_the_birth_date_on_the_day_of_referral(tmp_path):
    """The form asks for a birth date and "under 18?"; an export has the day it was submitted."""
    names = ["submitted-at", "pv-dob", "pv-under-age", "pv-nationality", "pv-gender"]
    names += ["types-of-exploitation-forced-to-work"]
    rows = [
        "2025-06-14T10:00:00,2007-06-15,yes,Albania,male,yes",
        "2025-06-15,15 6 2007,no,Albania,male,yes",
        "2025-06-15,,yes,Albania,male,yes",
        "2025-06-15,1990-01-01,yes,Albania,male,yes",
    ]
    path = tmp_path / "nrm.csv"
    path.write_text("\n".join([",".join(names), *rows]) + "\n", encoding="utf-8")
    intake = read(path, today=TODAY)
    ages = intake.tables["victims"].select("age", "age_group").rows()
    assert ages == [(17, "15-17"), (18, "18-24"), (None, "0-17")]
    told = [(r.row, r.column, r.code) for r in intake.refusals]
    assert told == [(5, "pv-under-age", "INTAKE-028")]


def test_names_and_the_story_are_never_kept(tmp_path, fields):
    intake = read(written(tmp_path / "nrm.csv", fields, CHILD), today=TODAY)
    kept = str([table.to_dicts() for table in intake.tables.values()])
    assert not any(word in kept for word in ("Invented", "Person", "free text"))


def test_the_mapping_names_only_fields_that_the_form_has(fields):
    asked = {
        spelling
        for sheet in load_mapping("uk_nrm").sheets
        for spellings in sheet.columns
        for spelling in spellings[:1]
    }
    made = {"id", "submitted-at"}  # an export's own columns
    assert asked - made <= set(fields)
