"""Interrupted time series against series whose break is known."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("statsmodels", reason="the extra aiqyn[effects] is not installed")

from aiqyn.prevention.effects.interrupted import interrupted_time_series
from aiqyn.prevention.effects.panel import Panel


def series(rng, *, months=84, start=48, drop=0.0, level=40.0, spread=20.0):
    t = np.arange(months)
    mean = level * np.exp(0.004 * t + 0.2 * np.sin(2 * np.pi * t / 12))
    mean = mean * np.where(t >= start, 1 - drop, 1.0)
    counts = rng.negative_binomial(spread, spread / (spread + mean)).astype(float)
    times = tuple(f"{2018 + m // 12}-{m % 12 + 1:02d}" for m in t)
    truth = float((mean - mean / np.where(t >= start, 1 - drop, 1.0))[start:].mean())
    return Panel(("A",), times, counts[None, :], np.array([start])), truth


def test_the_known_drop_is_found_and_held_and_nothing_is_found_where_nothing_was():
    """60 series: fewer than 50 covered, or more than 10 found, has probability below 0.001."""
    held, found, errors = 0, 0, []
    for seed in range(60):
        panel, truth = series(np.random.default_rng(seed), drop=0.4)
        effect = interrupted_time_series(panel).effect
        held += effect.low <= truth <= effect.high
        errors.append(effect.value / truth - 1)
        quiet, _ = series(np.random.default_rng(500 + seed))
        found += interrupted_time_series(quiet).effect.direction != "not_seen"
    assert abs(np.mean(errors)) < 0.15
    assert held >= 50
    assert found <= 10


def test_a_series_that_depends_on_its_past_fails_the_check_of_autocorrelation():
    rng = np.random.default_rng(3)
    walk = 50 + np.cumsum(rng.normal(0, 2, 60))
    panel = Panel(("A",), tuple(str(t) for t in range(60)), walk[None, :], np.array([40]))
    checks = {c.name: c.passed for c in interrupted_time_series(panel).checks}
    assert checks["autocorrelation"] is False


def test_a_straight_line_that_steps_down_is_measured_exactly():
    t = np.arange(30.0)
    y = 10.5 + 0.5 * t - 7.25 * (t >= 20)
    panel = Panel(("A",), tuple(str(2000 + i) for i in range(30)), y[None, :], np.array([20]))
    assert interrupted_time_series(panel).effect.value == pytest.approx(-7.25, abs=1e-8)
