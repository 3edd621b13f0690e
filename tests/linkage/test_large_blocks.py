"""Where very many share a birthday or a name, a pair needs something else alike to be looked at."""

from __future__ import annotations

from itertools import combinations, permutations

import duckdb
import polars as pl

from aiqyn.linkage.features import features
from aiqyn.linkage.lists import COLUMNS
from aiqyn.linkage.model.dialects import in_dialect
from aiqyn.linkage.model.plan import shipped_plan

CROWD, FEW = 60, 20  # records that share what a rule asks for: more, and fewer, than it takes
LETTERS = "бвгдзклмнрст"
NAMES = [f"{a}а{b}у" for a, b in permutations(LETTERS, 2)]  # no two begin alike


def _looked_at(rows: list[dict[str, str]]) -> set[tuple[int, int]]:
    """The pairs that the shipped plan's rules name."""
    records = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String)).with_row_index("record")
    rules = " OR ".join(f"({in_dialect(rule, 'duckdb')})" for rule in shipped_plan().blocking)
    with duckdb.connect() as connection:
        connection.register("f", features(records).to_arrow())
        asked = f"SELECT l.record, r.record FROM f l, f r WHERE l.record < r.record AND ({rules})"
        return set(connection.execute(asked).fetchall())


def _born_together(n: int) -> list[dict[str, str]]:
    """Records of one birthday, no two names of which are alike."""
    names = zip(NAMES[:n], NAMES[n:], strict=False)
    return [{"given": given, "surname": surname, "dob": "1990-05-17"} for given, surname in names]


def _named_alike(n: int) -> list[dict[str, str]]:
    """Records of names that begin alike, half of them born in 1950, half in 1985."""
    return [
        {"given": f"Айда{tail}", "surname": f"Ахме{tail}", "dob": f"{1950 + 35 * (i % 2)}"}
        for i, tail in enumerate(NAMES[:n])
    ]


def test_few_of_one_birthday_are_all_looked_at() -> None:
    assert _looked_at(_born_together(FEW)) == set(combinations(range(FEW), 2))


def test_of_a_crowd_of_one_birthday_only_those_of_like_names_are_looked_at() -> None:
    like = {"given": NAMES[0], "surname": "Жумабаев", "dob": "1990-05-17"}
    assert _looked_at([*_born_together(CROWD), like]) == {(0, CROWD)}


def test_a_father_s_name_is_like_enough_in_a_crowd_of_one_birthday() -> None:
    rows = _born_together(CROWD)
    for place in (3, 40):
        rows[place]["patronymic"] = "Серікұлы"
    assert _looked_at(rows) == {(3, 40)}


def test_few_of_names_that_begin_alike_are_all_looked_at() -> None:
    assert _looked_at(_named_alike(FEW)) == set(combinations(range(FEW), 2))


def test_of_a_crowd_of_names_that_begin_alike_only_those_born_near_are_looked_at() -> None:
    near = {(one, other) for one, other in combinations(range(CROWD), 2) if one % 2 == other % 2}
    assert _looked_at(_named_alike(CROWD)) == near


def test_a_common_name_without_a_date_of_birth_is_looked_at() -> None:
    rows = _named_alike(CROWD)
    del rows[0]["dob"]
    assert {(0, other) for other in range(1, CROWD)} <= _looked_at(rows)
