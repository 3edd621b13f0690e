"""Our sums against those of other implementations."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

pytest.importorskip("diff_diff", reason="the extra aiqyn[effects] is not installed")
pytest.importorskip("pysyncon", reason="the extra aiqyn[effects] is not installed")

import diff_diff
import pandas as pd
import pysyncon

from aiqyn.prevention.effects.linear_form import cell_form, cells, effect_form
from aiqyn.prevention.effects.panel import NEVER
from aiqyn.prevention.effects.pre_trends import covariance
from aiqyn.prevention.effects.predictor_weights import closest
from aiqyn.prevention.effects.randomisation import orders_of, randomised, redealt
from aiqyn.prevention.effects.staggered import staggered_did

STARTS = {3: 6, 5: 4, 6: 5}


@pytest.mark.parametrize("comparison", ["never-treated", "not-yet-treated"])
def test_the_linear_form_is_callaway_and_santannas_estimate(make, comparison):
    panel = make(areas=30, starts=STARTS, effect=2)
    found = staggered_did(panel, np.random.default_rng(1), comparison=comparison)
    form = effect_form(panel, comparison)
    assert (form * panel.outcome).sum() == pytest.approx(found.effect.value, abs=1e-10)
    ours = [(cell_form(panel, g, t, comparison) * panel.outcome).sum() for g, t in cells(panel)]
    assert ours == pytest.approx([x.effect for x in found.group_time], abs=1e-10)


def test_the_spread_within_groups_is_the_analytic_standard_error(make):
    """One start: with several the library adds the doubt about the groups' sizes."""
    panel = make(areas=120, starts={3: 55}, effect=2)
    found = staggered_did(panel, np.random.default_rng(1)).effect
    assert found.by == "groups"
    ours = covariance([effect_form(panel)], panel)[0, 0] ** 0.5
    assert ours == pytest.approx(found.se, rel=1e-6)


def test_the_effect_is_that_of_a_hand_made_difference_in_differences(make):
    panel = make(areas=9, periods=2, starts={1: 3})
    change = np.diff(panel.outcome, axis=1)[:, 0]
    wanted = change[panel.starts == 1].mean() - change[panel.starts == NEVER].mean()
    found = staggered_did(panel, np.random.default_rng(1)).effect.value
    assert found == pytest.approx(wanted, abs=1e-10)


def test_redealt_estimates_are_those_of_panels_whose_starts_are_exchanged(make):
    panel = make(areas=6, starts={3: 2, 5: 1})
    orders = orders_of(6, np.random.default_rng(3), 20)
    fast = redealt(effect_form(panel), panel.outcome, orders)
    for order, value in zip(orders, fast, strict=True):
        moved = panel.with_starts(panel.starts[order])
        assert (effect_form(moved) * panel.outcome).sum() == pytest.approx(value, abs=1e-10)


def test_the_ends_of_the_interval_are_where_the_p_value_passes_five_per_cent(make):
    panel = make(areas=14, starts={3: 3, 5: 2}, effect=3)
    form = effect_form(panel)
    found = randomised(panel, form, np.random.default_rng(5))

    def p_value(effect):
        left = panel.with_outcome(panel.outcome - effect * panel.under_programme)
        return randomised(left, form, np.random.default_rng(5)).p_value

    step = 0.01 * (found.high - found.low)
    assert p_value(found.low + step) > 0.05 >= p_value(found.low - step)
    assert p_value(found.high - step) > 0.05 >= p_value(found.high + step)


def test_drawn_dealings_give_the_p_value_of_all_dealings(make):
    panel = make(areas=7, starts={4: 3}, effect=1.5, seed=8)
    form = effect_form(panel)
    each = form @ panel.outcome.T
    found = abs(np.trace(each))
    every = [abs(sum(each[i, j] for j, i in enumerate(o))) for o in permutations(range(7))]
    wanted = np.mean([value >= found - 1e-9 for value in every])
    drawn = randomised(panel, form, np.random.default_rng(2)).p_value
    assert drawn == pytest.approx(wanted, abs=0.03)  # 1,999 dealings: 2.7 standard errors


def test_areas_that_start_alone_leave_no_spread_within_groups_and_a_wider_interval(make):
    panel = make(areas=12, periods=16, starts={6: 1, 8: 1, 10: 1})
    within = covariance([effect_form(panel)], panel)[0, 0] ** 0.5
    found = staggered_did(panel, np.random.default_rng(1)).effect
    assert found.by == "redealt"
    assert found.se > 1.2 * within


def test_given_importance_our_weights_are_pysyncons():
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(6, 9))
    v = rng.dirichlet(np.ones(6))
    theirs, _ = pysyncon.Synth.w_optimize(V_mat=np.diag(v), X0=rows[:, 1:], X1=rows[:, 0])
    ours = closest(rows, v)

    def loss(w):
        return float((v * (rows[:, 0] - rows[:, 1:] @ w) ** 2).sum())

    assert loss(ours) <= loss(np.asarray(theirs)) + 1e-8
    assert ours == pytest.approx(np.asarray(theirs), abs=1e-3)


def test_synthetic_did_is_the_other_entrance_of_the_library(make):
    from aiqyn.prevention.effects.synthetic import synthetic_did

    panel = make(areas=15, periods=12, starts={8: 2}, effect=3)
    n, t = panel.outcome.shape
    table = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(n), t),
            "time": np.tile(np.arange(t), n),
            "y": panel.outcome.ravel(),
            "treated": np.repeat((panel.starts != NEVER).astype(int), t),
        }
    )
    theirs = diff_diff.SyntheticDiD(seed=1, n_bootstrap=20).fit(
        table, "y", "treated", "unit", "time", post_periods=list(range(8, t))
    )
    ours = synthetic_did(panel, np.random.default_rng(1))
    assert ours.effect.value == pytest.approx(theirs.att, abs=1e-8)
