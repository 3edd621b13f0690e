"""The quick ways through the normal forms: they may say nothing but what the long way says."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.linkage.names.cells import Cell, read_cell
from aiqyn.linkage.names.skeletons import skeleton, skeletons

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһіАЕОСРӘҚ"
LATIN = "abcdefghijklmnopqrstuvwxyzäöüşžščıəİIɄɵß"
WORDS = st.text(alphabet=CYRILLIC + LATIN, min_size=4, max_size=14)
ONE_SCRIPT = st.text(alphabet=CYRILLIC, min_size=4) | st.text(alphabet=LATIN, min_size=4)
KEYS = st.lists(st.text(alphabet="aeioubdgjkzhcst", min_size=1, max_size=6), min_size=1, max_size=4)


@given(WORDS)
def test_a_word_alone_is_read_like_the_word_with_a_full_stop_after_it(word: str) -> None:
    assert _said(read_cell(word)) == _said(read_cell(f"{word}."))


@given(ONE_SCRIPT)
def test_a_word_in_capitals_has_the_keys_of_the_word_in_small_letters(word: str) -> None:
    capitals = word.upper()
    if capitals.lower() == word:
        assert read_cell(capitals).words == read_cell(word).words


@given(st.lists(KEYS.map(" ".join), max_size=5))
def test_a_column_of_skeletons_holds_the_skeleton_of_each_key(keys: list[str]) -> None:
    column = pl.DataFrame({"key": pl.Series(keys, dtype=pl.String)})
    found = column.select(skeletons(pl.col("key")))["key"].to_list()
    assert found == [skeleton(key) for key in keys]


def _said(cell: Cell) -> tuple[object, ...]:
    return cell.words, cell.father, cell.initials, cell.others, cell.script
