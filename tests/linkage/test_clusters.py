"""Pairs to persons, and the keys that persons keep."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.linkage.clusters import clusters
from aiqyn.linkage.person_keys import key_changes, person_keys

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1)), max_size=15)


def _pairs(rows: list[tuple[int, int, float]]) -> pl.DataFrame:
    schema = {"left": pl.Int64, "right": pl.Int64, "probability": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


@given(PAIRS)
def test_every_record_ends_in_one_person_and_a_higher_threshold_only_splits(
    rows: list[tuple[int, int, float]],
) -> None:
    wide, strict = clusters(10, _pairs(rows), 0.5), clusters(10, _pairs(rows), 0.9)
    assert len(wide) == len(strict) == 10
    for a in range(10):
        for b in range(10):
            assert strict[a] != strict[b] or wide[a] == wide[b]


@given(PAIRS, st.randoms())
def test_the_order_of_the_pairs_changes_nothing(
    rows: list[tuple[int, int, float]],
    random: object,
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert (clusters(10, _pairs(rows), 0.5) == clusters(10, _pairs(shuffled), 0.5)).all()


def test_a_chain_of_pairs_is_one_person() -> None:
    found = clusters(4, _pairs([(0, 1, 0.9), (1, 3, 0.9), (2, 3, 0.4)]), 0.5)
    assert found.tolist() == [0, 0, 1, 0]


def _persons(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["list", "record_id", "person"], orient="row")


def test_keys_stay_when_new_records_come() -> None:
    first = person_keys(_persons(("a", "1", 0), ("b", "1", 0), ("b", "2", 1)), None, "P")
    assert first["key"].to_list() == ["P0000001", "P0000001", "P0000002"]
    later = _persons(("a", "0", 0), ("a", "1", 1), ("b", "1", 1), ("b", "2", 2))
    second = person_keys(later, first, "P")
    assert second["key"].to_list() == ["P0000003", "P0000001", "P0000001", "P0000002"]
    assert not key_changes(first, second).height


def test_a_merge_and_a_split_leave_a_trace() -> None:
    first = person_keys(_persons(("a", "1", 0), ("b", "1", 0), ("b", "2", 1)), None, "P")
    merged = person_keys(_persons(("a", "1", 0), ("b", "1", 0), ("b", "2", 0)), first, "P")
    assert key_changes(first, merged).rows() == [("merged", "P0000002", "P0000001", 1)]
    split = person_keys(_persons(("a", "1", 0), ("b", "1", 1), ("b", "2", 2)), first, "P")
    assert key_changes(first, split).rows() == [("split", "P0000001", "P0000003", 1)]
