"""Kazakh text in the encodings it really comes in, and the three ways in which it is spoilt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.intake.encodings import decode
from aiqyn.intake.kazakh_damage import KAZAKH, is_damaged, loses_to, turned_back

KAZAKH_TABLE = (
    "Іс нөмірі;Жынысы;Жасы;Анықталған күні;Өңір;Қанау нысаны\n"
    "A-1;әйел;17;2025-03-01;Түркістан облысы;мәжбүрлі еңбек\n"
)
RUSSIAN_TABLE = "Номер дела;Пол;Возраст\nA-1;женский;17\nA-2;мужской;18\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048", "ptcp154"]
)
def test_a_kazakh_table_is_read_in_each_encoding_that_holds_its_letters(encoding, csv, small, took):
    intake = took(csv(KAZAKH_TABLE, encoding=encoding), small)
    row = intake.tables["victims"].select("sex", "age", "region", "forms").row(0)
    assert row == ("female", 17, "KZ-61", ["forced_labour"])


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-16"])
def test_a_russian_table_is_read_and_its_encoding_told(encoding, csv, small, took):
    intake = took(csv(RUSSIAN_TABLE, encoding=encoding), small)
    assert intake.tables["victims"]["sex"].to_list() == ["female", "male"]
    told = [c.code for c in intake.cautions]
    assert told == (["INTAKE-108"] if encoding == "cp1251" else [])


@pytest.mark.parametrize("with_mapping", [True, False])
def test_a_kazakh_file_saved_as_windows_1251_is_refused_as_a_whole(
    with_mapping, tmp_path, small, took
):
    path = tmp_path / "sent.csv"
    path.write_bytes(KAZAKH_TABLE.encode("cp1251", errors="replace"))
    intake = took(path, small if with_mapping else None)
    assert (intake.rows, intake.accepted, intake.refused) == (0, 0, 0)
    assert [(r.row, r.code) for r in intake.refusals] == [(None, "INTAKE-004")]


@pytest.mark.parametrize("through", ["kz1048", "utf-8"])
def test_bytes_read_as_windows_1251_are_told_too(through, csv, small, took):
    spoilt = KAZAKH_TABLE.encode(through).decode("cp1251", errors="ignore")
    intake = took(csv(spoilt), small)
    assert [(r.row, r.code) for r in intake.refusals] == [(None, "INTAKE-004")]


def test_one_spoilt_cell_in_a_sound_file_refuses_its_row_only(csv, small, took, codes):
    text = KAZAKH_TABLE + "A-2;ер;18;2025-03-01;?лытау облысы;\nA-3;ер;18;;;?ыз\n"
    intake = took(csv(text), small)
    assert codes(intake) == [(3, "Өңір", "INTAKE-004"), (4, "Қанау нысаны", "INTAKE-004")]
    assert intake.accepted == 1


@pytest.mark.parametrize("word", ["?лыбел", "Б?ла?ты", "?ызылорда", "Ш??ыла", "а?паратты?"])
def test_lost_letters_are_seen(word):
    assert is_damaged(word)


@pytest.mark.parametrize(
    "text",
    [
        "Кто виноват?", "қанша?", "?", "что? где? когда?", "A-1?", "Алматы (?)", "17?",
        "Україна", "їжак", "Љубљана", "№ 110-VIII", "«Самал»", "Мәскеу – Алматы",
    ],
)  # fmt: skip
def test_sound_text_is_not_called_spoilt(text):
    assert not is_damaged(text)


def test_a_spoilt_heading_is_known_for_what_it_was():
    assert loses_to("Аны?тал?ан к?ні", "Анықталған күні")
    assert not loses_to("Анықталған күні", "Анықталған күні")
    assert not loses_to("Жасы", "Анықталған күні")


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыэюя" + KAZAKH, min_size=4, max_size=40))
def test_what_kz1048_wrote_is_always_found_again(word):
    """Once a word holds a Kazakh letter beside another letter, no other encoding wins."""
    text = f"{word} қазақ"
    assert decode(text.encode("kz1048"), "x") == (text, "kz1048")


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыэюя ", min_size=1, max_size=60))
def test_plain_russian_is_never_turned_back(text):
    assert turned_back(text) is None
