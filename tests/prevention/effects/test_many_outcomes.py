"""Several outcomes of one programme, and what reached the neighbours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aiqyn.prevention.effects import Question, evaluate, evaluate_many
from aiqyn.prevention.effects.multiple_testing import step_down


def test_the_step_down_of_a_worked_example():
    """Ten draws by hand: the largest of both for the first, the second alone for the second."""
    drawn = np.array([[1, 2, 3, 1, 2, 1, 2, 1, 1.0], [2, 1, 1, 4, 1, 1, 1, 2, 1.0]])
    first, second = step_down(np.array([3.5, 1.5]), drawn)
    assert first == pytest.approx(2 / 10)  # one maximum (4) reaches 3.5
    assert second == pytest.approx(4 / 10)  # three of its own (2, 4, 2) reach 1.5


def outcomes(make, effects, areas, starts):
    panel = make(areas=areas, starts=starts, effect=effects[0])
    rng = np.random.default_rng(9)
    under = panel.under_programme
    more = {
        f"y{i}": 20 + rng.normal(size=panel.outcome.shape) + effect * under
        for i, effect in enumerate(effects[1:])
    }
    return replace(panel, covariates=more)


@pytest.mark.parametrize(("areas", "starts"), [(16, {4: 6}), (60, {4: 25})])
def test_corrected_p_values_are_never_smaller_and_still_find_what_is_there(make, areas, starts):
    panel = outcomes(make, (4.0, 0.0, 0.0), areas, starts)
    found = evaluate_many(panel, ("y0", "y1"), Question())
    for one in found:
        assert one.p_value <= one.p_holm + 1e-12
    assert found[0].p_romano_wolf <= 0.05
    assert min(one.p_romano_wolf for one in found[1:]) > 0.05


def test_the_same_outcome_twice_costs_romano_and_wolf_nothing(make):
    panel = outcomes(make, (1.2,), 16, {4: 6})
    panel = replace(panel, covariates={"again": panel.outcome})
    first, again = evaluate_many(panel, ("again",), Question())
    assert first.p_romano_wolf == again.p_romano_wolf
    assert first.p_romano_wolf == pytest.approx(first.p_value, abs=0.02)
    assert first.p_holm == pytest.approx(min(1, 2 * first.p_value))


def test_what_reached_the_ring_of_neighbours_is_estimated(make):
    panel = make(areas=30, starts={4: 5}, effect=-6)
    near = panel.outcome.copy()
    near[5:10, 4:] -= 4.0
    exposed = np.zeros_like(near)
    exposed[5:10] = 1
    spilled = replace(panel, outcome=near, covariates={"beside": exposed})
    found = evaluate(spilled, Question(exposure="beside"))
    ring = found.check("spill-over-ring")
    assert ring.passed is False
    assert ring.slots["low"] <= -4 <= ring.slots["high"]
    assert found.check("spill-over").slots["n"] == 5
    assert "PREV-124" in [c.code for c in found.cautions]
