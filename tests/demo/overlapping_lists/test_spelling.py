"""How the hands of both schemes spell, and that the names are nobody's."""

from __future__ import annotations

import re
from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.demo.overlapping_lists import slips
from aiqyn.demo.overlapping_lists.hands import hand_names, letters, respell
from aiqyn.demo.overlapping_lists.name_books import KINDS, book, feminine
from aiqyn.demo.overlapping_lists.settings import real_names

CYRILLIC, LATIN = r"[\p{Cyrillic}]", r"[\p{Latin}]"
SCHEMES = ("first", "second")
HANDS = [(scheme, hand) for scheme in SCHEMES for hand in hand_names(scheme)]
IN_CYRILLIC = {"kk", "ru", "ru_ear"}


def _names() -> pl.Series:
    texts = [
        book(kind)[column].drop_nulls()
        for kind in KINDS
        for column in book(kind).columns
        if column != "origin"
    ]
    return pl.concat(texts).unique().sort()


@pytest.mark.parametrize("sometimes", [False, True])
@pytest.mark.parametrize(("scheme", "hand"), HANDS)
def test_a_hand_writes_every_name_in_one_alphabet(scheme, hand, sometimes) -> None:
    told = respell(_names(), scheme, hand, sometimes=sometimes)
    foreign = LATIN if hand in IN_CYRILLIC else CYRILLIC
    assert told.filter(told.str.contains(foreign)).to_list() == []
    assert (told.str.len_chars() > 0).sum() == (_names().str.len_chars() > 0).sum()


@pytest.mark.parametrize(
    ("scheme", "hand", "name", "spelled"),
    [
        ("first", "icao", "Пушкин", "pushkin"),
        ("first", "bgn", "Достоевский", "dostoyevskiy"),
        ("first", "german", "Чехов", "tschechow"),
        ("first", "german", "Хрущов", "chruschtschow"),
        ("first", "french", "Пушкин", "pouchkine"),
        ("first", "french", "Чехов", "tchekhov"),
        ("first", "kk2021", "Шымкент", "şymkent"),
        ("first", "kk2021", "Өскемен", "öskemen"),
        ("first", "kk2018", "Шымкент", "shymkent"),
        ("first", "kk2017", "Шымкент", "s'ymkent"),
        ("first", "ru", "Қызылорда", "кызылорда"),
        ("second", "polish", "Чехов", "czechow"),
        ("second", "polish", "Пушкин", "puszkin"),
        ("second", "tr", "Пушкин", "puşkin"),
        ("second", "scholarly", "Пушкин", "puškin"),
        ("second", "uz", "Хива", "xiva"),
        ("second", "ru_ear", "Чехов", "чехоф"),
        ("second", "gulf", "Путин", "butin"),
    ],
)
def test_known_names_are_spelled_as_they_are_known(scheme, hand, name, spelled) -> None:
    """Writers and towns as encyclopaedias of each language have them."""
    assert respell(pl.Series([name]), scheme, hand, sometimes=False).to_list() == [spelled]


def test_no_latin_hand_of_one_scheme_is_a_hand_of_the_other() -> None:
    names = _names().sample(2_000, seed=1)
    told = {
        (scheme, hand): respell(names, scheme, hand, sometimes=False)
        for scheme, hand in HANDS
        if hand not in IN_CYRILLIC
    }
    for first in (key for key in told if key[0] == "first"):
        for second in (key for key in told if key[0] == "second"):
            assert (told[first] == told[second]).mean() < 0.75, (first, second)


def test_tables_hold_each_letter_once() -> None:
    for scheme in SCHEMES:
        sizes = {len(letters(scheme, hand)) for hand in hand_names(scheme)}
        assert len(sizes) == 1
        assert sizes.pop() > 100


def test_nobody_living_bears_an_invented_name_as_far_as_we_know() -> None:
    known = {"назарбаев", "иванов", "иванова", "каримов", "нұржан", "айгүл", "ольга", "nguyễn"}
    assert known <= real_names() | {"иванова"}
    invented = {name.casefold() for name in _names() if name}
    assert invented & (real_names() | known) == set()


def test_names_are_many_and_common_ones_common() -> None:
    for kind, least in (("family", 15_000), ("female", 10_000), ("male", 10_000)):
        assert book(kind).height > least
        names = book(kind).columns[1]
        assert book(kind).select("origin", names).is_unique().all()


@pytest.mark.parametrize(
    ("man", "woman"),
    [("Иванов", "Иванова"), ("Достоевский", "Достоевская"), ("Пушкин", "Пушкина"),
     ("Шевченко", "Шевченко"), ("Назарбай", "Назарбай")],
)  # fmt: skip
def test_women_bear_the_feminine_form(man: str, woman: str) -> None:
    assert feminine(man) == woman


_words = st.text("абвгдежзиклмнопрстуabcdefgh", min_size=3, max_size=14)
_chance = st.floats(0, 1, exclude_max=True)


@given(_words, _chance, _chance)
def test_fingers_slip_by_one_letter(text: str, where: float, which: float) -> None:
    longer, shorter = slips.insert(text, where, which), slips.delete(text, where, which)
    assert len(longer) == len(text) + 1
    assert Counter(text) - Counter(longer) == Counter()
    assert len(shorter) == len(text) - 1
    assert Counter(slips.transpose(text, where, which)) == Counter(text)
    beside = slips.neighbour(text, where, which)
    assert sum(a != b for a, b in zip(text, beside, strict=True)) == 1


def test_a_key_beside_is_beside() -> None:
    assert {slips.neighbour("g", 0, u / 10) for u in range(10)} == {"f", "h"}
    assert {slips.neighbour("й", 0, u / 10) for u in range(10)} == {"ц"}


@given(_words, _chance, _chance)
def test_misreadings_change_one_place_or_nothing(text: str, where: float, which: float) -> None:
    for kind in ("scan", "lookalike", "ear", "lost_syllable"):
        made = slips.SLIPS[kind](text, where, which)
        assert abs(len(made) - len(text)) <= 2
        start = len(re.match(r"\A(.*).*\0\1", f"{text}\0{made}", re.S)[1])  # the common beginning
        rest = len(text) - start
        kept = next(k for k in range(rest + 1) if k == rest or made.endswith(text[start + k :]))
        assert kept <= 2 or kind == "lost_syllable"
