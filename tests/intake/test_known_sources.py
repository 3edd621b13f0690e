"""A published file with a known error: mended and said so, or refused once its source is mended."""

from __future__ import annotations

import pytest

from aiqyn.cli.check import check_files, print_check
from aiqyn.words import LANGUAGES

NAME = "16-2-2_kazakhstan.csv"


def kazakhstan(*rows: str) -> str:
    return "Year,UNIT_MEASURE,Value\n" + "".join(f"{row}\n" for row in rows)


def test_a_known_error_is_mended_and_the_reader_is_told(csv, took):
    intake = took(csv(kazakhstan("2010,PERSONS,1.7", "2011,PERSONS,3.1"), name=NAME))
    assert intake.tables["published_counts"]["unit"].to_list() == ["per_100000"] * 2
    assert (intake.rows, intake.accepted, intake.refusals) == (2, 2, ())
    told = [(c.code, c.count, c.slots["entry"]) for c in intake.cautions]
    assert told == [("KNOWN-101", 2, "kaz_unit_persons"), ("KNOWN-102", 2, "kaz_not_victims")]
    for lang, unit in (("kk", "100"), ("ru", "на 100\u00a0000 населения"), ("en", "per 100,000")):
        assert unit in intake.cautions[0].text(lang)


@pytest.mark.parametrize("rows", [["2010,PERSONS,310", "2011,PERSONS,238"],
                                  ["2010,PER_100000_POP,1.7"]])  # fmt: skip
def test_a_source_that_mended_itself_is_refused_whole_and_no_number_is_taken(
    rows, csv, took, codes
):
    intake = took(csv(kazakhstan(*rows), name=NAME))
    assert codes(intake) == [(None, None, "KNOWN-001")]
    assert (intake.rows, intake.tables, intake.readable) == (0, {}, False)
    for lang in LANGUAGES:
        assert "kaz_unit_persons" in intake.refusals[0].message(lang)
        assert "sdg_16_2_2_kazakhstan.yaml" in intake.refusals[0].mend(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_check_says_it_in_the_terminal_and_in_its_answer(lang, csv, tmp_path, capsys):
    good = csv(kazakhstan("2010,PERSONS,1.7"), name=NAME)
    mended = csv(kazakhstan("2010,PERSONS,310"), name=f"new_{NAME}")
    answer = check_files([good, mended], lang=lang, errors=tmp_path / "errors.xlsx")
    assert [c["code"] for c in answer["files"][0]["cautions"]] == ["KNOWN-101", "KNOWN-102"]
    assert [f["state"] for f in answer["files"]] == ["done", "unread"]
    assert [(r["row"], r["code"]) for r in answer["refusals"]] == [(None, "KNOWN-001")]
    print_check(answer, lang)
    shown = " ".join(capsys.readouterr().out.split())
    assert "100" in shown
    assert "KNOWN-001" in shown


def test_an_excerpt_without_the_place_of_the_error_is_taken(csv, took):
    """Rows of one country are no sign that another country's rows were mended."""
    text = (
        "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,"
        "Unit of measurement,txtVALUE,Source\n"
        "UZB,Uzbekistan,Asia,Central Asia,Detected trafficking victims,Total,Total,Total,Total,"
        "2019,Counts,95,UNODC\n"
    )
    intake = took(csv(text, name="uzbekistan.csv"), "glotip")
    assert not [r for r in intake.refusals if r.code == "KNOWN-001"]
    assert not [c for c in intake.cautions if c.code.startswith("KNOWN")]
    assert intake.tables["published_counts"].height == 1


def test_a_file_without_rows_says_nothing_about_its_source(csv, took, codes):
    intake = took(csv(kazakhstan(), name=NAME), "sdg_16_2_2_kazakhstan")
    assert codes(intake) == []
    assert [c.code for c in intake.cautions] == ["INTAKE-113"]
