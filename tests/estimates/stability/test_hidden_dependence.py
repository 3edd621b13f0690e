"""Dependence that no table shows: the algebra of its factors, and united lists."""

from __future__ import annotations

import math
from itertools import combinations, product

import pytest

from aiqyn import words
from aiqyn.errors import AnswerRefused
from aiqyn.estimates import (
    by_highest_order_term,
    by_odds_ratio,
    capture_table,
    independence,
    merge_two_lists,
    stability_of,
    stepwise,
)

from ..conftest import WESTERN, table_of

HALVES = (1 / 2, 1 / 4, 1 / 4, 1 / 2)


def independent(persons: int, chances=HALVES):
    """The table expected of lists that know nothing of each other; whole numbers."""
    letters = "abcd"[: len(chances)]
    counts = {}
    for held in product((True, False), repeat=len(chances)):
        if any(held):
            parts = (p if on else 1 - p for p, on in zip(chances, held, strict=True))
            cell = persons * math.prod(parts)
            assert cell == round(cell)
            counts["".join(x for x, on in zip(letters, held, strict=True) if on)] = round(cell)
    return table_of(counts)


def estimate_alone(table):
    return stepwise(table, boot=0)


def test_an_odds_ratio_of_one_is_the_estimate_itself(western):
    curve = by_odds_ratio(western)
    assert curve.at(1.0) == pytest.approx(stepwise(western, boot=0).total, rel=1e-9)
    assert curve.total == pytest.approx(curve.at(1.0), rel=1e-12)


def test_two_lists_follow_the_formula_of_lincoln_and_petersen_times_the_odds_ratio():
    # Gerritse et al. (2015), eq. 4: n00 = psi n10 n01 / n11
    table = table_of({"a": 67, "b": 44, "ab": 17})
    for psi, total in by_odds_ratio(table).points:
        assert total == pytest.approx(128 + psi * 67 * 44 / 17, rel=1e-8)


def test_the_odds_ratio_that_made_a_table_gives_its_persons_back():
    # One pair at odds ratio 3 within an otherwise independent population of known size.
    a, b, c, base = 0.6, 0.5, 0.8, 16_000.0
    cells = {}
    for on in product((0, 1), repeat=3):
        cells[on] = base * a ** on[0] * b ** on[1] * c ** on[2] * 3 ** (on[0] * on[1])
    counts = {"".join(x for x, k in zip("abc", h, strict=True) if k): n for h, n in cells.items()}
    counts.pop("")
    table = table_of({h: round(n) for h, n in counts.items()})
    # The pair enters the stepwise model by itself; without it, the odds ratio is told.
    curve = by_odds_ratio(table, lists=("a", "b"), grid=(3.0,), pthresh=1e-300)
    assert not curve.absorbed
    assert curve.at(3.0) - table.observed == pytest.approx(base, rel=1e-3)


def test_a_pair_with_its_own_term_absorbs_the_odds_ratio(western):
    curve = by_odds_ratio(western, lists=("A", "E"))
    assert curve.absorbed
    assert curve.doubles is None
    assert [n for _, n in curve.points] == pytest.approx([curve.total] * len(curve.points))


def test_at_the_tipping_values_the_total_is_twice_and_half(western):
    curve = by_odds_ratio(western)
    again = by_odds_ratio(western, grid=(curve.doubles, curve.halves))
    assert again.at(curve.doubles) == pytest.approx(2 * curve.total, rel=1e-6)
    assert again.at(curve.halves) == pytest.approx(curve.total / 2, rel=1e-6)


def test_no_odds_ratio_halves_a_total_of_which_more_than_half_was_seen():
    table = independent(6400, (1 / 2, 1 / 4, 1 / 2, 1 / 2))
    assert table.observed > 3200
    assert by_odds_ratio(table).halves is None


def test_lists_without_a_maximum_have_no_curve():
    with pytest.raises(AnswerRefused, match="EST-020"):
        by_odds_ratio(table_of({"a": 40, "b": 30, "c": 20}))


