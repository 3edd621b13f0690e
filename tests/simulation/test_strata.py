"""Strata whose size is known: intervals hold it, thin strata gain, crime is told from detection.

Bounds are binomial. Of 60 tables with a true coverage of 95 % fewer than 52 cover with a
probability of 0.005, with 80 % fewer than 38 with 0.001 and more than 57 with 0.0001. Every number
is drawn with a fixed seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import binom

from aiqyn.estimates import StratifiedTable, by_stratum, crime_or_detection, stratified_rows
from aiqyn.estimates.log_linear.stepwise_choice import choose

TABLES, BOOT, LISTS = 60, 120, 4
PERSONS = (1500, 700, 200, 80, 50)


@dataclass(frozen=True)
class Trial:
    """What became of one table: log errors, and whether the intervals hold the truth."""

    error: np.ndarray
    alone: np.ndarray
    in95: np.ndarray
    in80: np.ndarray
    sum_in95: bool


def drawn(persons, effects: np.ndarray, rng: np.random.Generator) -> StratifiedTable:
    """Lists one and two lead to one another, log odds ratio 1."""
    held = (np.arange(1 << LISTS)[:, None] >> np.arange(LISTS)) & 1
    eta = held @ effects.T + (held[:, 0] * held[:, 1])[:, None]
    chances = np.exp(eta) / np.exp(eta).sum(axis=0)
    rows = [
        (str(2020 + s), h, int(k))
        for s, n in enumerate(persons)
        for h, k in enumerate(rng.multinomial(n, chances[:, s]))
        if h
    ]
    return stratified_rows("invented", list("ABCD"), "year", rows)


def held_by(interval, truth: float) -> bool:
    return interval.low <= truth <= (np.inf if interval.high is None else interval.high)


def trial(seed: int) -> Trial:
    rng = np.random.default_rng([20260101, seed])
    spread = 0.4 * rng.standard_normal((5, 1)) + 0.3 * rng.standard_normal((5, LISTS))
    table = drawn(PERSONS, -2.0 + spread, rng)
    found = by_stratum(table, boot=BOOT, seed=seed)
    return Trial(
        np.log([p.estimate / n for p, n in zip(found.parts, PERSONS, strict=True)]),
        np.log(choose(table.array, LISTS).total / PERSONS),
        np.array([held_by(p.interval(0.95), n) for p, n in zip(found.parts, PERSONS, strict=True)]),
        np.array([held_by(p.interval(0.8), n) for p, n in zip(found.parts, PERSONS, strict=True)]),
        held_by(found.intervals[0], sum(PERSONS)),
    )


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    return [trial(seed) for seed in range(TABLES)]


def test_the_bounds_of_this_file_are_those_of_the_binomial():
    assert binom.cdf(51, TABLES, 0.95) < 0.005
    assert binom.cdf(37, TABLES, 0.80) < 0.002
    assert binom.sf(57, TABLES, 0.80) < 0.0005


def test_the_interval_of_every_stratum_holds_the_truth_about_as_often_as_it_says(trials):
    assert (np.sum([t.in95 for t in trials], axis=0) >= 52).all()
    at80 = np.sum([t.in80 for t in trials], axis=0)
    assert (at80 >= 38).all()
    assert (at80 <= 57).all()


def test_the_interval_of_the_whole_holds_the_sum_of_the_truths(trials):
    assert sum(t.sum_in95 for t in trials) >= 52


def test_thin_strata_are_nearer_the_truth_than_each_alone(trials):
    """Root mean squared log error, over the tables on which the stratum alone has an answer."""
    together = np.array([t.error for t in trials])
    alone = np.array([t.alone for t in trials])
    for stratum in (2, 3, 4):
        answered = np.isfinite(alone[:, stratum])
        ours, theirs = (np.sqrt((e[answered, stratum] ** 2).mean()) for e in (together, alone))
        assert ours < 0.9 * theirs
        assert np.isfinite(together[:, stratum]).all()


def changes(persons: tuple[int, int], effects: tuple[float, float]):
    lists = np.array([0.0, 0.2, -0.2, 0.1])
    for seed in range(TABLES):
        rng = np.random.default_rng([20260102, seed])
        table = drawn(persons, np.array(effects)[:, None] + lists, rng)
        yield crime_or_detection(by_stratum(table, level="own", boot=BOOT, seed=seed)).changes[0]


def says(change) -> tuple[bool, bool, bool]:
    """Crime may be unchanged; detection may be unchanged; the crime may have doubled."""
    crime, detection = change.crime.bounds(0.95), change.detection.bounds(0.95)
    one = [low <= 1 <= high for low, high in (crime, detection)]
    return one[0], one[1], crime[0] <= 2 <= crime[1]


def test_when_detection_doubles_and_crime_does_not_the_interval_of_crime_holds_no_change():
    told = np.array([says(c) for c in changes((1500, 1500), (-2.2, -1.2))])
    assert told[:, 0].sum() >= 52
    assert told[:, 1].sum() <= 6  # and detection is seen to rise


def test_when_crime_doubles_and_detection_does_not_the_interval_of_detection_holds_no_change():
    told = np.array([says(c) for c in changes((1500, 3000), (-1.6, -1.6))])
    assert told[:, 1].sum() >= 52
    assert told[:, 0].sum() <= 6
    assert told[:, 2].sum() >= 52
