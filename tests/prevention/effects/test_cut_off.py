"""Regression discontinuity: the numbers of rdrobust, coverage where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects import Card, Question, ScoredUnits, evaluate_cut_off
from aiqyn.prevention.effects.cut_off import jump
from aiqyn.prevention.effects.density import density_jump

TRUE = 0.04  # the jump of model 1 of Calonico, Cattaneo & Titiunik (2014), p. 2317

# rdrobust 2.1.1 (Python), rdrobust(y, x, masspoints="off"), on `units(seed)`: bandwidths h and b,
# conventional and bias-corrected estimate, robust standard error.
RDROBUST = {
    0: (0.2091317, 0.30083024, 0.0690276, 0.07087741, 0.06210859),
    1: (0.19728441, 0.29756428, 0.07861026, 0.06921726, 0.06932086),
    3: (0.17016038, 0.2528626, 0.09750655, 0.10838, 0.07785605),
}


def curve(x):
    below = 0.48 + 1.27 * x + 7.18 * x**2 + 20.21 * x**3 + 21.54 * x**4 + 7.33 * x**5
    above = 0.52 + 0.84 * x - 3.00 * x**2 + 7.99 * x**3 - 9.01 * x**4 + 3.56 * x**5
    return np.where(x < 0, below, above)


def units(seed, n=500):
    rng = np.random.default_rng(seed)
    x = 2 * rng.beta(2, 4, n) - 1
    return ScoredUnits(x, curve(x) + 0.1295 * rng.normal(size=n), 0.0)


@pytest.mark.parametrize("seed", RDROBUST)
def test_estimates_bandwidths_and_errors_are_those_of_rdrobust(seed):
    found = jump(units(seed))
    told = (found.h, found.b, found.conventional, found.value, found.se)
    assert told == pytest.approx(RDROBUST[seed], abs=2e-8)


def test_a_straight_world_gives_its_jump_exactly():
    x = np.linspace(-1, 1, 200)
    found = jump(ScoredUnits(x, 2 + 3 * x + 5.0 * (x >= 0), 0.0), h=0.5, b=0.5)
    assert (found.value, found.below) == pytest.approx((5.0, 2.0))


def test_the_robust_interval_holds_the_truth_about_as_often_as_it_says():
    """Model 1: the paper's table 1 has 92.1 % for this bandwidth and n = 500, not 95 %."""
    panels = 60
    told = [jump(units(seed)).effect for seed in range(panels)]
    held = sum(e.low <= TRUE <= e.high for e in told)
    assert held >= 48  # of a binomial with .92 fewer with a probability of 0.002


def test_scores_that_were_moved_over_the_cut_off_are_seen_and_untouched_ones_are_not():
    found = {"moved": 0, "untouched": 0}
    for seed in range(60):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=1000)
        found["untouched"] += density_jump(x, 0.3).p_value < 0.05
        near = (x > 0) & (x < 0.3) & (rng.random(1000) < 0.5)
        x[near] = 0.3 + 0.3 * rng.random(int(near.sum()))
        found["moved"] += density_jump(x, 0.3).p_value < 0.05
    assert found["moved"] == 60
    assert found["untouched"] <= 9  # of a binomial with .05 more with a probability of 0.001


def test_a_difference_is_not_ascribed_where_scores_crowd():
    rng = np.random.default_rng(4)
    x = rng.normal(size=1000)
    near = (x > -0.4) & (x < 0) & (rng.random(1000) < 0.7)
    x[near] = 0.3 * rng.random(int(near.sum()))
    y = x + 3.0 * (x >= 0) + rng.normal(0, 0.5, 1000)
    card = Card(evaluate_cut_off(ScoredUnits(x, y, 0.0), Question("rdd", kind="survey")))
    assert card.verdict == "not_attributable"
    assert "PREV-120" in [c.code for c in card.evaluation.cautions]


def test_too_few_units_on_a_side_are_refused_with_a_card():
    told = units(1, 30)
    with pytest.raises(AnswerRefused, match="PREV-080"):
        jump(told)
    card = Card(evaluate_cut_off(told, Question("rdd")))
    assert (card.grade, card.verdict) == ("none", "refused")


@pytest.fixture
def file(tmp_path):
    told = units(0)
    rows = [f"U{i},{x},{y}" for i, (x, y) in enumerate(zip(told.score, told.outcome, strict=True))]
    path = tmp_path / "units.csv"
    path.write_text("\n".join(["unit,score,y", *rows]), encoding="utf-8")
    return path


def test_a_cut_off_is_evaluated_as_a_person_types_it(file, typed):
    words = ("--unit", "unit", "--outcome", "y", "--score", "score", "--cutoff", "0")
    answer = typed("evaluate", file, *words, "--design", "rdd", "--json")
    assert answer.code == 0
    assert answer.json["effect"] == pytest.approx(RDROBUST[0][3], abs=1e-7)
    names = [check["name"] for check in answer.json["checks"]]
    assert names == ["density", "bandwidth", "placebo-cutoffs"]


def test_without_a_score_the_design_says_what_it_lacks(file, typed):
    words = ("--unit", "unit", "--outcome", "y", "--design", "rdd")
    answer = typed("evaluate", file, *words, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "PREV-016")


def test_a_cut_off_beyond_all_scores_ends_with_three(file, typed):
    words = ("--unit", "unit", "--outcome", "y", "--score", "score", "--cutoff", "9")
    answer = typed("evaluate", file, *words, "--design", "rdd", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (3, "PREV-082")
