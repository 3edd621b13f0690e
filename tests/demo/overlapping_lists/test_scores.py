"""Scores by cluster: worked by hand, against every pair counted, and in groups."""

from __future__ import annotations

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.demo.overlapping_lists import ClusterScores, Truth, cluster_scores, scores_by


def _of(labels: list[int] | str, name: str) -> pl.DataFrame:
    n = len(labels)
    return pl.DataFrame(
        {
            "list": ["police" if i % 2 else "ngo" for i in range(n)],
            "record_id": [str(i // 2) for i in range(n)],
            name: list(labels),
        },
        schema_overrides={name: pl.String if isinstance(labels, str) else pl.Int64},
    )


def test_a_clustering_worked_by_hand() -> None:
    """True aaa bb c d, found: one a split off, and c joined to the b's.

    True pairs 3 + 1, found pairs 1 + 3, shared 1 + 1; only d is exact; found persons 4 as true.
    """
    scores = cluster_scores(_of("aaabbcd", "person"), _of("xxyzzzw", "person_id"))
    assert scores == ClusterScores(
        records=7, pairs_true=4, pairs_found=4, pairs_shared=2,
        persons_true=4, persons_found=4, persons_exact=1,
    )  # fmt: skip
    assert (scores.precision, scores.recall, scores.f1) == (0.5, 0.5, 0.5)
    assert scores.exact == 0.25
    assert scores.observed_difference == 0
    assert "F1 0.5000" in repr(scores)


def test_splitting_every_record_sees_too_many_persons() -> None:
    scores = cluster_scores(_of("aabb", "person"), _of("wxyz", "person_id"))
    assert (scores.precision, scores.recall, scores.f1) == (1.0, 0.0, 0.0)
    assert scores.observed_difference == 1.0


_labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=14)


@given(_labels)
def test_pairs_counted_by_table_are_the_pairs_listed_one_by_one(pairs: list[tuple[int, int]]):
    true, found = [a for a, _ in pairs], [b for _, b in pairs]
    scores = cluster_scores(_of(true, "person"), _of(found, "person_id"))
    every = list(combinations(range(len(pairs)), 2))
    in_true = {(i, j) for i, j in every if true[i] == true[j]}
    in_found = {(i, j) for i, j in every if found[i] == found[j]}
    assert scores.pairs_true == len(in_true)
    assert scores.pairs_found == len(in_found)
    assert scores.pairs_shared == len(in_true & in_found)
    whole = lambda of: {frozenset(i for i, x in enumerate(of) if x == y) for y in of}  # noqa: E731
    assert scores.persons_exact == len(whole(true) & whole(found))
    assert scores.persons_found == len(whole(found))


@given(st.lists(st.integers(0, 6), min_size=1, max_size=20), st.randoms())
def test_the_truth_under_other_names_and_in_another_order_scores_one(labels, random) -> None:
    names = list(range(100, 107))
    random.shuffle(names)
    found = _of([names[x] for x in labels], "person_id").sample(fraction=1, shuffle=True, seed=1)
    scores = cluster_scores(_of(labels, "person"), found)
    assert (scores.precision, scores.recall, scores.f1, scores.exact) == (1, 1, 1, 1)
    assert scores.observed_difference == 0


@pytest.mark.parametrize(
    "found",
    [_of("aab", "person_id"), pl.concat([_of("aabb", "person_id"), _of("a", "person_id")])],
)
def test_a_record_lost_or_twice_is_no_answer(found: pl.DataFrame) -> None:
    with pytest.raises(ValueError, match="each once"):
        cluster_scores(_of("aabb", "person"), found)


def _with_errors(truth: Truth) -> pl.DataFrame:
    """Every tenth record split off, every twentieth person joined to the next."""
    person = pl.col("person")
    joined = pl.when(person % 20 == 0).then(person + 1).otherwise(person)
    split = pl.when(pl.int_range(pl.len()) % 10 == 0).then(-pl.int_range(pl.len()) - 1)
    return truth.records.select("list", "record_id", split.otherwise(joined).alias("person_id"))


def test_one_group_of_all_records_scores_as_the_whole(first: Truth) -> None:
    found = _with_errors(first)
    whole = cluster_scores(first.records, found)
    everybody = Truth(
        first.folder, first.lists, first.population,
        first.records.with_columns(pl.lit("all").alias("everybody")),
    )  # fmt: skip
    told = scores_by(everybody, found, by=["everybody"]).row(0, named=True)
    assert told["records"] == whole.records
    assert told["precision"] == pytest.approx(whole.precision)
    assert told["recall"] == pytest.approx(whole.recall)
    assert told["f1"] == pytest.approx(whole.f1)
    assert 0.7 < whole.recall < 0.9


def test_a_group_is_blamed_for_its_own_errors(first: Truth) -> None:
    """Only women's records are split: men keep a recall of one, each list keeps its records."""
    split = pl.when("woman").then(-pl.int_range(pl.len()) - 1).otherwise("person")
    found = first.records.select("list", "record_id", split.alias("person_id"))
    told = scores_by(first, found)
    sexes = dict(told.filter(by="sex").select("group", "recall").iter_rows())
    assert sexes == {"female": 0.0, "male": 1.0}
    lists = dict(told.filter(by="list").select("group", "records").iter_rows())
    assert lists == dict(first.records["list"].value_counts().iter_rows())
    assert set(told["by"]) == {"list", "script", "sex", "age_group"}
    assert (told["precision"] == 1).all()
