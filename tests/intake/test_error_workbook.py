"""The workbook an agency gets back."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest

from aiqyn.cli.check import check_files
from aiqyn.intake import write_error_workbook

TEXT = (
    "Case;Тегі;Sex;Age;Detected;Region;Form\n"
    "A-1;Ахметов;F;17 л.;31.02.2025;Алматы облысы;құл еңбегі\n"
    "A-2;Иванов;M;18;2025-03-01;;forced_labour\n"
    "=A387+1;Петров;M;20;2025-03-01;;forced_labour\n"
)
NAMES = {
    "kk": ("Қорытынды", "Қателер", "Сіздің жолдарыңыз", "Кодтар"),
    "ru": ("Итог", "Ошибки", "Ваши строки", "Коды"),
    "en": ("Summary", "Errors", "Your rows", "Codes"),
}


@pytest.fixture
def returned(csv, mapping_of, took, tmp_path):
    """The workbook for three rows of which two are refused, one with three bad cells."""
    mapping = mapping_of(identity={"family_name": ["Тегі"]})
    intake = took(csv(TEXT), mapping)

    def write(lang: str = "en"):
        write_error_workbook([intake], tmp_path / "back.xlsx", lang)
        return openpyxl.load_workbook(tmp_path / "back.xlsx")

    return write


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_it_has_four_sheets_named_in_the_agencys_language(lang, returned):
    book = returned(lang)
    assert tuple(book.sheetnames) == NAMES[lang]
    assert book.active.title == NAMES[lang][1]


def test_the_errors_stand_in_the_order_of_the_file_with_value_reason_and_mend(returned):
    sheet = returned("kk")["Қателер"]
    assert sheet["A1"].value == "Түзетілетін жолдар: 2"
    assert "Жіберілген жол саны: 3 · қабылданғаны: 1 · қабылданбағаны: 2." in sheet["A2"].value
    heads = [cell.value for cell in sheet[4]]
    assert heads[0] == "№"
    assert heads[-1] == "Код"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[8] for row in rows] == ["INTAKE-017", "INTAKE-021", "INTAKE-009", "INTAKE-031"]
    first = rows[0]
    assert (first[1], str(first[3]), first[4], first[5]) == ("sent.csv", "2", "Age", "17 л.")
    assert first[6] == "Жасы санмен жазылмаған."
    assert first[7].startswith("17 деп жазыңыз.")
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:I8"


def test_a_formula_goes_back_as_text_that_no_spreadsheet_runs(returned):
    book = returned()
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "'=A387+1" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]


def test_each_error_links_to_the_copy_of_its_row(returned):
    book = returned()
    errors, rows = book["Errors"], book["Your rows"]
    for at in range(5, 9):
        target = errors.cell(at, 4).hyperlink.location
        sheet, cell = target.rsplit("!", 1)
        assert sheet.strip("'") == "Your rows"
        copied = rows.cell(rows[cell].row, 3).value
        assert str(copied) == str(errors.cell(at, 4).value)


def test_names_are_not_copied_with_the_rows(returned):
    book = returned()
    every = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(name in text for text in every for name in ("Ахметов", "Петров", "Тегі"))


def test_the_codes_sheet_holds_the_list_that_was_missed(returned):
    sheet = returned("ru")["Коды"]
    told = {row[2].value for row in sheet.iter_rows(min_row=2)}
    assert {"forced_labour", "unknown"} <= told


@pytest.fixture
def days(book, small, took):
    """A workbook with cells that are days: one in the place of an age, two in bad rows."""
    heads = ["Case", "Sex", "Age", "Detected", "Region", "Form"]
    rows = [
        ["A-1", "F", datetime(2019, 5, 5), datetime(2019, 5, 6), "", ""],
        ["A-2", "F", 17, datetime(2035, 5, 7), "", ""],
        ["A-3", "F", "x", datetime(2019, 5, 8, 14, 30), "", ""],
    ]
    return took(book({"Sheet": [heads, *rows]}), small)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_day_is_shown_as_its_cell_shows_it_and_as_text(lang, days, tmp_path):
    write_error_workbook([days], tmp_path / "back.xlsx", lang)
    back = openpyxl.load_workbook(tmp_path / "back.xlsx")
    errors, rows = back[NAMES[lang][1]], back[NAMES[lang][2]]
    assert [errors.cell(at, 6).value for at in (5, 6)] == ["05.05.2019", "07.05.2035"]
    assert {errors.cell(at, 6).number_format for at in (5, 6)} == {"@"}
    copied = [cell for row in rows.iter_rows(min_row=4, min_col=4) for cell in row if cell.value]
    assert {"05.05.2019", "06.05.2019", "07.05.2035"} <= {cell.value for cell in copied}
    assert {cell.number_format for cell in copied} == {"@"}
    every = [str(cell.value) for sheet in back for row in sheet.iter_rows() for cell in row]
    assert not [text for text in every if "00:00" in text]
    assert [text for text in every if "14:30" in text]  # an hour that was written is not lost
    assert not [r.code for r in days.refusals if "00:00" in r.message(lang)]


def test_a_day_in_a_text_file_is_left_as_it_is(csv, small, took, tmp_path):
    intake = took(csv("Case;Sex;Age;Detected\nA-1;F;2019-05-05 00:00:00;2019-05-06\n"), small)
    write_error_workbook([intake], tmp_path / "back.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "back.xlsx")["Errors"]
    assert sheet.cell(5, 6).value == "2019-05-05 00:00:00"


def summary(intake, path, lang: str) -> list[tuple[str, str, int]]:
    """Code, sentence and number of each line of the summary by code."""
    write_error_workbook([intake], path, lang)
    sheet = openpyxl.load_workbook(path)[NAMES[lang][0]]
    rows = [tuple(cell.value for cell in row[:3]) for row in sheet.iter_rows()]
    return [row for row in rows if str(row[0]).startswith("INTAKE-")]


@pytest.mark.parametrize(
    ("lang", "list_kind", "day_kind"),
    [
        ("kk", "Мән кодтар тізбесінде жоқ.", "Ол күні мұндай өңір болмаған."),
        ("ru", "Значения нет в справочнике.", "В тот день такого региона не было."),
        ("en", "The value is not in the code list.", "The region did not exist on that day."),
    ],
)
def test_the_summary_speaks_generally_where_the_rows_of_a_code_differ(
    lang, list_kind, day_kind, csv, small, took, tmp_path
):
    text = (
        "Case;Sex;Age;Detected;Region;Form\n"
        "A-1;F;17;2019-05-05;Ұлытау облысы;құл еңбегі\n"
        "A-2;F;17;2019-06-05;Ұлытау облысы;\n"
        "A-3;robot;17;2025-05-05;;\n"
    )
    told = summary(took(csv(text), small), tmp_path / "back.xlsx", lang)
    assert told == [("INTAKE-009", list_kind, 2), ("INTAKE-025", day_kind, 2)]


def test_the_summary_names_the_one_list_that_all_rows_of_a_code_missed(csv, small, took, tmp_path):
    text = "Case;Sex;Age;Detected;Form\nA-1;F;17;2025-05-05;x\nA-2;F;17;2025-05-05;y\n"
    told = summary(took(csv(text), small), tmp_path / "back.xlsx", "en")
    named = "This value is not in the list “Form of exploitation”."
    assert told == [("INTAKE-009", named, 2)]


def test_the_summary_parts_sentences_that_have_no_general_one(csv, mapping_of, took, tmp_path):
    fields = """
