"""E-values against the worked example of the paper that defined them."""

from __future__ import annotations

import pytest

from aiqyn.prevention.factors.e_value import e_value, e_value_of_limit


def test_the_example_of_vanderweele_and_ding():
    """Ann. Intern. Med. 167 (2017), 268: a rate ratio of 3.9 (1.8 to 8.7) has 7.26 and 3.0."""
    assert e_value(3.9) == pytest.approx(7.26, abs=0.005)
    assert e_value_of_limit(1.8, 8.7) == pytest.approx(3.0, abs=0.005)


def test_a_ratio_below_one_is_as_strong_as_its_inverse():
    assert e_value(0.25) == pytest.approx(e_value(4.0))
    assert e_value_of_limit(0.1, 0.5) == pytest.approx(e_value(2.0))


def test_an_interval_that_holds_one_needs_nothing_to_stand_against_it():
    assert e_value_of_limit(0.9, 1.2) == 1.0
    assert e_value(1.0) == 1.0
