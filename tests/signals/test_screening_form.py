"""The form as a workbook: what is asked, in which order, what is hidden, and that it reads back."""

from __future__ import annotations

import csv
import shutil
import subprocess
from importlib.resources import files

import numpy as np
import openpyxl
import pytest

from aiqyn import words
from aiqyn.signals.screening import conversation, read_indicators, sign_label

LANGS = ("kk", "ru", "en")
ANSWERS = ("yes", "no", "not_sure", "")
ADULT = read_indicators("adult-labour")


def table(name: str) -> list[dict[str, str]]:
    with (files("aiqyn") / "data" / "screening" / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def empty(tmp_path, typed):
    def write(lang="en", name="adult-labour"):
        file = tmp_path / f"{lang}.xlsx"
        assert typed("screen", "--form", file, "--list", name, "--lang", lang).code == 0
        return file

    return write


def fill(file, by_code, lang) -> None:
    """Answer as a caseworker does, in the column of answers."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[1]
    for row in sheet.iter_rows(min_row=6):
        answer = by_code.get(row[3].value)
        if answer:
            row[2].value = words.say(f"screening.answer.{answer}", lang)
    book.save(file)


def drawn(seed: int) -> dict[str, str]:
    rng = np.random.default_rng(seed)
    picked = rng.choice(ANSWERS, len(ADULT.indicators), p=[0.15, 0.45, 0.2, 0.2])
    return {one.code: str(a) for one, a in zip(ADULT.indicators, picked, strict=True)}


@pytest.mark.parametrize("lang", LANGS)
def test_the_workbook_says_what_the_same_answers_say_in_a_csv_file(tmp_path, typed, empty, lang):
    given = drawn(3)
    file = empty(lang)
    fill(file, given, lang)
    lines = [(c.split(".")[0], c, words.say(f"screening.answer.{a}", lang) if a else "")
             for c, a in given.items()]  # fmt: skip
    plain = tmp_path / "form.csv"
    with plain.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("dimension_no", "indicator", "answer"), *lines])
    ours = typed("screen", file, "--json").json
    assert ours == typed("screen", plain, "--json").json
    assert sum(d["strong"] + d["medium"] + d["weak"] for d in ours["dimensions"]) == sum(
        a == "yes" for a in given.values()
    )


@pytest.mark.parametrize("lang", LANGS)
def test_each_sign_of_each_list_is_asked_once_in_each_language(lang):
    for listed in (ADULT, read_indicators("child-labour")):
        asked = [(one, q) for topic in conversation(listed, lang) for one, q in topic.questions]
        assert sorted(one.code for one, _ in asked) == [one.code for one in listed.indicators]
        assert len({question for _, question in asked}) == len(asked)
        assert all(question.endswith("?") for _, question in asked)
        assert all(sign_label(one, lang) for one, _ in asked)


def test_violence_is_asked_last_and_threats_before_it():
    order = [one for topic in conversation(ADULT) for one, _ in topic.questions]
    hard = [at for at, one in enumerate(order) if 5 in one.ilo11]
    threats = [at for at, one in enumerate(order) if 6 in one.ilo11 and 5 not in one.ilo11]
    assert min(hard) > max(threats)
    assert hard == list(range(len(order) - len(hard), len(order)))
    assert order[0].dimension_no == 1
    assert {one.dimension_no for one in order[:18]} <= {1, 3, 4, 6}  # no coercion in the first part


def test_who_is_spoken_to_sees_no_dimension_no_weight_and_no_word_of_a_crime(empty):
    book = openpyxl.load_workbook(empty())
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    seen = " ".join(
        str(cell.value)
        for sheet in book.worksheets[:2]
        for row in sheet.iter_rows()
        for cell in row
        if cell.value and not sheet.column_dimensions[cell.column_letter].hidden
    ).casefold()
    for said in ("strong", "coercion", "traffick", "exploit", "vulnerab", "deceptive"):
        assert said not in seen
    assert book.worksheets[1].column_dimensions["D"].hidden


@pytest.mark.parametrize("lang", LANGS)
def test_answers_are_offered_and_no_other_cell_can_be_changed(empty, lang):
    sheet = openpyxl.load_workbook(empty(lang)).worksheets[1]
    (offered,) = sheet.data_validations.dataValidation
    assert offered.formula1.strip('"').split(",") == [
        words.say(f"screening.answer.{a}", lang) for a in ("yes", "no", "not_sure")
    ]
    assert sheet.protection.sheet
    open_cells = {c.column_letter for r in sheet.iter_rows() for c in r if not c.protection.locked}
    assert open_cells == {"C"}


def test_the_form_of_a_child_is_counted_by_the_child_s_list(typed, empty):
    file = empty(name="child-labour")
    fill(file, {"5.08": "yes"}, "en")
    assert typed("screen", file, "--json").json["list"] == "child-labour"
    other = typed("screen", file, "--list", "adult-labour", "--json").json
    assert "SIG-204" in {caution["code"] for caution in other["cautions"]}


def test_a_form_that_is_there_is_never_written_over(typed, empty):
    file = empty()
    before = file.read_bytes()
    told = typed("screen", "--form", file, "--json")
    assert (told.code, told.json["error"]["code"]) == (2, "SIG-216")
    assert file.read_bytes() == before


def test_a_workbook_of_something_else_is_refused(tmp_path, typed):
    book = openpyxl.Workbook()
    book.active.append(["name", "age"])
    book.save(tmp_path / "other.xlsx")
    told = typed("screen", tmp_path / "other.xlsx", "--json")
    assert (told.code, told.json["error"]["code"]) == (3, "SIG-203")
    assert typed("screen", "--json").json["error"]["code"] == "SIG-205"


def test_act_means_and_purpose_are_told_and_of_a_child_no_means(typed, empty):
    file = empty("ru")
    fill(file, {"4.02": "yes", "4.04": "yes", "4.06": "yes", "2.01": "no"}, "ru")
    told = typed("screen", file, "--json", "--lang", "ru").json
    assert told["reading"] == {"act": "not known", "means": "not known", "purpose": "signs"}
    assert any("эксплуатация): признаки выявлены" in line for line in told["text"])
    child = typed("screen", file, "--list", "child-labour", "--json").json
    assert child["reading"]["means"] == "not asked"


def test_the_slot_for_sexual_exploitation_is_empty_and_says_why():
    assert table("sexual_indicators.csv") == []
    source = (files("aiqyn") / "data" / "screening" / "SOURCE.md").read_text(encoding="utf-8")
    assert "sexual_indicators.csv" in source


def test_every_translation_says_that_it_is_not_official():
    for name in ("questions.csv", "ilo_11.csv"):
        assert {row["status"] for row in table(name)} == {"translated by us, not official"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no spreadsheet program to reckon it")
def test_the_hidden_sheet_counts_as_the_program_does(tmp_path, typed, empty):
    """Starting the spreadsheet program takes some seconds."""
    given = drawn(8)
    file = empty("kk")
    fill(file, given, "kk")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "ods", "--outdir", tmp_path, file],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", tmp_path / "again", tmp_path / "kk.ods"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(tmp_path / "again" / "kk.xlsx", data_only=True).worksheets[2]
    told = typed("screen", file, "--json", "--lang", "kk").json
    for row, dimension in zip(
        sheet.iter_rows(min_row=6, max_row=11), told["dimensions"], strict=True
    ):
        counted = [dimension[weight] for weight in ("strong", "medium", "weak")]
        assert [cell.value for cell in row[1:4]] == counted
        there = words.say("screening.form.signs", "kk")
        assert (row[4].value == there) is dimension["positive"]
    assert sheet["A13"].value == told["text"][0]
