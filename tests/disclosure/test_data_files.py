"""The rules as shipped, and the sentences of this room in three languages."""

from __future__ import annotations

import string
import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest

from aiqyn import words
from aiqyn.disclosure import load_rules
from aiqyn.standard import code_list

DATA = files("aiqyn").joinpath("data", "disclosure")


def test_the_rules_are_those_that_the_defaults_say() -> None:
    assert load_rules() == load_rules().__class__()


def test_every_number_of_the_rules_has_a_comment_above_it() -> None:
    lines = DATA.joinpath("rules.toml").read_text("utf-8").splitlines()
    for before, line in pairwise(lines):
        if "=" in line and not line.startswith("#"):
            assert before.startswith("#"), line


def test_every_code_list_that_a_dimension_names_exists_with_its_column() -> None:
    told = tomllib.loads(DATA.joinpath("dimensions.toml").read_text("utf-8"))
    sources = [d["parents"] for d in told.values() if "parents" in d]
    assert sources
    for source in sources:
        assert source["column"] in code_list(source["list"]).frame.columns


def own_keys(lang: str) -> set[str]:
    return {k for k in words.keys(lang) if k.startswith(("DISC-", "disclosure."))}


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_every_sentence_stands_in_every_language_with_the_same_slots(lang: str) -> None:
    assert own_keys(lang) == own_keys("en")
    for key in own_keys("en"):
        assert slots(key, lang) == slots(key, "en"), key


def test_every_refusal_says_how_to_mend_it() -> None:
    codes = {k for k in own_keys("en") if k.startswith("DISC-") and "." not in k}
    assert len(codes) >= 7
    assert {f"{code}.mend" for code in codes} <= own_keys("en")


def slots(key: str, lang: str) -> set[str]:
    text = words._singular(lang, key)
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
