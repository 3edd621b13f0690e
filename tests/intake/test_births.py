"""An age from a date of birth: whole years on the day of detection; the date is forgotten."""

from __future__ import annotations

from datetime import date

import pytest

FIELDS = """
record_id: Case
age: Age
date_detected: Detected
date_reported: Reported
"""
HEAD = "Case,Born,Age,Detected,Reported"


@pytest.fixture
def victims(csv, mapping_of, took):
    """The records of some rows ``born,age,detected,reported``."""

    def read(*rows: str, fields: str = FIELDS, head: str = HEAD):
        mapping = mapping_of(fields, identity={"birth_date": ["Born"]})
        text = "\n".join([head, *(f"A-{n},{row}" for n, row in enumerate(rows, 1))])
        return took(csv(text + "\n"), mapping)

    return read


def ages(intake) -> list[tuple[int | None, str | None]]:
    return intake.tables["victims"].select("age", "age_group").rows()


@pytest.mark.parametrize(
    ("born", "detected", "age", "group"),
    [
        ("2007-06-15", "2025-06-14", 17, "15-17"),  # the day before the birthday: a child
        ("2007-06-15", "2025-06-15", 18, "18-24"),
        ("2008-02-29", "2026-02-28", None, None),  # after the day of the check: refused
        ("2004-02-29", "2022-02-28", 17, "15-17"),  # 28 February is not yet the birthday
        ("2004-02-29", "2022-03-01", 18, "18-24"),
        ("2004-02-29", "2024-02-29", 20, "18-24"),
        ("2025-03-04", "2025-03-04", 0, "0-5"),  # a newborn
        ("15.06.2007", "14.06.2025", 17, "15-17"),
        ("15 6 2007", "2025-06-14", 17, "15-17"),  # as the British form asks for it
        ("2007/06/15", "2025-06-14", 17, "15-17"),
        ("2007-06-15 00:00:00", "2025-06-15", 18, "18-24"),
        ("39248", "2025-06-15", 18, "18-24"),  # Excel's number of 15 June 2007
        ("1905-01-02", "2025-01-01", 119, "45+"),
    ],
)
def test_the_age_is_in_whole_years_on_the_day_of_detection(born, detected, age, group, victims):
    intake = victims(f"{born},,{detected},")
    if age is None:
        assert [r.code for r in intake.refusals] == ["INTAKE-022"]
    else:
        assert ages(intake) == [(age, group)]


def test_without_a_day_of_detection_the_day_of_the_report_counts(victims):
    intake = victims(
        "2007-06-15,,,2025-06-14", "2007-06-15,,2025-06-15,2025-06-20", "2007-06-15,,,"
    )
    assert ages(intake) == [(17, "15-17"), (18, "18-24"), (None, None)]


def test_a_written_age_is_taken_and_the_birth_date_not_asked(victims):
    intake = victims("2007-06-15,16,2025-06-14,", "2030-01-01,16,2025-06-14,", "x,16,2025-06-14,")
    assert ages(intake) == [(16, "15-17")] * 3
    assert [c.code for c in intake.cautions] == ["INTAKE-106"]


def test_a_mapping_without_ages_gets_them_too(victims):
    rows = ("2007-06-15,2025-06-14", "2000-06-15,2025-06-14", ",2025-06-14")
    fields, head = "record_id: Case\ndate_detected: Detected", "Case,Born,Detected"
    intake = victims(*rows, fields=fields, head=head)
    assert ages(intake) == [(17, "15-17"), (24, "18-24"), (None, None)]


def test_a_mapping_without_any_day_gives_no_ages(victims):
    intake = victims("2007-06-15", "2000-06-15", fields="record_id: Case", head="Case,Born")
    assert ages(intake) == [(None, None)] * 2


@pytest.mark.parametrize(
    "partial",
    ["2007", "06.2007", "00.00.2007", "2007-00-00", "шамамен 2007", "15.06.07", "06/15/2007", "?"],
)
def test_a_date_that_is_not_full_gives_no_age_and_no_refusal(partial, victims):
    intake = victims(f"{partial},,2025-06-14,", ",,2025-06-14,")
    assert ages(intake) == [(None, None)] * 2
    told = {c.code: c.count for c in intake.cautions}
    assert told == {"INTAKE-106": 1, "INTAKE-114": 1}


