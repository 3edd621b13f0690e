"""The exchange of rho with (epsilon, delta), against OpenDP's accountant and the papers' bounds."""

from __future__ import annotations

from math import log, sqrt

import opendp.prelude as dp
import pytest

from aiqyn.disclosure.private import delta_of, epsilon_of, rho_of, sigma_of

PAIRS = [(0.1, 1e-6), (0.5, 1e-5), (1.0, 1e-6), (1.0, 1e-9), (4.0, 1e-6), (10.0, 1e-4)]


@pytest.mark.parametrize(("epsilon", "delta"), PAIRS)
def test_opendp_gives_the_noise_of_our_rho_the_same_epsilon(epsilon: float, delta: float) -> None:
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l2_distance(T="f64")
    gaussian = dp.m.make_gaussian(*space, scale=sigma_of(rho_of(epsilon, delta)))
    theirs = dp.c.make_zCDP_to_approxDP(gaussian).map(1.0).epsilon(delta)
    assert theirs == pytest.approx(epsilon, rel=1e-6)


@pytest.mark.parametrize(("epsilon", "delta"), PAIRS)
def test_the_way_there_and_back_never_gains_privacy(epsilon: float, delta: float) -> None:
    rho = rho_of(epsilon, delta)
    assert delta_of(rho, epsilon) <= delta
    assert epsilon_of(rho, delta) == pytest.approx(epsilon, rel=1e-9)


@pytest.mark.parametrize(("epsilon", "delta"), PAIRS)
def test_the_conversion_is_tighter_than_bun_and_steinkes(epsilon: float, delta: float) -> None:
    rho = rho_of(epsilon, delta)
    assert epsilon < rho + 2 * sqrt(rho * log(1 / delta))


def test_two_releases_cost_less_together_than_the_sum_of_their_epsilons() -> None:
    rho = rho_of(1.0, 1e-6)
    assert 1.4 < epsilon_of(2 * rho, 1e-6) < 1.6  # about the square root of two


def test_nothing_spent_is_nothing_lost() -> None:
    assert epsilon_of(0.0, 1e-6) == 0 == delta_of(0.0, 1.0)
