"""Combinations that no series has a history of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from aiqyn.signals.watching_country.new_patterns import with_new_patterns
from aiqyn.signals.watching_country.series_of_country import last_whole_week
from aiqyn.signals.watching_country.settings import watch_settings
from aiqyn.signals.watching_country.signal import CountryWatch

COUNTRY, NOW = "XSA", date(2024, 12, 31)
RNG = np.random.default_rng
PAIRS = replace(watch_settings(), longest=2, replicates=99)


def empty_run(as_of: date = NOW) -> CountryWatch:
    return CountryWatch(as_of, last_whole_week(as_of), 10, 5, 0.5, ())


@pytest.fixture
def planted_country(quiet_country) -> pl.DataFrame:
    """Nobody was ever recruited by radio; in autumn eight were, into one sector."""
    persons = quiet_country(np.random.default_rng(3))
    days = [NOW - timedelta(70 - 7 * i) for i in range(8)]
    planted = persons.head(8).with_columns(
        recruitment=pl.lit("radio"),
        sector=pl.lit("F"),
        date_detected=pl.Series(days),
        date_reported=pl.Series([day + timedelta(3) for day in days]),
    )
    return pl.concat([persons, planted])


def test_a_channel_that_nobody_used_before_is_a_signal_though_no_series_has_its_history(
    planted_country,
) -> None:
    persons = planted_country
    found = with_new_patterns(empty_run(), persons, COUNTRY, settings=PAIRS, rng=RNG(1))
    first = found.signals[0]
    assert first.cell["recruitment"] == "radio"
    assert set(persons[list(first.persons)]["recruitment"]) == {"radio"}
    assert first.expected < 1 <= first.observed
    assert first.kind == "combination"  # of persons reported; a series' are detected


def test_its_false_alarms_are_added_to_what_the_run_states(planted_country) -> None:
    persons = planted_country
    found = with_new_patterns(empty_run(), persons, COUNTRY, settings=PAIRS, rng=RNG(1))
    assert found.expected_false_alarms == 0.5 + PAIRS.new_patterns
    assert found.series > 10


def test_a_combination_told_by_a_series_already_is_not_told_twice(planted_country) -> None:
    persons = planted_country
    once = with_new_patterns(empty_run(), persons, COUNTRY, settings=PAIRS, rng=RNG(1))
    told = replace(empty_run(), signals=once.signals)
    again = with_new_patterns(told, persons, COUNTRY, settings=PAIRS, rng=RNG(1))
    assert len(again.signals) == len(once.signals)


def test_too_short_a_history_for_combinations_is_a_caution_not_the_end_of_the_run(
    quiet_country,
) -> None:
    few = quiet_country(np.random.default_rng(4)).head(20)
    found = with_new_patterns(empty_run(), few, COUNTRY, settings=PAIRS, rng=RNG(1))
    assert [caution.code for caution in found.cautions] == ["SIG-083"]
