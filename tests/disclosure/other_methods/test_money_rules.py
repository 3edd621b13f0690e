"""Dominance and p% rules against the textbook's definition and its worked example."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.disclosure.money import dominated, p_percent_sensitive, pq_sensitive, sensitive_cells
from aiqyn.errors import InputRefused

amounts = st.lists(st.integers(0, 10_000), min_size=1, max_size=8)


def test_the_example_of_the_handbook() -> None:
    """Contributions 50, 30, 10, 10 (100 in all): two make up 80 %, one 50 %."""
    assert dominated([50, 30, 10, 10], n=2, k=75)
    assert not dominated([50, 30, 10, 10], n=2, k=80)  # exactly k is not more than k
    assert not dominated([50, 30, 10, 10], n=1, k=50)


@given(amounts, st.integers(1, 99))
def test_p_percent_is_what_the_second_contributor_can_do(xs: list[int], p: int) -> None:
    """He takes himself from the sum; is the rest within p % above the largest?"""
    xs = sorted(xs, reverse=True)
    second = xs[1] if len(xs) > 1 else 0
    estimate = sum(xs) - second
    assert p_percent_sensitive(xs, p=p) == (xs[0] > 0 and 100 * (estimate - xs[0]) < p * xs[0])


@given(amounts, st.integers(1, 50))
def test_the_pq_rule_with_q_at_100_is_the_p_percent_rule(xs: list[int], p: int) -> None:
    assert pq_sensitive(xs, p=p, q=100) == p_percent_sensitive(xs, p=p)
    # Knowing the others better can only make a cell more sensitive.
    assert not p_percent_sensitive(xs, p=p) or pq_sensitive(xs, p=p, q=60)


@given(amounts, st.integers(1, 99))
def test_one_contributor_more_never_makes_a_cell_dominated(xs: list[int], k: int) -> None:
    if not dominated(xs, n=2, k=k):
        assert not dominated([*xs, max(min(xs), 0)], n=1, k=k)


def test_payments_to_one_person_are_added_before_the_rule_looks() -> None:
    records = pl.DataFrame(
        {
            "region": ["A"] * 6 + ["B"] * 3,
            "person": ["p", "p", "p", "q", "r", "s", "t", "u", "v"],
            "tenge": [30, 30, 35, 2, 2, 1, 40, 35, 30],
        }
    )
    apart = sensitive_cells(records, ["region"], "tenge", rule="dominance")
    told = sensitive_cells(records, ["region"], "tenge", rule="dominance", contributor="person")
    assert apart["sensitive"].to_list() == [False, False]
    assert told.rows() == [("A", 100, 4, True), ("B", 105, 3, False)]
    few = sensitive_cells(records, ["region"], "tenge", threshold=4, contributor="person")
    assert few["sensitive"].to_list() == [True, True]


@pytest.mark.parametrize("bad", [None, -1])
def test_an_amount_that_is_none_is_refused(bad: int | None) -> None:
    records = pl.DataFrame({"region": ["A", "A"], "tenge": [5, bad]})
    with pytest.raises(InputRefused, match="DISC-026"):
        sensitive_cells(records, ["region"], "tenge")
