"""Pairs to persons, and the keys that persons keep."""

from __future__ import annotations

from math import log2
from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.linkage.clusters import clusters
from aiqyn.linkage.person_keys import key_changes, person_keys

ENDS = [(a, b) for a in range(10) for b in range(a + 1, 10)]
PAIRS = st.dictionaries(st.sampled_from(ENDS), st.floats(0.02, 1), max_size=20)
Scores = dict[tuple[int, int], float]


def _pairs(scores: Scores) -> pl.DataFrame:
    rows = [(a, b, p) for (a, b), p in scores.items()]
    schema = {"left": pl.Int64, "right": pl.Int64, "probability": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


@settings(deadline=None)
@given(PAIRS)
def test_every_record_ends_in_one_person_of_whom_a_likely_pair_speaks(scores: Scores) -> None:
    found = clusters(10, _pairs(scores), 0.5).tolist()
    likely = {pair for pair, p in scores.items() if p >= 0.5}
    assert len(found) == 10
    for person in set(found):
        held = [r for r in range(10) if found[r] == person]
        assert len(held) == 1 or likely & {(a, b) for a in held for b in held}


@settings(deadline=None)
@given(PAIRS, st.randoms())
def test_the_order_of_the_pairs_changes_nothing(scores: Scores, random: Random) -> None:
    rows = list(scores.items())
    random.shuffle(rows)
    assert (clusters(10, _pairs(scores), 0.5) == clusters(10, _pairs(dict(rows)), 0.5)).all()


@settings(deadline=None)
@given(PAIRS)
def test_the_pairs_inside_the_persons_speak_for_them_and_no_two_persons_should_be_one(
    scores: Scores,
) -> None:
    found = clusters(10, _pairs(scores), 0.5).tolist()
    assert _bits(scores, [(a, b) for a, b in ENDS if found[a] == found[b]]) >= 0
    for one in set(found):
        for other in set(found) - {one}:
            between = [(a, b) for a, b in ENDS if {found[a], found[b]} == {one, other}]
            assert _bits(scores, between) <= 1e-6


def _bits(scores: Scores, pairs: list[tuple[int, int]]) -> float:
    """Log odds of the pairs, at most 8 bits each; pairs that were not scored at 0.05."""
    sure = [min(max(scores.get(pair, 0.05), 1e-9), 1 - 1e-9) for pair in pairs]
    return sum(min(8.0, max(-8.0, log2(p / (1 - p)))) for p in sure)


def test_a_chain_whose_ends_are_unlike_is_cut_at_its_weakest_pair() -> None:
    chain = {(0, 1): 0.999, (1, 2): 0.55, (2, 3): 0.999}
    assert clusters(4, _pairs(chain), 0.5).tolist() == [0, 0, 1, 1]
    closed = chain | {(0, 2): 0.9, (1, 3): 0.9, (0, 3): 0.9}
    assert clusters(4, _pairs(closed), 0.5).tolist() == [0, 0, 0, 0]


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
