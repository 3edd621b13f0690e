"""Power by re-dealing agrees with what evaluations of such panels find."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("diff_diff", reason="the extra aiqyn[effects] is not installed")

from scipy.stats import norm

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects import plans, power_at, smallest_effect


def rng():
    return np.random.default_rng(11)


def test_no_effect_is_seen_as_often_as_the_level_allows(make):
    panel = make(areas=40, starts={4: 12})
    assert power_at(panel, [0.0], rng())[0].power == pytest.approx(0.05, abs=0.005)


def test_power_is_that_of_the_normal_formula_where_noise_is_normal(make):
    """Standard error: root of 2 / n1 and 2 / n0 by changes of means of four periods and one."""
    panel = make(areas=200, periods=8, starts={4: 60}, seed=3)
    se = np.sqrt((1 / 60 + 1 / 140) * (1 + 1 / 4))
    for effect in (0.2, 0.4, 0.6):
        wanted = norm.sf(1.96 - effect / se) + norm.cdf(-1.96 - effect / se)
        found = power_at(panel, [effect], rng(), scale="outcome")[0].power
        assert found == pytest.approx(wanted, abs=0.08)


def test_power_grows_with_the_effect_and_either_sign_counts(make):
    panel = make(areas=30, starts={4: 8})
    up = [p.power for p in power_at(panel, [0.5, 1.0, 2.0], rng())]
    assert up == sorted(up)
    down = power_at(panel, [-1.0], rng())[0].power
    assert down == pytest.approx(up[1], abs=0.1)


def test_a_share_of_counts_is_a_share_of_what_was_recorded(make):
    panel = make(areas=30, starts={4: 8})
    counts = panel.with_outcome(np.round(panel.outcome))
    share = power_at(counts, [0.05], rng())[0]
    unit = power_at(counts, [0.05 * counts.outcome.mean()], rng(), scale="outcome")[0]
    assert share.scale == "share"
    assert share.power == pytest.approx(unit.power, abs=0.1)


def test_a_programme_that_ran_already_does_not_hide_what_can_be_seen(make):
    before = smallest_effect(make(areas=30, starts={4: 8}), rng(), scale="outcome")
    after = smallest_effect(make(areas=30, starts={4: 8}, effect=30), rng(), scale="outcome")
    assert after == pytest.approx(before, rel=0.1)


def test_a_fall_is_seen_from_about_where_a_rise_is_and_never_below_nothing_left(make):
    panel = make(areas=30, starts={4: 8})
    rise = smallest_effect(panel, rng(), scale="outcome")
    fall = smallest_effect(panel, rng(), scale="outcome", way=-1.0)
    assert fall == pytest.approx(-rise, rel=0.2)
    noisy = panel.with_outcome(np.random.default_rng(5).poisson(1.0, panel.outcome.shape))
    share = smallest_effect(noisy, rng(), scale="share", way=-1.0)
    assert share is None or -1 <= share < 0


def test_too_few_areas_see_nothing_however_large(make):
    panel = make(areas=12, starts={4: 1})  # twelve dealings: p is 1/12 at least
    assert power_at(panel, [1000.0], rng())[0].power == 0
    assert smallest_effect(panel, rng()) is None


def test_four_times_the_areas_see_half_the_effect(make):
    panel = make(areas=40, starts={4: 12})
    few, many = plans(panel, [40, 160], [8], rng(), scale="outcome")
    assert few.smallest / many.smallest == pytest.approx(2, rel=0.25)


def test_a_plan_without_a_comparison_is_refused(make):
    with pytest.raises(AnswerRefused) as why:
        power_at(make(areas=5, starts={4: 5}), [0.1], rng())
    assert why.value.code == "PREV-011"


def test_the_verb_prints_effect_and_power(tmp_path, typed, make):
    panel = make(areas=20, starts={4: 6})
    lines = ["area,year,y,start"]
    for i, unit in enumerate(panel.units):
        start = "" if panel.never[i] else panel.times[panel.starts[i]]
        lines += [
            f"{unit},{t},{round(y)},{start}"
            for t, y in zip(panel.times, panel.outcome[i], strict=True)
        ]
    file = tmp_path / "plan.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    columns = ("--unit", "area", "--time", "year", "--outcome", "y", "--start", "start")
    answer = typed("power", file, *columns, "--effects", "0.05,0.1,0.2", "--json")
    assert answer.code == 0
    assert [row["effect"] for row in answer.json] == [0.05, 0.1, 0.2]
    powers = [row["power"] for row in answer.json]
    assert powers == sorted(powers)
    assert all(0 <= p <= 1 for p in powers)
