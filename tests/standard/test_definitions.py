"""The definition files: complete, cited, in three languages, and refused when they are not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from aiqyn.errors import UsageRefused
from aiqyn.standard.code_lists import code_list
from aiqyn.standard.definition_files import read_definitions
from aiqyn.standard.definitions import definition, definition_names, elements, versions
from aiqyn.standard.legal_definition import Definition

FOLDER = files("aiqyn").joinpath("data", "definitions")
TEXTS = [text for name in definition_names() for text in versions(name)]
LATIN_IN_CYRILLIC = re.compile(
    r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі][A-Za-z]|[A-Za-z][А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]"
)


def test_the_four_definitions_come_in_their_order() -> None:
    assert definition_names() == ("palermo", "kz", "eu", "us")


@pytest.mark.parametrize(
    ("name", "in_force"),
    [
        ("palermo", date(2003, 12, 25)),  # UNODC: in force 25 December 2003
        ("kz", date(2015, 1, 1)),  # Code of 3 July 2014, art. 467
        ("eu", date(2011, 4, 15)),  # OJ L 101, 15.4.2011, art. 24
        ("eu", date(2024, 7, 14)),  # OJ L 2024/1712, 24.6.2024: the twentieth day after
        ("us", date(2000, 10, 28)),  # Pub. L. 106-386
    ],
)
def test_a_text_is_in_force_from_its_day(name: str, in_force: date) -> None:
    assert definition(name, in_force).in_force == in_force


@pytest.mark.parametrize("name", definition_names())
def test_texts_follow_each_other_without_a_gap_and_the_last_has_no_end(name: str) -> None:
    texts = versions(name)
    for older, newer in pairwise(texts):
        assert older.until == newer.in_force - timedelta(days=1)
    assert texts[-1].until is None
    assert definition(name) == texts[-1]


def test_every_code_used_exists_in_the_code_lists() -> None:
    for element, name in (("acts", "act"), ("means", "means"), ("purposes", "form")):
        assert set(elements().codes(element)) <= set(code_list(name).codes())


def test_the_words_of_the_contract_are_all_there() -> None:
    contract = """
        recruitment transportation transfer harbouring receipt sale
        force coercion abduction fraud deception abuse_of_power abuse_of_vulnerability
        payment_to_controller
        prostitution other_sexual pornography forced_labour slavery servitude debt_bondage
        organ_removal forced_marriage forced_begging forced_criminality armed_conflict surrogacy
        forced_pregnancy illegal_adoption biomedical_research harmful_practices
    """
    ours = {*elements().acts, *elements().means, *elements().purposes}
    assert ours - {"exploitation"} == set(contract.split())


@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_every_element_has_an_article_in_three_languages(text: Definition) -> None:
    for limb in text.limbs:
        cites = [limb.cite, limb.means.adult.cite, limb.means.child.cite]
        cites += [rule.cite for rule in limb.acts] + [rule.cite for rule in limb.purposes]
        for cite in cites:
            for lang in ("kk", "ru", "en"):
                for age in ("adult", "child", "unknown"):
                    assert text.citation(cite.key(age), lang)


@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_no_latin_letter_hides_in_a_cyrillic_word(text: Definition) -> None:
    for lang in ("kk", "ru"):
        words = [text.label(lang), text.title(lang), text.gloss(lang)]
        words += [cited[lang] for cited in text.citations.values()]
        words += [offence.title[lang] for offence in text.family]
        assert not [w for w in words if LATIN_IN_CYRILLIC.search(w)]


def test_a_name_that_is_not_a_definition_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageRefused) as refused:
        definition("palemo")
    assert refused.value.code == "DEFINITION-001"
    assert "palermo, kz, eu, us" in refused.value.text("en")


Raw = dict[str, Any]


def broken(tmp_path: Path, change: Any) -> Path:
    """A folder with the vocabulary and one definition spoilt by `change`."""
    (tmp_path / "elements.yaml").write_text((FOLDER / "elements.yaml").read_text("utf-8"), "utf-8")
    raw: Raw = yaml.safe_load((FOLDER / "palermo.yaml").read_text("utf-8"))
    change(raw)
    (tmp_path / "palermo.yaml").write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    return tmp_path


def test_the_unspoilt_file_is_read(tmp_path: Path) -> None:
    assert list(read_definitions(broken(tmp_path, lambda raw: None))) == ["palermo"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda r: r.update(colour="red"), "unknown"),
        (lambda r: r["versions"][0].pop("source"), "lacking"),
        (lambda r: r["versions"][0]["limbs"][0].update(sense=1), "unknown"),
        (lambda r: r["versions"][0]["limbs"][0]["acts"][0].update(need_purpose=True), "unknown"),
        (
            lambda r: r["versions"][0]["limbs"][0]["acts"][0]["codes"].append("smuggling"),
            "smuggling",
        ),
        (lambda r: r["versions"][0]["limbs"][0]["means"]["codes"].remove("fraud"), "fraud"),
        (lambda r: r["versions"][0]["not_covered"].pop(), "harmful_practices"),
        (lambda r: r["versions"][0]["not_covered"][0]["codes"].append("slavery"), "doubled"),
        (lambda r: r["versions"][0].update(cite="art_9"), "art_9"),
        (lambda r: r["versions"][0].update(confidence="sure"), "confidence"),
        (lambda r: r["versions"][0]["gloss"].pop("kk"), "kk, ru and en"),
    ],
)
def test_a_file_with_a_fault_is_refused_and_the_fault_named(
    tmp_path: Path, spoil: Any, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        read_definitions(broken(tmp_path, spoil))
