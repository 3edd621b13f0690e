"""What a watch can see and what it cannot, against the distributions themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import nbinom

from aiqyn.signals.series.judged import Floats
from aiqyn.signals.watching_country.judged_country import JudgedCountry, judged_country
from aiqyn.signals.watching_country.seen_from import seen_from
from aiqyn.signals.watching_country.settings import watch_settings

PAIRS = replace(watch_settings(), longest=2)


@pytest.fixture
def judged(quiet_country) -> JudgedCountry:
    persons = quiet_country(np.random.default_rng(1))
    return judged_country(persons, "XSA", date(2024, 12, 31), {}, PAIRS, np.random.default_rng(1))


def at_least(count: float, mean: Floats, phi: Floats) -> Floats:
    return np.asarray(nbinom.sf(count - 1, mean / (phi - 1), 1 / phi))


def test_a_count_that_is_a_signal_leaves_the_run_its_stated_false_alarms(judged) -> None:
    sizes = np.maximum(judged.series.cells["size"].to_numpy(), 1)
    window = judged.windows[-1]
    for one in seen_from(judged, PAIRS):
        mine = (sizes == one.dimensions) & np.isfinite(window.mean)
        mean, phi = window.mean[mine], window.phi[mine]
        alike = phi[(mean > one.usual / 1.25) & (mean < one.usual * 1.25)]
        level = at_least(one.persons, np.array(one.usual), np.median(alike))
        counts = np.arange(PAIRS.fewest_now, 400)[:, None]
        tail = at_least(counts, mean, phi)
        first = np.argmax(tail <= level * (1 + 1e-6), axis=0)  # each series' own smallest count
        families = 2 * len(PAIRS.windows)
        assert families * tail[first, np.arange(len(mean))].sum() <= PAIRS.largest_q * 1.01


def test_the_rise_told_is_found_in_eight_of_ten_and_a_smaller_one_is_not(judged) -> None:
    sizes = np.maximum(judged.series.cells["size"].to_numpy(), 1)
    window = judged.windows[-1]
    for one in seen_from(judged, PAIRS):
        mine = (sizes == one.dimensions) & (np.abs(np.log(window.mean / one.usual)) < np.log(1.25))
        phi = np.median(window.phi[mine])
        assert one.times is not None
        assert at_least(one.persons, np.array(one.usual * one.times), phi) >= 0.79
        assert at_least(one.persons, np.array(one.usual * (one.times - 0.2)), phi) < 0.8


def test_where_more_is_usual_a_smaller_rise_is_seen(judged) -> None:
    singles = [one for one in seen_from(judged, PAIRS) if one.dimensions == 1]
    assert len(singles) > 3
    assert [one.times for one in singles] == sorted((one.times for one in singles), reverse=True)
    assert [one.persons for one in singles] == sorted(one.persons for one in singles)
