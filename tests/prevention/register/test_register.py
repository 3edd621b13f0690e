"""The register takes a sound programme whole and says of a faulty one all that is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from aiqyn.prevention.register import blank_toml, read_register, write_workbook


def codes(found):
    return sorted(fault.code for fault in found.faults)


def test_a_sound_programme_is_read_with_all_its_fields(register, sound):
    found = register(sound)
    assert found.faults == ()
    programme = found.programmes["P-01"]
    assert programme.groups == ("women", "men")
    assert programme.places[0].since == date(2022, 7, 1)
    assert (programme.cost, programme.currency) == (1000.0, "KZT")
    assert programme.told(programme.theory, "kk").startswith("Contracts")


def test_a_workbook_is_read_back_as_it_was_written_in_any_language(register, sound, tmp_path):
    programme = register(sound).programmes["P-01"]
    for lang in ("kk", "ru", "en"):
        book = tmp_path / f"book_{lang}.xlsx"
        write_workbook(book, [programme], lang)
        again = read_register([book])
        assert again.faults == ()
        told = again.programmes["P-01"]
        wanted = {n: getattr(programme, n) for n in programme.__slots__ if n != "source"}
        assert {n: getattr(told, n) for n in wanted} == wanted


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('funder = "Ministry"', "", "PREV-062"),
        ('theory_en = "Contracts are read before they are signed."', "", "PREV-062"),
        ('funder = "Ministry"', 'fundr = "Ministry"\nfunder = "M"', "PREV-061"),
        ('["labour"]', '["labor"]', "PREV-063"),
        ('"staggered-did"', '"before-after"', "PREV-063"),
        ("-0.2", '"a fifth"', "PREV-064"),
        ("cost = 1000", "cost = -5", "PREV-064"),
        ("2026-03-01", '"soon"', "PREV-064"),
        ('currency = "KZT"', "", "PREV-069"),
        ('outcome_kind = "detections"', 'outcome_kind = "survey"', "PREV-071"),
        ('[[where]]\nregion = "R-1"\nfrom = 2022-07-01', "", "PREV-067"),
        ("from = 2022-07-01", "from = 2022-07-01\nuntil = 2022-01-01", "PREV-068"),
        (
            'outcome_kind = "detections"',
            'outcome_kind = "detections"\nlow_column = "l"',
            "PREV-070",
        ),
        ("cost = 1000", "cost = = 1", "PREV-060"),
    ],
)
def test_each_fault_is_named_with_its_file_and_field(register, sound, before, after, code):
    found = register(sound.replace(before, after))
    assert codes(found) == [code]
    assert found.programmes == {}
    for lang in ("kk", "ru", "en"):
        assert "0.toml" in found.faults[0].text(lang)
        assert found.faults[0].mend(lang)


def test_all_faults_of_a_programme_are_told_at_once(register, sound):
    spoilt = sound.replace('funder = "Ministry"', "").replace('["labour"]', '["labor"]')
    assert codes(register(spoilt)) == ["PREV-062", "PREV-063"]


def test_a_code_is_taken_once(register, sound):
    found = register(sound, sound.replace("Advice", "Else"))
    assert codes(found) == ["PREV-065"]


def test_an_outcome_file_that_is_not_there_is_a_fault(register, sound):
    lines = 'outcome_kind = "survey"\noutcome_file = "x.csv"\noutcome_column = "score"'
    assert codes(register(sound.replace('outcome_kind = "detections"', lines))) == ["PREV-072"]


def test_a_workbook_without_the_names_of_its_fields_is_refused(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "p.xlsx") as book:
        book.add_worksheet("programmes").write(0, 0, "Code")
    assert codes(read_register([tmp_path])) == ["PREV-073"]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_blank_programme_is_toml_that_lacks_only_what_must_be_filled_in(register, lang):
    found = register(blank_toml("P-09", lang))
    assert set(codes(found)) == {"PREV-062"}