@pytest.mark.parametrize(
    ("born", "detected", "reported", "code"),
    [
        ("2025-06-15", "2025-06-14", "", "INTAKE-024"),
        ("2025-06-15", "", "2025-06-14", "INTAKE-024"),
        ("2026-06-15", "", "", "INTAKE-022"),
        ("1904-06-14", "2025-06-14", "", "INTAKE-019"),
        ("1850-01-01", "2025-06-14", "", "INTAKE-019"),
        ("31.02.2007", "2025-06-14", "", "INTAKE-021"),
    ],
)
def test_an_impossible_date_of_birth_is_refused_at_its_column(
    born, detected, reported, code, victims
):
    intake = victims(f"{born},,{detected},{reported}")
    assert [(r.row, r.column, r.code) for r in intake.refusals] == [(2, "Born", code)]
    assert intake.refusals[0].value is None


def test_the_oldest_age_allowed_is_120(victims):
    assert ages(victims("1905-06-14,,2025-06-14,")) == [(120, "45+")]


def test_the_date_is_nowhere_in_what_is_stored_or_said(victims, tmp_path):
    from openpyxl import load_workbook

    from aiqyn.intake import write_error_workbook

    intake = victims(
        "2007-06-15,,2025-06-14,", "2025-06-15,,2025-06-14,", "1850-06-15,,2025-06-14,",
        "31.06.2007,,2025-06-14,", "2007-06,,2025-06-14,",
    )  # fmt: skip
    write_error_workbook([intake], tmp_path / "errors.xlsx", "ru")
    book = load_workbook(tmp_path / "errors.xlsx")
    said = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    said += [str(t.to_dicts()) for t in intake.tables.values()]
    said += [repr(intake.refusals), repr(intake.cautions), repr(intake.copies)]
    said += [r.message(lang) + r.mend(lang) for r in intake.refusals for lang in ("kk", "ru", "en")]
    for text in said:
        for trace in ("2007", "2025-06-15", "2025, 6, 15", "1850", "15.06", "31.06"):
            assert trace not in text


def test_a_birth_date_against_the_age_group_is_told_at_the_group(victims):
    fields = FIELDS.replace("age: Age", "age_group: Age")
    intake = victims(
        "2000-01-01,0-17,2025-06-14,", "2010-01-01,0-17,2025-06-14,", ",0-17,2025-06-14,",
        fields=fields,
    )  # fmt: skip
    assert [(r.row, r.column, r.code) for r in intake.refusals] == [(2, "Age", "INTAKE-028")]
    assert ages(intake) == [(15, "15-17"), (None, "0-17")]


def test_a_real_excel_date_is_read_and_a_formula_is_not(book, mapping_of, took):
    mapping = mapping_of(FIELDS, identity={"birth_date": ["Born"]})
    rows = [
        HEAD.split(","),
        ["A-1", date(2007, 6, 15), None, date(2025, 6, 14), None],
        ["A-2", "=DATE(2007,6,15)", None, date(2025, 6, 14), None],
    ]
    assert ages(took(book({"S": rows}), mapping)) == [(17, "15-17"), (None, None)]


def test_the_age_of_another_person_of_the_row_is_not_taken_from_it(csv, took):
    """Whose birth date it is, a row about a victim and an accused does not say of the accused."""
    from aiqyn.intake.mapping_file import read_mapping

    fields = {"record_id": "Case", "date_detected": "Detected"}
    accused = {"record_id": "Case", "date_stage": "Detected"}
    sheet = {
        "identity": {"birth_date": ["Born"]},
        "records": [
            {"table": "victims", "fields": fields},
            {"table": "accused", "fields": accused},
        ],
    }
    mapping = read_mapping({"schema": 1, "name": "two", "sheets": [sheet]}, "two.yaml")
    tables = took(csv("Case,Born,Detected\nA-1,2007-06-15,2025-06-14\n"), mapping).tables
    assert tables["victims"]["age"].to_list() == [17]
    assert tables["accused"]["age"].to_list() == [None]
