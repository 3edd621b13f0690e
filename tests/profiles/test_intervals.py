"""Against published tables: Newcombe (1998) for Wilson, Garwood's limits for Poisson."""

from __future__ import annotations

import pytest

from aiqyn.profiles import per_ten, poisson_rate, wilson


@pytest.mark.parametrize(
    ("successes", "of", "low", "high"),
    [  # Newcombe (1998), Stat. Med. 17, 857-872, Table I, method 3 (Wilson), four decimals
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_newcombes_table(successes, of, low, high):
    found = wilson(successes, of)
    assert found == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0.0, 3.689),
        (1, 0.025, 5.572),
        (5, 1.624, 11.668),
        (10, 4.795, 18.390),
        (50, 37.111, 65.919),
    ],
)  # exact 95 % limits of a Poisson mean: Ulm (1990), Am. J. Epidemiol. 131, 373-375; three decimals
def test_poisson_limits_agree_with_the_exact_table(count, low, high):
    assert poisson_rate(count, 1, per=1) == pytest.approx((low, high), abs=6e-4)


def test_nobody_asked_leaves_everything_possible():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    "counts", [{"a": 1, "b": 1, "c": 1}, {"a": 9_999, "b": 1}, {"a": 7, "b": 0}]
)
def test_persons_of_ten_add_to_ten(counts):
    assert sum(per_ten(counts).values()) == 10


def test_of_nobody_there_are_no_ten():
    assert per_ten({"a": 0, "b": 0}) == {"a": 0, "b": 0}