@pytest.mark.parametrize("lists", [2, 3, 4])
@pytest.mark.parametrize("term", [1.0, 0.5, 2.0])
def test_the_saturated_formula_gives_a_population_with_that_highest_order_term_back(lists, term):
    """Whole counts over every history; the dark one is set so that the term is what it is."""
    counts = {
        "".join(some): 40 + 7 * len(some) + 3 * ord(some[-1]) % 11
        for size in range(1, lists + 1)
        for some in combinations("abcd"[:lists], size)
    }
    odd = math.prod(n for h, n in counts.items() if len(h) % 2)
    even = math.prod(n for h, n in counts.items() if len(h) % 2 == 0)
    dark = term * odd / even
    found = by_highest_order_term(table_of(counts), grid=(term,))
    # u = sum of (-1)^(lists - size) log n over all histories, the dark one among them.
    u = sum((-1) ** (lists - len(h)) * math.log(n) for h, n in counts.items())
    u += (-1) ** lists * math.log(dark)
    assert math.exp(u if lists % 2 == 0 else -u) == pytest.approx(term)
    assert found.at(term) == pytest.approx(sum(counts.values()) + dark, rel=1e-12)


def test_lists_that_know_nothing_of_each_other_have_no_highest_order_term():
    assert by_highest_order_term(independent(6400)).total == pytest.approx(6400, rel=1e-9)


def test_the_factor_that_doubles_the_total_of_the_saturated_model_does():
    table = independent(8192, (1 / 8, 1 / 8, 1 / 4, 1 / 8))
    curve = by_highest_order_term(table)
    again = by_highest_order_term(table, grid=(curve.doubles, curve.halves))
    assert again.at(curve.doubles) == pytest.approx(2 * 8192, rel=1e-9)
    assert again.at(curve.halves) == pytest.approx(4096, rel=1e-9)


def test_an_empty_history_leaves_the_saturated_model_silent(western):
    with pytest.raises(AnswerRefused) as refusal:
        by_highest_order_term(western)
    assert refusal.value.code == "EST-050"
    for lang in words.LANGUAGES:
        assert "{" not in refusal.value.text(lang) + refusal.value.mend(lang)


def test_lists_that_know_nothing_of_each_other_may_be_united_without_moving_the_total():
    found = merge_two_lists(independent(6400), lambda part: independence(part, boot=0))
    assert len(found) == 6
    for merged in found:
        assert merged.left == 3
        assert merged.estimate.total == pytest.approx(6400, rel=1e-9)


def test_uniting_two_dependent_lists_takes_their_dependence_out():
    """Three hundred are on a and b, far more than by chance; the union does not know of it."""
    counts = {"a": 160, "b": 120, "ab": 240, "c": 170, "ac": 40, "bc": 30, "abc": 60}
    by_lists = {m.lists: m for m in merge_two_lists(table_of(counts), estimate_alone)}
    left = by_lists["a", "b"]
    # Chapman of the union (650) and c (300), 130 on both.
    assert left.left == 2
    assert left.estimate.total == pytest.approx(651 * 301 / 131 - 1)
    assert left.estimate.cautions[0].code == "EST-106"


def test_two_lists_cannot_be_united():
    assert merge_two_lists(table_of({"a": 67, "b": 44, "ab": 17}), estimate_alone) == ()


def test_united_lists_keep_every_person(western):
    for merged in merge_two_lists(western, estimate_alone):
        assert merged.estimate.observed == western.observed


def test_stability_reads_in_three_languages_and_as_json(western):
    found = stability_of(western)
    for lang in words.LANGUAGES:
        assert "{" not in found.text(lang)
    told = found.to_json()
    assert len(told["without_list"]) == len(told["within_list"]) == 5
    assert len(told["merged"]) == len(told["odds_ratio"]["pairs"]) == 10
    assert told["highest_order"]["why"]["code"] == "EST-050"
    assert told["odds_ratio"]["all"]["lists"] is None


def test_stability_of_a_table_without_a_maximum_says_so():
    told = stability_of(table_of({"a": 40, "b": 30, "c": 20})).to_json("kk")
    assert told["odds_ratio"]["why"]["code"] == "EST-020"
    assert all(w["estimate"] is None for w in told["without_list"])


def test_names_of_lists_may_be_any_words():
    named = {
        tuple({"A": "police", "B": "ngo", "C": "hotline"}[x] for x in h): n
        for h, n in WESTERN.items()
        if set(h) <= set("ABC")
    }
    merged = merge_two_lists(capture_table(named), estimate_alone)
    assert {m.lists for m in merged} == set(combinations(("police", "ngo", "hotline"), 2))
