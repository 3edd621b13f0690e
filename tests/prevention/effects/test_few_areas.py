"""Few areas: our sums are the library's, the bootstrap is the textbook's, the solver ends low."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("diff_diff", reason="the extra aiqyn[effects] is not installed")

from aiqyn.prevention.effects.effects_library import part
from aiqyn.prevention.effects.few_areas import event_intervals, event_times, group_times
from aiqyn.prevention.effects.invented import World, invented_panel
from aiqyn.prevention.effects.simplex_weights import (
    losses_of_starts,
    problem,
    simplex_weights,
)
from aiqyn.prevention.effects.staggered import _fit
from aiqyn.prevention.effects.wild_bootstrap import wild_cluster

WORLD = World(12, 8, {3: 3, 5: 2}, 1.5, counts=False)


@pytest.mark.parametrize("comparison", ["never-treated", "not-yet-treated"])
def test_group_times_and_events_are_those_of_the_library(comparison):
    panel = invented_panel(WORLD, np.random.default_rng(3))
    fitted = _fit(panel, comparison, (), "varying")
    ours = {(x.group, x.time): (x.effect, x.se) for x in group_times(panel, comparison)}
    for (group, time), cell in fitted.group_time_effects.items():
        key = (panel.times[int(group) - 1], panel.times[int(time) - 1])
        assert ours[key] == pytest.approx((cell["effect"], cell["se"]), abs=1e-9)
    events = {x.event: x.effect for x in event_times(panel, comparison)}
    for event, cell in fitted.event_study_effects.items():
        assert events[int(event)] == pytest.approx(cell["effect"], abs=1e-9)


def test_the_picture_by_periods_has_an_interval_round_every_point():
    panel = invented_panel(WORLD, np.random.default_rng(3))
    for _, value, low, high in event_intervals(panel, "never-treated", np.random.default_rng(1)):
        assert low < value < high


def dense(panel):
    """Effect and clustered standard error with a dummy for every area and period."""
    n, t = panel.outcome.shape
    areas = np.repeat(np.eye(n), t, axis=0)
    periods = np.tile(np.eye(t), (n, 1))[:, 1:]
    x = np.column_stack([panel.under_programme.ravel().astype(float), areas, periods])
    y = panel.outcome.ravel()
    beta, *_ = np.linalg.lstsq(x, y, rcond=None)
    inverse, left = np.linalg.pinv(x.T @ x), y - x @ beta
    scores = (x * left[:, None]).reshape(n, t, -1).sum(axis=1)
    return beta[0], float((inverse @ scores.T @ scores @ inverse)[0, 0] ** 0.5)


def test_the_plain_regression_is_the_one_with_every_dummy():
    panel = invented_panel(WORLD, np.random.default_rng(3))
    found = wild_cluster(panel, np.random.default_rng(1), draws=99)
    assert (found.value, found.se) == pytest.approx(dense(panel))


def test_the_end_of_the_wild_interval_is_where_the_p_value_falls_to_five_per_cent():
    panel = invented_panel(WORLD, np.random.default_rng(3))
    found = wild_cluster(panel, np.random.default_rng(1), draws=199)
    for end, inward in ((found.low, 0.02), (found.high, -0.02)):
        moved = [
            panel.with_outcome(panel.outcome - (end + by) * panel.under_programme)
            for by in (inward, -inward)
        ]
        inside, outside = (
            wild_cluster(p, np.random.default_rng(1), draws=199).p_value for p in moved
        )
        assert inside > 0.05 >= outside


def test_a_null_programme_is_seldom_found_by_the_wild_bootstrap():
    world, found = World(14, 6, {3: 6}, 0.0, counts=False), 0
    for seed in range(40):
        panel = invented_panel(world, np.random.default_rng([seed, 7]))
        found += wild_cluster(panel, np.random.default_rng(seed), draws=199).p_value <= 0.05
    assert found <= 7  # of a binomial with .05 more with a probability of 0.001


def task(penalty=0.5):
    rng = np.random.default_rng(5)
    a = rng.normal(size=(12, 6)) + np.arange(12)[:, None]
    return problem(a, a @ [0.5, 0.3, 0.2, 0, 0, 0] + 0.1, penalty, 1e-5, intercept=True)


def test_the_weights_are_those_of_the_library_and_near_the_exact_optimum():
    from scipy.optimize import minimize

    rng = np.random.default_rng(5)
    a = rng.normal(size=(12, 6)) + np.arange(12)[:, None]
    b = a @ np.array([0.5, 0.3, 0.2, 0, 0, 0]) + 0.1
    of = problem(a, b, 0.5, 1e-5, intercept=True)
    found = simplex_weights(of)
    theirs = part("diff_diff.utils").compute_sdid_unit_weights(
        a, b, 0.5, intercept=True, min_decrease=1e-5
    )
    assert found == pytest.approx(theirs, abs=1e-8)
    exact = minimize(
        of.loss, np.full(6, 1 / 6), bounds=[(0, 1)] * 6, method="SLSQP", tol=1e-14,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
    )  # fmt: skip
    assert of.loss(found) <= exact.fun * 1.01


def test_every_start_of_the_solver_ends_at_the_same_loss():
    of = task()
    ends = [of.loss(w) for w in losses_of_starts(of, 6, np.random.default_rng(1))]
    assert max(ends) <= of.loss(simplex_weights(of)) * 1.02
