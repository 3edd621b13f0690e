"""The sentences of the intake: whole, in three languages, without look-alike letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import aiqyn.intake as intake
from aiqyn.words import LANGUAGES, has, keys, say

CODES = sorted(key for key in keys("en") if re.fullmatch(r"INTAKE-0\d\d", key))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_that_the_program_raises_has_a_sentence_and_a_way_to_mend(lang):
    sources = Path(str(intake.__file__)).parent.glob("*.py")
    raised = {
        c for s in sources for c in re.findall(r"INTAKE-\d{3}", s.read_text(encoding="utf-8"))
    }
    for code in raised:
        assert has(code, lang), code
        assert code >= "INTAKE-100" or has(f"{code}.mend", lang), code


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_latin_letter_hides_in_a_cyrillic_word(lang):
    mixed = re.compile(r"[A-Za-z][А-Яа-яёәғқңөұүһі]|[А-Яа-яёәғқңөұүһі][A-Za-z]")
    for key in keys(lang):
        if key.startswith(("INTAKE", "intake")):
            sentence = _plain(key, lang)
            assert not mixed.search(sentence), (key, sentence)


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_about_a_row_begins_small_because_its_place_stands_before_it(code):
    for lang in LANGUAGES:
        first = _plain(code, lang)[0]
        proper = _plain(code, lang).startswith(("Aiqyn", "Kazakh"))
        assert proper or not first.isalpha() or first.islower(), (code, lang)


def test_no_kazakh_slot_carries_an_ending():
    for key in keys("kk"):
        if key.startswith(("INTAKE", "intake")):
            assert not re.search(r"\}[»”]?(?!-жол)-?[а-яәғқңөұүһі]", _raw(key)), key


def test_every_list_that_a_field_uses_has_a_name_in_each_language():
    from aiqyn.standard import fields, tables

    lists = {f.code_list for t in tables() for f in fields(t) if f.code_list} | {"agency_kind"}
    for name in lists:
        assert all(has(f"intake.list.{name}", lang) for lang in LANGUAGES), name


class _AnySlot(dict):
    def __missing__(self, key: str) -> str:
        return "5"


def _raw(key: str, lang: str = "kk") -> str:
    from aiqyn import words

    forms = words._forms(lang)[key]
    return forms[0] if isinstance(forms, tuple) else forms


def _plain(key: str, lang: str) -> str:
    return _raw(key, lang).format_map(_AnySlot())


def test_a_place_is_written_as_the_language_writes_it():
    told = {"file": "a.xlsx", "sheet": "S", "row": 5, "column": "Жасы"}
    key = "intake.place.sheet.row.column"
    assert say(key, "kk", **told) == "«a.xlsx» файлы, «S» парағы, 5-жол, «Жасы» бағаны"
    assert say(key, "ru", **told) == "«a.xlsx», лист «S», строка 5, столбец «Жасы»"
    assert say(key, "en", **told) == "a.xlsx, sheet “S”, row 5, column “Жасы”"
