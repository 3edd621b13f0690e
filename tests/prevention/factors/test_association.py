"""What goes with measured trafficking, where the truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.factors import associate, load_rules
from aiqyn.prevention.factors.detected_share import pooled
from aiqyn.prevention.factors.invented import World, invented
from aiqyn.prevention.factors.laplace import at_each_point, design
from aiqyn.prevention.factors.model_input import Cells, Grid, Priors

RULES = replace(load_rules(), offsets=8)


def test_the_doubt_about_the_share_widens_the_interval():
    world = World(lasting=1.0, periods=3, between_areas=0.1)
    known = invented(replace(world, share_error=0.0), np.random.default_rng(1))
    observed = invented(world, np.random.default_rng(1))
    sure, unsure = (associate(o, RULES, leave_out=False) for o in (known, observed))
    assert [link.share_of_doubt for link in sure.links] == [0, 0, 0]
    assert max(link.share_of_doubt for link in unsure.links) > 0.1


def test_rubins_rules_by_hand():
    """Three answers 1, 2, 3 of variance 4: total 4 + (1 + 1/3) 1; degrees of freedom 2 / 0.25^2."""
    found = pooled([1.0, 2.0, 3.0], [4.0, 4.0, 4.0], 0.95)
    assert found.value == 2.0
    assert found.se**2 == pytest.approx(16 / 3)
    assert found.share == pytest.approx(0.25)
    assert found.high - found.value == pytest.approx(2.0369 * (16 / 3) ** 0.5, rel=1e-3)  # t, 32 df


def test_the_mode_is_where_a_general_optimiser_puts_it():
    from scipy.optimize import minimize
    from scipy.stats import nbinom

    observed = invented(World(areas=8, periods=3), np.random.default_rng(4))
    cells = observed.cells(np.log(observed.detection[:, 0]))
    priors, tau, omega = Priors(), 0.4, 0.3
    _, mean, _ = at_each_point(cells, priors, Grid(np.array([tau]), np.array([omega])))
    z, k = design(cells), cells.factors.shape[1]
    spread = np.array([priors.slope] * k + [priors.level] + [1.0] * 3 + [tau] * 8)
    centre = np.zeros(len(spread))
    centre[k] = np.log((cells.persons.sum() + 0.5) / np.exp(cells.offset).sum())

    def minus_log(theta):
        mu = np.exp(cells.offset + z @ theta)
        size = 1 / omega**2
        prior = 0.5 * (((theta - centre) / spread) ** 2).sum()
        return prior - nbinom.logpmf(cells.persons, size, size / (size + mu)).sum()

    found = minimize(minus_log, mean[0], method="BFGS", options={"gtol": 1e-5})
    assert np.abs(found.x - mean[0]).max() < 1e-3


def test_without_an_overdispersed_count_and_areas_it_is_poisson_regression():
    """Two cells, a level and nothing else: the level is the log of persons over residents."""
    cells = Cells(
        np.array([40.0, 60.0]), np.log([1e5, 1e5]), np.array([0, 1]), np.array([0, 0]),
        np.empty((2, 0)), 2, 1,
    )  # fmt: skip
    near_poisson = Grid(np.array([1e-3]), np.array([1e-3]))
    _, mean, spread = at_each_point(cells, Priors(period=1e-3), near_poisson)
    assert mean[0, 0] == pytest.approx(np.log(100 / 2e5), abs=0.01)
    assert spread[0, 0, 0] ** 0.5 == pytest.approx(1 / 10, rel=0.02)


def test_each_factor_and_each_area_is_left_out_once():
    observed = invented(World(areas=9, periods=5), np.random.default_rng(1))
    found = associate(observed, replace(RULES, offsets=2)).left_out
    assert [x.code for x in found if x.kind == "area"] == list(observed.areas)
    assert {x.code for x in found if x.kind == "factor"} == set(observed.values)
    without = next(x for x in found if x.code == "poverty_rate")
    assert "poverty_rate" not in without.ratios


@pytest.mark.parametrize(
    ("world", "code"),
    [
        (World(areas=5), "PREV-050"),
        (World(areas=9, periods=1, slopes=(0.1, 0.0)), "PREV-051"),
        (World(rate=1e-6), "PREV-052"),
    ],
)
def test_too_little_is_refused_with_the_reason(world, code):
    with pytest.raises(AnswerRefused) as why:
        associate(invented(world, np.random.default_rng(0)), RULES)
    assert why.value.code == code
    for lang in ("kk", "ru", "en"):
        assert why.value.text(lang)
        assert why.value.mend(lang)


def test_the_same_seed_gives_the_same_answer():
    observed = invented(World(), np.random.default_rng(2))
    first, second = (associate(observed, RULES, leave_out=False, seed=7) for _ in range(2))
    assert first == second
