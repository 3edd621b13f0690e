from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest

from aiqyn import words

LATIN_IN_CYRILLIC = re.compile(r"[Ѐ-ӿ][A-Za-z]|[A-Za-z][Ѐ-ӿ]")


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def all_forms(lang: str, key: str) -> tuple[str, ...]:
    forms = words._forms(lang)[key]
    return forms if isinstance(forms, tuple) else (forms,)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_sentence_stands_in_every_language(lang):
    everywhere = set().union(*(words.keys(other) for other in words.LANGUAGES))
    assert everywhere - words.keys(lang) == set()


def test_every_sentence_is_written_and_has_the_same_slots_in_each_language():
    for key in sorted(words.keys("en")):
        wanted = set().union(*(slots(form) for form in all_forms("en", key)))
        for lang in words.LANGUAGES:
            for form in all_forms(lang, key):
                assert form.strip(), (lang, key)
                assert slots(form) <= wanted, (lang, key)
            assert set().union(*(slots(f) for f in all_forms(lang, key))) == wanted, (lang, key)


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_no_latin_letter_hides_inside_a_cyrillic_word(lang):
    found = [
        (key, form)
        for key in sorted(words.keys(lang))
        for form in all_forms(lang, key)
        if LATIN_IN_CYRILLIC.search(re.sub(r"\{[^}]*\}", " ", form))
    ]
    assert found == []


def test_a_kazakh_sentence_never_puts_an_ending_on_a_slot():
    ending = re.compile(r"\}[-‑]?[а-яәғқңөұүһі]")
    ordinal = re.compile(r"\}-(кесте|сурет|тарау|жол|жазба|бап|тоқсан|басылым|нұсқа|бөлім)")
    found = [
        (key, form)
        for key in sorted(words.keys("kk"))
        for form in all_forms("kk", key)
        if ending.search(ordinal.sub(" ", form))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [("kk", "−1\u00a0234\u00a0567,8"), ("ru", "−1\u00a0234\u00a0567,8"), ("en", "−1,234,567.8")],
)
def test_numbers_are_written_as_each_language_writes_them(lang, text):
    assert words.number(-1234567.8, lang, decimals=1) == text


def test_a_negative_number_that_rounds_to_zero_has_no_minus():
    assert words.number(-0.2, "en") == "0"


@pytest.mark.parametrize(("lang", "text"), [("kk", "27%"), ("ru", "27\u00a0%"), ("en", "27%")])
def test_per_cent_signs(lang, text):
    assert words.percent(0.273, lang) == text


def test_long_dates_follow_the_look():
    day = date(2026, 4, 15)
    written = [words.long_date(day, lang).replace("\u00a0", " ") for lang in words.LANGUAGES]
    assert written == ["2026 ж. 15 сәуір", "15 апреля 2026 г.", "15 April 2026"]


@pytest.mark.parametrize(
    ("n", "form"),
    [(1, 0), (21, 0), (11, 2), (2, 1), (4, 1), (12, 2), (14, 2), (22, 1), (5, 2), (0, 2)],
)
def test_russian_plural_forms(n, form):
    assert words._russian_plural(n) == form


def test_the_russian_legend_of_hidden_cells_has_no_comma_before_persons():
    told = words.say("cli.profile.symbols", "ru", threshold=5, most=4)
    assert told.startswith("<5: от 1 до 4 чел.; x: ")
