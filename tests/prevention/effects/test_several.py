"""Draws of an estimated outcome, and several outcomes of one programme."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("diff_diff", reason="the extra aiqyn[effects] is not installed")

from aiqyn.prevention.effects import Effect, Question, corrected_for_many, evaluate, evaluate_draws
from aiqyn.prevention.effects.several import pooled


def effect(value, se):
    return Effect(value, se, value - 2 * se, value + 2 * se, "groups", 10.0, 5)


def test_pooling_follows_rubins_rules_by_hand():
    found = pooled([effect(1.0, 2.0), effect(2.0, 2.0), effect(3.0, 2.0)])
    assert found.value == pytest.approx(2.0)
    assert found.se == pytest.approx((4 + (1 + 1 / 3) * 1.0) ** 0.5)


def test_draws_that_agree_add_no_doubt(make):
    panel = make(areas=50, starts={4: 22}, effect=-2)
    one = evaluate(panel, Question(kind="estimates"))
    same = evaluate_draws(panel, [panel.outcome] * 5, Question(kind="estimates"))
    assert same.effect.se == pytest.approx(one.effect.se)
    assert "PREV-116" in [c.code for c in one.cautions]
    assert "PREV-116" not in [c.code for c in same.cautions]


def test_draws_that_differ_widen_the_interval(make):
    panel = make(areas=50, starts={4: 22}, effect=-2)
    rng = np.random.default_rng(2)
    drawn = [panel.outcome + rng.normal(0, 3, panel.outcome.shape) for _ in range(20)]
    found = evaluate_draws(panel, drawn, Question(kind="estimates"))
    assert found.effect.se > 1.5 * evaluate(panel, Question()).effect.se
    assert found.effect.by == "draws"


def test_holms_correction_is_that_of_his_worked_order():
    found = corrected_for_many({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert found == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})
