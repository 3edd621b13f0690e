"""Detectors on small cases worked by hand, and their parts against SciPy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

from aiqyn.signals.series.charts import LikelihoodRatio, cusum_chart, likelihood_ratio_chart
from aiqyn.signals.series.count_tails import upper_quantile, upper_tail
from aiqyn.signals.series.cusum import Cusum
from aiqyn.signals.series.ears import Ears, ears
from aiqyn.signals.series.farrington import Farrington, farrington
from aiqyn.signals.series.farrington_threshold import p_of_t
from aiqyn.signals.series.reference_periods import Calendar, reference


def column(*counts: float) -> np.ndarray:
    return np.array(counts, dtype=float).reshape(-1, 1)


@pytest.mark.parametrize("alpha", [0.001, 0.01, 0.05, 0.5])
@pytest.mark.parametrize(("mean", "phi"), [(0.01, 1.5), (3, 1), (7.4, 1.2), (40, 5), (900, 30)])
def test_a_quantile_and_a_tail_are_those_of_scipy(mean, phi, alpha):
    law = stats.poisson(mean) if phi == 1 else stats.nbinom(mean / (phi - 1), 1 / phi)
    z = NormalDist().inv_cdf(1 - alpha)
    quantile = upper_quantile(alpha, z, mean, phi)
    assert quantile == law.ppf(1 - alpha)
    for count in (0, 1, int(mean), int(quantile) + 1, int(3 * mean + 20)):
        assert upper_tail(count, mean, phi) == pytest.approx(law.sf(count - 1), rel=1e-7)


def test_a_mean_of_millions_has_a_quantile_within_one_of_scipys():
    z = NormalDist().inv_cdf(0.995)
    assert abs(upper_quantile(0.005, z, 3e8, 1.0) - stats.poisson(3e8).ppf(0.995)) <= 1


@pytest.mark.parametrize("free", [1, 2, 5, 8, 33, 260])
@pytest.mark.parametrize("t", [-3.0, 0.1, 1.98, 6.0])
def test_the_p_value_of_a_slope_is_students(t, free):
    assert p_of_t(t, free) == pytest.approx(2 * stats.t.sf(abs(t), free), abs=1e-12)


def test_a_level_series_has_the_poisson_quantile_of_its_level():
    counts = np.full((300, 1), 4.0)
    settings = Farrington(threshold_method="nbPlugin", alpha=0.01)
    told = farrington(counts, Calendar(300, 52), settings, rows=[290])
    assert told.upperbound[0, 0] == stats.poisson(4).ppf(0.99)
    assert told.expected[0, 0] == pytest.approx(4, rel=1e-6)
    assert told.alarm[0, 0] == 0


def test_the_delta_threshold_of_a_level_series_follows_its_formula():
    counts = np.full((300, 1), 8.0)
    told = farrington(counts, Calendar(300, 52), Farrington(trend=False), rows=[290])
    error = 0.0  # all counts alike: standard errors use the residual variance
    spread = sqrt(4 / 9 * 8 ** (1 / 3) * (1 + error**2 / 8))
    wanted = (8 ** (2 / 3) + NormalDist().inv_cdf(0.95) * spread) ** 1.5
    assert told.upperbound[0, 0] == pytest.approx(wanted, rel=1e-6)


def test_an_alarm_waits_for_five_cases_in_four_periods():
    counts = np.zeros((300, 1))
    counts[290] = 4
    few = farrington(counts, Calendar(300, 52), rows=[290])
    counts[290] = 5
    enough = farrington(counts, Calendar(300, 52), rows=[290])
    assert np.isnan(few.upperbound[0, 0])
    assert few.alarm[0, 0] == 0
    assert enough.upperbound[0, 0] == 0
    assert enough.alarm[0, 0] == 1
    assert 0 < enough.pvalue[0, 0] < 1e-6


def test_an_old_outbreak_does_not_hide_a_new_one():
    rng = np.random.default_rng(6)
    counts = rng.poisson(6, (320, 1)).astype(float)
    counts[256:258] = 60  # a year before
    settings = Farrington(trend=False, threshold_method="nbPlugin", alpha=0.005)
    plain = replace(settings, reweight=False)
    calendar, rows = Calendar(320, 52), [310]
    low = farrington(counts, calendar, settings, rows=rows).upperbound[0, 0]
    high = farrington(counts, calendar, plain, rows=rows).upperbound[0, 0]
    counts[310] = low + 1
    assert low + 1 < high
    assert farrington(counts, calendar, settings, rows=rows).alarm[0, 0] == 1
    assert farrington(counts, calendar, plain, rows=rows).alarm[0, 0] == 0


def test_a_trend_is_used_and_dropped_by_the_three_rules():
    rng = np.random.default_rng(1)
    fall = rng.poisson(np.exp(4 - 0.006 * np.arange(300)))[:, None].astype(float)
    rows, calendar = [295], Calendar(300, 52)
    with_trend = farrington(fall, calendar, Farrington(), rows=rows)
    assert with_trend.slope[0, 0] == pytest.approx(-0.006, abs=0.001)
    two_years = farrington(fall, calendar, Farrington(b=2), rows=rows)
    assert np.isnan(two_years.slope[0, 0])
    level = rng.poisson(6, (300, 1)).astype(float)
    assert np.isnan(
        farrington(level, calendar, Farrington(p_threshold_trend=1e-9), rows=rows).slope
    )


def test_a_known_population_takes_its_growth_out_of_the_mean():
    grown = np.linspace(1, 3, 300)[:, None]
    counts = np.round(20 * grown)
    settings = Farrington(population_offset=True, trend=False)
    told = farrington(counts, Calendar(300, 52), settings, rows=[299], population=grown)
    assert told.expected[0, 0] == pytest.approx(60, rel=0.01)


def test_a_unit_founded_late_has_no_threshold_until_a_year_of_it_is_known():
    counts = np.full((360, 2), 5.0)
    counts[:250, 1] = np.nan
    told = farrington(counts, Calendar(360, 52), rows=range(280, 340))
    assert not np.isnan(told.upperbound[:, 0]).any()
    known = ~np.isnan(told.upperbound[:, 1])
    assert told.rows[known].min() == 250 + 52 + 3  # the whole window of a year back is known
    assert np.isnan(told.slope[known, 1]).all()


def test_one_series_is_judged_alike_alone_and_among_others():
    rng = np.random.default_rng(3)
    counts = rng.poisson(rng.uniform(0, 9, 40), (200, 40)).astype(float)
    settings = Farrington(b=3, no_periods=5, threshold_method="muan")
    all_told = farrington(counts, Calendar(200, 52), settings, rows=range(180, 200))
    for unit in (0, 17, 39):
        one = farrington(counts[:, [unit]], Calendar(200, 52), settings, rows=range(180, 200))
        np.testing.assert_array_equal(one.upperbound[:, 0], all_told.upperbound[:, unit])


def test_reference_weeks_by_date_are_the_nearest_same_weekday_of_each_year():
    monday = date(2018, 1, 1)
    days = tuple(monday + timedelta(days=7 * i) for i in range(330))
    row = days.index(date(2024, 3, 4))
    calendar = Calendar(len(days), 52, days)
    back = [days[i] for i in calendar.years_back(row, 5)]
    assert back == [
        date(2023, 3, 6),  # 4 March was a Saturday
        date(2022, 3, 7),  # a Friday
        date(2021, 3, 1),  # a Thursday
        date(2020, 3, 2),  # a Wednesday
        date(2019, 3, 4),  # a Monday
    ]


def test_the_year_is_dealt_out_to_its_parts_and_the_latest_periods_are_left_out():
    told = reference(Calendar(100, 12), 30, b=2, w=1, parts_of_year=4, not_included=6)
    by_row = dict(zip(told.rows.tolist(), told.parts.tolist(), strict=True))
    window = {5, 6, 7, 17, 18, 19}
    assert {row for row, part in by_row.items() if part == 3} == window
    assert [by_row[row] for row in range(8, 17)] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert max(by_row) == 30 - 6 - 1


def test_ears_c1_is_the_mean_and_spread_of_seven_counts():
    past = [2, 4, 4, 4, 5, 5, 11]  # mean 5, sum of squares 48
    told = ears(column(*past, 14), Ears("C1", alpha=0.025))
    assert told.upperbound[0, 0] == pytest.approx(5 + 1.959963985 * sqrt(48 / 6))
    assert told.alarm[0, 0] == 1


def test_ears_c2_leaves_two_counts_out_and_c3_adds_what_they_were_over():
    past = [2, 4, 4, 4, 5, 5, 11]
    gap = column(*past, 100, 100, 14)
    assert ears(gap, Ears("C2", alpha=0.025)).upperbound[0, 0] == pytest.approx(10.5437, abs=1e-3)
    quiet = column(*([4, 1, 4, 7] * 4))
    c2 = ears(quiet, Ears("C2", alpha=0.025), rows=[15]).upperbound[0, 0]
    c3 = ears(quiet, Ears("C3"), rows=[15]).upperbound[0, 0]
    mean = quiet[6:13].mean()
    assert c3 == pytest.approx(c2 - mean + quiet[15, 0])  # nothing was over


def test_a_cusum_adds_what_is_over_k_and_says_which_count_would_reach_h():
    counts = column(4, 4, 6, 8)
    rows = np.array([2, 3])
    told = cusum_chart(counts, Calendar(4, 52), Cusum(k=0.5, h=2.0, m=4), rows)
    assert told.alarm[:, 0].tolist() == [0, 1]  # 0.5, then 0.5 + 1.5
    assert told.upperbound[:, 0].tolist() == [9, 8]  # 4 + 2 * 2.5, then 4 + 2 * 2


def test_the_likelihood_ratio_cusum_adds_log_ratios_and_starts_anew_behind_an_alarm():
    kappa, mu = log(2), 3.0
    counts = column(3, 6, 9, 3)
    settings = LikelihoodRatio(mu0=mu, theta=kappa, limit=2.0)
    told = likelihood_ratio_chart(counts, Calendar(4, 52), settings, np.arange(4))
    steps = [x * kappa - mu for x in (3, 6, 9)]
    assert steps[0] < 0
    assert told.upperbound[1, 0] == pytest.approx(steps[1])
    assert told.upperbound[2, 0] == pytest.approx(steps[1] + steps[2])
    assert told.alarm[:, 0].tolist() == [0, 0, 1, 0]
    assert told.upperbound[3, 0] == 0


def test_the_negative_binomial_ratio_is_that_of_scipys_probabilities():
    kappa, mu, alpha = 0.6, 4.0, 0.3
    settings = LikelihoodRatio(mu0=mu, alpha=alpha, theta=kappa, limit=50)
    told = likelihood_ratio_chart(column(9), Calendar(1, 52), settings, np.arange(1))

    def law(mean):
        return stats.nbinom(1 / alpha, 1 / (1 + alpha * mean))

    assert told.upperbound[0, 0] == pytest.approx(
        law(mu * exp(kappa)).logpmf(9) - law(mu).logpmf(9)
    )


def best_ratio(alpha: float, counts: np.ndarray, mu: np.ndarray, changed: np.ndarray) -> float:
    """The largest log likelihood ratio over starts and sizes; `changed` is (sizes, periods)."""

    def law(mean):
        if alpha == 0:
            return stats.poisson(mean)
        return stats.nbinom(1 / alpha, 1 / (1 + alpha * mean))

    gains = law(changed).logpmf(counts) - law(mu).logpmf(counts)
    return max(gains[:, k:].sum(axis=1).max() for k in range(counts.size))


@pytest.mark.parametrize("alpha", [0.0, 0.4])
def test_the_glr_is_the_best_ratio_over_all_starts_and_sizes_of_a_rise(alpha):
    counts, mu = np.array([2.0, 1, 5, 7]), np.array([2.0, 2.5, 2, 3])
    settings = LikelihoodRatio(mu0=mu.tolist(), alpha=alpha, limit=50)
    told = likelihood_ratio_chart(counts[:, None], Calendar(4, 52), settings, np.arange(4))
    changed = mu * np.exp(np.linspace(0, 2, 20001))[:, None]
    assert told.upperbound[3, 0] == pytest.approx(best_ratio(alpha, counts, mu, changed), abs=1e-6)


@pytest.mark.parametrize("alpha", [0.0, 0.4])
def test_the_epidemic_chart_is_the_best_ratio_over_all_starts_and_shares(alpha):
    counts, mu = np.array([3.0, 6, 8, 12]), np.full(4, 3.0)
    settings = LikelihoodRatio(mu0=3.0, alpha=alpha, limit=90, change="epi")
    told = likelihood_ratio_chart(counts[:, None], Calendar(4, 52), settings, np.arange(4))
    changed = mu + np.linspace(0, 4, 40001)[:, None] * np.array([0.0, 3, 6, 8])
    assert told.upperbound[3, 0] == pytest.approx(best_ratio(alpha, counts, mu, changed), abs=1e-6)


def test_the_count_that_glr_asks_for_is_the_smallest_that_sounds_the_alarm():
    settings = LikelihoodRatio(mu0=2.0, limit=3.0, cases=True)
    quiet = column(2, 1, 3)
    needed = likelihood_ratio_chart(quiet, Calendar(3, 52), settings, np.arange(3)).upperbound[2, 0]
    for count, alarm in ((needed - 1, 0), (needed, 1)):
        told = likelihood_ratio_chart(column(2, 1, count), Calendar(3, 52), settings, np.arange(3))
        assert told.alarm[2, 0] == alarm
