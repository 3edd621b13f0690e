"""The sentence under a verdict: whole, in three languages, with its article."""

from __future__ import annotations

import re
from itertools import product

import polars as pl
import pytest

from aiqyn import words
from aiqyn.standard import reasons
from aiqyn.standard.classifier import classify
from aiqyn.standard.classifier.evaluator import ELEMENTS


def reason(row: dict[str, object], lang: str) -> str:
    """The sentence with its no-break spaces made plain, to be read here."""
    return reasons.reason(row, lang).replace(words.NO_BREAK, " ")


KEYS = sorted(
    k for k in words.keys("en") if k.startswith(("definition.", "DEFINITION", "CLASSIFY"))
)
LATIN_IN_CYRILLIC = re.compile(
    r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі][A-Za-z]|[A-Za-z][А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]"
)
FORBIDDEN = re.compile(r"жертв|құрбан|потерпевш|траффик|трафик", re.IGNORECASE)


def every_kind_of_record() -> pl.DataFrame:
    codes = pl.List(pl.String)
    acts = [None, ["none"], ["recruitment"], ["sale"], ["exploitation"]]
    means = [None, ["none"], ["abuse_of_power"], ["force"]]
    purposes = [
        None,
        ["none"],
        ["prostitution"],
        ["forced_labour"],
        ["surrogacy"],
        ["organ_removal"],
    ]
    rows = [(n, *r) for n, r in enumerate(product([17, 30, None], acts, means, purposes))]
    schema = {"id": pl.Int64, "age": pl.Int64, "acts": codes, "means": codes, "purposes": codes}
    return pl.DataFrame(rows, schema=schema, orient="row")


VERDICTS = classify(every_kind_of_record())


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_verdict_has_a_whole_sentence_that_names_an_article(lang: str) -> None:
    for row in VERDICTS.unique("reason_key").iter_rows(named=True):
        said = reason(row, lang)
        assert said.endswith(").")
        assert re.search(r"\(.*\d.*\)\.$", said), said
        assert "{" not in said


def test_every_reason_of_the_catalogue_is_used_and_every_one_used_is_there() -> None:
    used = {f"definition.reason.{key}" for key in VERDICTS["reason_key"].unique()}
    assert used == {key for key in KEYS if key.startswith("definition.reason.")}


@pytest.mark.parametrize("key", KEYS)
def test_the_three_languages_have_the_same_slots(key: str) -> None:
    slots = [
        sorted(re.findall(r"\{(\w+)\}", words._singular(lang, key))) for lang in words.LANGUAGES
    ]
    assert slots[0] == slots[1] == slots[2]


@pytest.mark.parametrize("key", KEYS)
def test_no_forbidden_word_and_no_latin_letter_inside_a_cyrillic_word(key: str) -> None:
    for lang in ("kk", "ru"):
        text = words._singular(lang, key)
        assert not FORBIDDEN.search(text)
        assert not LATIN_IN_CYRILLIC.search(text)


@pytest.mark.parametrize("key", KEYS)
def test_no_ending_hangs_on_a_slot(key: str) -> None:
    for lang in words.LANGUAGES:
        assert not re.search(r"\}[-\w]", words._singular(lang, key).replace("}-жол", "} жол"))


def test_every_element_has_a_name() -> None:
    assert all(
        words.has(f"definition.element.{e}", lang) for e in ELEMENTS for lang in words.LANGUAGES
    )


def one(name: str, **record: object) -> dict[str, object]:
    codes = pl.List(pl.String)
    schema = {"id": pl.Int64, "age": pl.Int64, "acts": codes, "means": codes, "purposes": codes}
    return classify(pl.DataFrame([{"id": 1, **record}], schema=schema), [name]).row(0, named=True)


def test_the_child_rule_is_told_with_its_paragraph() -> None:
    row = one("palermo", age=16, acts=["recruitment"], means=["none"], purposes=["forced_begging"])
    assert reason(row, "en") == (
        "A child needs no means: the act and the purpose are enough (Palermo Protocol, art. 3(c))."
    )


def test_a_sale_of_a_child_names_article_135_and_of_an_adult_article_128() -> None:
    sale = {"acts": ["sale"], "means": ["none"], "purposes": ["none"]}
    assert "135-бап" in reason(one("kz", age=0, **sale), "kk")
    assert "ст. 128" in reason(one("kz", age=30, **sale), "ru")
    assert "arts. 128 and 135" in reason(one("kz", age=None, **sale), "en")


def test_a_form_named_in_2024_is_told_with_the_amendment() -> None:
    row = one("eu", age=0, acts=["sale"], means=["none"], purposes=["illegal_adoption"])
    assert "2024/1712" in reason(row, "en")
    row = one("eu", age=0, acts=["sale"], means=["none"], purposes=["prostitution"])
    assert "2024/1712" not in reason(row, "en")


def test_a_form_not_covered_is_named() -> None:
    row = one("us", age=31, acts=["transfer"], means=["force"], purposes=["organ_removal"])
    assert "removal of organs" in reason(row, "en")
    assert "ағзалар мен тіндерді алу" in reason(row, "kk")


def test_means_that_do_not_count_are_answered_with_those_that_do() -> None:
    row = one("us", age=31, acts=["transfer"], means=["abuse_of_power"], purposes=["slavery"])
    assert "use of force" in reason(row, "en")
    assert "abuse" not in reason(row, "en")


def test_where_no_age_spares_the_means_the_reason_does_not_speak_of_adults() -> None:
    row = one("us", age=None, acts=["transfer"], means=None, purposes=["forced_labour"])
    assert "for a child too" in reason(row, "en")


def test_the_number_of_an_article_is_not_parted_from_its_word() -> None:
    row = one("kz", age=30, acts=["sale"], means=None, purposes=None)
    assert "ст.\u00a0128" in reasons.reason(row, "ru")
