"""The quick ways through the normal forms: they may say nothing but what the long way says."""

from __future__ import annotations

from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from aiqyn.linkage.names.columns import with_name_keys
from aiqyn.linkage.names.many_words import FEW
from aiqyn.linkage.names.skeletons import skeleton, skeletons
from aiqyn.linkage.names.sounds import _keys as keys_of  # without what was kept of earlier words

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһіАЕОСРӘҚ"
LATIN = "abcdefghijklmnopqrstuvwxyzäöüşžščıəİIɄɵß"
WORDS = st.text(alphabet=CYRILLIC + LATIN, min_size=4, max_size=14)
NAMES = ("given", "surname", "patronymic")
SIGNS = st.text(min_size=1, max_size=8)  # any: ends of lines, marks, digits, other scripts
ONE_SCRIPT = st.text(alphabet=CYRILLIC, min_size=4) | st.text(alphabet=LATIN, min_size=4)
KEYS = st.lists(st.text(alphabet="aeioubdgjkzhcst", min_size=1, max_size=6), min_size=1, max_size=4)


@settings(deadline=None, max_examples=30)  # three tables a time, on machines that may be busy
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_words_alone_are_read_like_the_words_with_a_full_stop_after_them(words: list[str]) -> None:
    cells = [*words, *(f"{word}." for word in words)]
    alone = [*words, *words]  # the other two names, the same for both
    for column in NAMES:
        names = {name: cells if name == column else alone for name in NAMES}
        keys = with_name_keys(pl.DataFrame(names)).drop(NAMES)
        assert_frame_equal(keys.head(len(words)), keys.tail(len(words)))


@settings(deadline=None)  # a table a time
@given(ONE_SCRIPT)
def test_a_word_in_capitals_has_the_keys_of_the_word_in_small_letters(word: str) -> None:
    capitals = word.upper()
    if capitals.lower() == word:
        keys = with_name_keys(pl.DataFrame({"given": [word, capitals]}))["given_key"]
        assert keys[0] == keys[1]


@settings(deadline=None)  # hundreds of words a time
@given(st.randoms(use_true_random=False), st.lists(WORDS | SIGNS, min_size=1, max_size=20))
def test_many_words_at_once_have_the_keys_that_each_has_alone(
    random: Random, words: list[str]
) -> None:
    many = words * (FEW // len(words) + 1)
    random.shuffle(many)
    alone = {word: keys_of([word])[0] for word in words}
    assert keys_of(many) == [alone[word] for word in many]


@given(st.lists(KEYS.map(" ".join), max_size=5))
def test_a_column_of_skeletons_holds_the_skeleton_of_each_key(keys: list[str]) -> None:
    column = pl.DataFrame({"key": pl.Series(keys, dtype=pl.String)})
    found = column.select(skeletons(pl.col("key")))["key"].to_list()
    assert found == [skeleton(key) for key in keys]
