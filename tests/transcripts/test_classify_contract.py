"""`aiqyn classify`: what other tools read from it, rule by rule, and what it refuses."""

from __future__ import annotations

import pytest

HEAD = "id,age,acts,means,purposes\n"


@pytest.fixture
def verdicts(typed, tmp_path):
    """CSV lines -> {definition: verdict and what is missing} of the first record."""

    def classified(line: str) -> dict[str, str]:
        file = tmp_path / "records.csv"
        file.write_text(HEAD + line + "\n", encoding="utf-8")
        answer = typed("classify", file, "--definitions", "palermo,kz,eu,us", "--json")
        assert answer.code == 0, answer.err
        return {
            row["definition"]: " ".join([row["verdict"], *row["missing"]]) for row in answer.json
        }

    return classified


@pytest.mark.parametrize(
    ("line", "palermo", "kz", "eu", "us"),
    [
        ("1,30,recruitment,deception,forced_labour", *["trafficking"] * 4),
        ("1,30,,none,forced_labour", "not_shown means", "unknown act", *["not_shown means"] * 2),
        ("1,30,none,force,forced_labour", *["not_shown act"] * 4),
        ("1,30,transfer,force,organ_removal", *["trafficking"] * 3, "not_covered"),
        ("1,30,none,,organ_removal", *["not_shown act"] * 3, "not_covered"),
        ("1,1,sale,,illegal_adoption", "not_covered", "trafficking", "trafficking", "not_covered"),
        ("1,1,sale,none,none", "not_shown purpose", "trafficking", *["not_shown purpose"] * 2),
    ],
)
def test_the_rules_of_the_contract(verdicts, line, palermo, kz, eu, us):
    assert verdicts(line) == {"palermo": palermo, "kz": kz, "eu": eu, "us": us}


def test_an_answer_has_the_fields_that_tools_read(typed, tmp_path):
    file = tmp_path / "records.csv"
    file.write_text(HEAD + "r1,30,recruitment,,forced_labour\n", encoding="utf-8")
    rows = typed("classify", file, "--json").json
    assert len(rows) == 4
    assert {"id", "definition", "verdict", "missing", "reason"} <= set(rows[0])
    assert set(rows[0]["reason"]) == {"kk", "ru", "en"}
    assert all(rows[0]["reason"].values())


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + "1,30,recruitment,none,prostitution\n",
        "id;age;acts;means;purposes\n1;30;recruitment;none;prostitution\n",
        HEAD + '1,30," Recruitment ",NONE,"prostitution"\r\n\r\n',
    ],
    ids=["a mark at the start", "semicolons between columns", "blanks, case, quotation marks"],
)
def test_a_file_as_excel_saves_it_is_read(typed, tmp_path, text):
    file = tmp_path / "records.csv"
    file.write_text(text, encoding="utf-8")
    rows = typed("classify", file, "--definitions", "palermo", "--json").json
    assert [(row["verdict"], row["missing"]) for row in rows] == [("not_shown", ["means"])]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "CLASSIFY-003"),
        ("id,age,acts,means\n1,2,transfer,none\n", "CLASSIFY-003"),
        (HEAD + "1,30,recruiting,none,prostitution\n", "CLASSIFY-009"),
        (HEAD + "1,30,recruitment,none;force,prostitution\n", "CLASSIFY-009"),
        (HEAD + "1,seventeen,recruitment,force,prostitution\n", "CLASSIFY-009"),
    ],
    ids=["empty", "a column missing", "an unknown code", "none beside a code", "no age"],
)
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_what_cannot_be_taken_is_refused_and_nothing_is_guessed(typed, tmp_path, text, code, lang):
    file = tmp_path / "records.csv"
    file.write_text(text, encoding="utf-8")
    answer = typed("classify", file, "--lang", lang)
    assert (answer.code, answer.out) == (3, "")
    assert code in answer.err
    assert "seventeen" not in answer.err


def test_headings_alone_are_no_records_and_no_fault(typed, tmp_path):
    file = tmp_path / "records.csv"
    file.write_text(HEAD, encoding="utf-8")
    assert typed("classify", file, "--json").json == []


def test_an_unknown_definition_is_named_with_those_that_are_known(typed, tmp_path):
    file = tmp_path / "records.csv"
    file.write_text(HEAD, encoding="utf-8")
    answer = typed("classify", file, "--definitions", "palermo,zz")
    assert answer.code == 2
    assert "palermo, kz, eu, us" in answer.err


def test_a_law_that_was_not_yet_there_is_refused_as_an_answer(typed, tmp_path):
    file = tmp_path / "records.csv"
    file.write_text(HEAD + "1,30,transfer,force,slavery\n", encoding="utf-8")
    assert typed("classify", file, "--definitions", "eu", "--on", "2001-01-01").code == 4
