"""Text files: separators, quotation marks, blank lines; every row keeps its number."""

from __future__ import annotations

import csv as standard_csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.intake.delimited import read_delimited


def cells(text: str) -> list[list[str]]:
    frame = read_delimited(text, "x.csv", "utf-8").cells
    return [[cell or "" for cell in row] for row in frame.iter_rows()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = "\n".join(separator.join(row) for row in (["a, b", "c"], ["1", "2"], ["3", "4"]))
    if separator == ",":
        text = text.replace("a, b", '"a, b"')
    assert cells(text) == [["a, b", "c"], ["1", "2"], ["3", "4"]]


def test_a_title_above_the_table_does_not_mislead_the_search_for_the_separator():
    assert cells("Есеп, 2025 жыл\n\na;b\n1;2\n3;4\n5;6\n")[2:] == [
        ["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"],
    ]  # fmt: skip


def test_excels_own_first_line_is_a_row_that_holds_nothing(csv, small, took, codes):
    intake = took(csv("sep=;\nCase;Age\nA-1;x\n"), small)
    assert codes(intake) == [(3, "Age", "INTAKE-017")]


def test_rows_keep_the_number_that_a_spreadsheet_gives_them(csv, small, took, codes):
    text = 'Case,Age\n\nA-1,x\n"A-2\n(two lines)",x\n,\nA-3,x\n\n\n'
    intake = took(csv(text), small)
    assert [(row, code) for row, _, code in codes(intake)] == [
        (3, "INTAKE-017"), (4, "INTAKE-017"), (6, "INTAKE-017"),
    ]  # fmt: skip
    assert intake.rows == 3  # the blank ones are no rows


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_ending_of_a_line_is_read(ending, csv, small, took):
    assert took(csv(f"Case,Age{ending}A-1,17{ending}A-2,18"), small).accepted == 2


def test_a_quotation_mark_never_closed_spoils_its_own_row_only(csv, small, took, codes):
    text = 'Case,Sex,Age\nA-1,f,1\nA-2,"f,2\nA-3,f,3\nA-4,m,4\n'
    intake = took(csv(text), small)
    assert codes(intake) == [(3, None, "INTAKE-026")]
    assert intake.tables["victims"]["age"].to_list() == [1, 3, 4]


def test_two_marks_that_meet_over_rows_do_not_swallow_the_rows_between(csv, small, took):
    text = 'Case,Sex,Age\nA-1,f,1\nA-2,"f,2\nA-3,f,3\nA-4,m",4\nA-5,m,5\n'
    intake = took(csv(text), small)
    assert intake.rows == 5
    assert {1, 3, 5} <= set(intake.tables["victims"]["age"].to_list())


def test_a_cell_too_many_refuses_the_row(csv, small, took, codes):
    intake = took(csv("Case,Sex,Age\nA-1,f,17\nA-2,f,17,5\nA-3,f,17,\n"), small)
    assert codes(intake) == [(3, None, "INTAKE-016")]


def test_a_row_that_ends_early_is_a_row_with_empty_cells(csv, small, took):
    assert took(csv("Case,Sex,Age\nA-1\nA-2,f,17\n"), small).accepted == 2


def test_a_packed_file_is_read_as_if_it_were_not(tmp_path, small, took):
    path = tmp_path / "sent.csv.gz"
    halves = [gzip.compress(part) for part in (b"Case,Age\nA-1,17\n", b"A-2,18\n")]
    path.write_bytes(b"".join(halves))  # a .gz may hold several
    assert took(path, small).accepted == 2


def test_a_formula_is_refused_and_shown_only_to_its_sender(csv, small, took):
    intake = took(csv('Case,Age\n=A387+1,17\nA-2,"=HYPERLINK(""x"")"\n'), small)
    assert [r.code for r in intake.refusals] == ["INTAKE-031", "INTAKE-031"]
    assert "HYPERLINK" not in intake.refusals[1].message("en")


@pytest.mark.parametrize("content", [b"", b"   \n\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_told_as_such(content, tmp_path, small, took, codes):
    path = tmp_path / "sent.csv"
    path.write_bytes(content)
    assert codes(took(path, small)) == [(None, None, "INTAKE-036")]


NO_TABLES = (b"%PDF-1.7", b"\x89PNG\r\n", b"{\\rtf1 x}", b"<html><table>", b'{"a": 1}')


@pytest.mark.parametrize("content", [*NO_TABLES, bytes(range(256)) * 9])
def test_what_is_no_table_is_told_as_such(content, tmp_path, small, took, codes):
    path = tmp_path / "sent.csv"
    path.write_bytes(content)
    assert codes(took(path, small)) == [(None, None, "INTAKE-005")]


def test_a_missing_file_is_told_as_such(tmp_path, small, took, codes):
    assert codes(took(tmp_path / "nothing.csv", small)) == [(None, None, "INTAKE-033")]


@pytest.mark.parametrize(
    ("lang", "what", "mend"),
    [
        ("kk", "бұл – файл емес, қалта.", "aiqyn check ҚАЛТА/*.xlsx"),
        ("ru", "это папка, а не файл.", "aiqyn check ПАПКА/*.xlsx"),
        ("en", "this is a folder, not a file.", "aiqyn check FOLDER/*.xlsx"),
    ],
)
def test_a_folder_is_called_a_folder_and_its_files_are_asked_for(
    tmp_path, small, took, lang, what, mend
):
    (refusal,) = took(tmp_path, small).refusals
    assert (refusal.row, refusal.code) == (None, "INTAKE-039")
    assert refusal.what(lang) == what
    assert mend in refusal.mend(lang)


WORD = st.text(alphabet="ab1 \n\"',Ққ=", max_size=6).map(str.strip)


@given(st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=2, max_size=8))
def test_whatever_pythons_writer_writes_is_read_back(rows):
    rows = [["h1", "h2", "h3"], *rows]
    text = io.StringIO()
    standard_csv.writer(text, lineterminator="\n").writerows(rows)
    read = [row for row in cells(text.getvalue()) if any(row)]
    sound = [row for row in rows if any(row)]
    if not any("," in cell and "\n" in cell for row in rows for cell in row):
        assert read == sound


@given(st.text(alphabet='ab,;"\n\r\t', max_size=80))
def test_no_line_is_lost_whatever_the_marks(text):
    kept = "".join(cell for row in cells(text) for cell in row)
    assert kept.count("a") == text.count("a")
    assert kept.count("b") == text.count("b")
