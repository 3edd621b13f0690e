"""Extremes that real persons can reach, and the second lock of `protect`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.sparse import csr_array

from aiqyn.disclosure import CountTable, Rules, attack, protect
from aiqyn.disclosure.bounds import tighten
from aiqyn.disclosure.component import Component
from aiqyn.disclosure.secondary_suppression import Hiding

TRIANGLE = csr_array(np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]]))


def test_an_extreme_is_a_whole_number_of_persons() -> None:
    # Each two of three cells hold at most one person: half a person in each would make 1.5.
    part = Component(
        np.arange(3),
        np.arange(3),
        TRIANGLE,
        np.zeros(3),
        np.ones(3),
        np.zeros(3),
        np.full(3, 9.0),
    )
    best = part.optimum(-np.ones(3))
    assert best is not None
    assert best.sum() == 1


def test_what_no_whole_numbers_fit_is_impossible() -> None:
    # Each two of three cells hold exactly one person: only halves would do.
    ones = np.ones(3)
    part = Component(np.arange(3), np.arange(3), TRIANGLE, ones, ones, np.zeros(3), np.full(3, 9.0))
    assert part.optimum(ones) is None


def test_single_sums_bound_their_parts_exactly() -> None:
    row = csr_array(np.array([[1.0, -1, -1]]))  # total = a + b
    low, high, broken = tighten(
        row, np.zeros(1), np.zeros(1), np.array([12.0, 9, 0]), np.array([12.0, 9, 4])
    )
    assert not broken.size
    assert (low[2], high[2]) == (3, 3)


def test_were_no_secondary_cell_found_the_attack_would_still_not_be_let_out(
    count: Callable[..., CountTable], rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hiding, "run", lambda self: self.status)
    people = ["f child"] * 7 + ["m child"] * 3 + ["f adult"] * 40 + ["m adult"] * 11
    release = protect([count("t", "sex age", people)], rules)
    assert attack(release, rules) == ()
