from __future__ import annotations

from datetime import date

import pytest

from aiqyn.standard import code_list, code_list_names

PROMISED = (
    *("act", "age_group", "agency_kind", "assistance", "control", "country", "detected_by"),
    *("form", "form_group", "means", "recruitment", "referral_outcome", "region", "relation"),
    *("role", "sector", "sex", "stage", "trafficker_kind", "verdict", "victim_status"),
)


def test_every_promised_list_is_shipped() -> None:
    assert set(PROMISED) <= set(code_list_names())


@pytest.mark.parametrize("name", PROMISED)
def test_every_code_is_found_by_itself_and_by_its_name_in_each_language(name: str) -> None:
    codes = code_list(name)
    for code in codes.codes(unknown=True):
        assert codes.find(code) == code
        for lang in ("kk", "ru", "en"):
            assert codes.find(codes.label(code, lang).upper()) == code, (code, lang)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("sex", " Жен. ", "female"),
        ("sex", "еркек", "male"),
        ("sex", "Male", "male"),
        ("control", "DebtBondage ", "debt_bondage"),
        ("relation", "Unaquainted", "stranger"),
        ("country", "Kazahstan", "KAZ"),
        ("country", "NA", "NAM"),
        ("region", "область Улытау", "KZ-62"),
        ("form", "не указано", "unknown"),
    ],
)
def test_the_spellings_that_agencies_write_are_found(name: str, text: str, code: str) -> None:
    assert code_list(name).find(text) == code


def test_a_name_that_two_regions_share_is_not_guessed() -> None:
    regions = code_list("region")
    assert regions.find("Алматы") is None
    assert set(regions.nearest("Алматы", 2)) == {"KZ-19", "KZ-75"}


def test_a_misspelt_name_has_the_right_region_nearest() -> None:
    assert code_list("region").nearest("Каргандинская область")[0] == "KZ-35"


def test_unknown_has_words_but_is_offered_only_when_asked_for() -> None:
    sexes = code_list("sex")
    assert "unknown" not in sexes.codes()
    assert sexes.codes(unknown=True)[-1] == "unknown"
    assert sexes.label("unknown", "kk") == "белгісіз"


def test_the_invented_country_is_found_and_never_offered() -> None:
    countries = code_list("country")
    assert countries.find("Samal") == "XSA"
    assert "XSA" not in countries.codes(on=date(2025, 1, 1))
    assert "XSA" in countries.codes(demo=True)


@pytest.mark.parametrize("text", ["Woman?", "Woman ?", "?woman", "woman (?)", "женский?", "әйел?"])
def test_an_answer_in_doubt_is_no_sure_answer(text: str) -> None:
    """An official who writes a question mark has not said that the person is a woman."""
    sexes = code_list("sex")
    assert sexes.find(text) is None
    assert sexes.nearest(text)[0] == "female"


def test_no_name_of_a_code_holds_a_question_mark() -> None:
    """Or it could never be found, since a question mark means doubt."""
    for name in code_list_names():
        for entry in code_list(name).entries.values():
            assert not any("?" in text for text in (*entry.labels.values(), *entry.aliases))