record_id: {from: [Case], required: true}
age: {from: [Age]}
date_detected: {from: [Detected]}
date_reported: {from: [Reported]}
"""
    mapping = mapping_of(fields, identity={"birth_date": ["Born"]})
    text = (
        "Case;Age;Detected;Reported;Born\n"
        "A-1;;2025-05-05;;06.05.2025\n"
        "A-2;;2025-05-05;;07.05.2025\n"
        "A-3;20;2025-05-05;2025-05-01;\n"
    )
    told = summary(took(csv(text), mapping), tmp_path / "back.xlsx", "en")
    assert [(code, times) for code, _, times in told] == [("INTAKE-024", 2), ("INTAKE-024", 1)]
    assert len({what for _, what, _ in told}) == 2


def test_the_same_file_gives_the_same_bytes(csv, small, took, tmp_path):
    intake = took(csv(TEXT), small)
    for name in ("one.xlsx", "two.xlsx"):
        write_error_workbook([intake], tmp_path / name, "ru")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_check_writes_it_only_when_asked_and_when_something_is_wrong(csv, tmp_path):
    good = csv("Жазба нөмірі;Анықталған күні\nA-1;2025-01-01\n", name="good.csv")
    out = tmp_path / "errors.xlsx"
    assert check_files([good], mapping="own_workbook", errors=out)["errors"] is None
    assert not out.exists()
    bad = csv("Жазба нөмірі;Анықталған күні\nA-1;2025-02-31\n", name="bad.csv")
    assert check_files([bad], mapping="own_workbook", errors=out)["errors"] == str(out)
    assert out.exists()
