"""False alarms over all series together, on countries where nothing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.signals.watching_country.false_alarms import shares_of_false
from aiqyn.signals.watching_country.predicted import predictive, tails
from aiqyn.signals.watching_country.settings import WatchSettings, watch_settings
from aiqyn.signals.watching_country.signal import CountryWatch
from aiqyn.signals.watching_country.watching import watch_country

NOW = date(2024, 12, 31)
COUNTRY = "XSA"


def signals_of(persons: pl.DataFrame, settings: WatchSettings | None = None) -> CountryWatch:
    return watch_country(persons, COUNTRY, NOW, settings=settings, rng=np.random.default_rng(1))


def test_where_nothing_changes_a_run_raises_no_more_false_alarms_than_it_says(
    quiet_country,
) -> None:
    # Pairs at most, and few runs, keep it quick; benches/null_countries.py has hundreds.
    pairs = replace(watch_settings(), longest=2)
    runs = [signals_of(quiet_country(np.random.default_rng(seed)), pairs) for seed in range(10)]
    stated = runs[0].expected_false_alarms
    raised = sum(len(run.signals) for run in runs)
    error = (stated * len(runs)) ** 0.5
    assert runs[0].tested > 500
    assert raised <= stated * len(runs) + 2 * error


def test_a_planted_rise_in_a_cell_of_two_dimensions_comes_first(quiet_country) -> None:
    rng = np.random.default_rng(5)
    persons = quiet_country(rng)
    many = persons.filter(pl.col("region") == "XSA-07", pl.col("recruitment") == "messenger")
    last = NOW - timedelta(60)
    planted = many.head(12).with_columns(
        date_detected=pl.Series([last + timedelta(4 * i) for i in range(12)]),
        date_reported=pl.Series([last + timedelta(4 * i + 2) for i in range(12)]),
    )
    found = signals_of(pl.concat([persons, planted])).signals
    assert {"place": "XSA-07", "recruitment": "messenger"}.items() <= dict(found[0].cell).items()
    assert found[0].q < 0.01
    assert found[0].since >= last - timedelta(21)


def test_one_rise_is_one_signal_though_it_raises_every_series_that_holds_its_persons(
    quiet_country,
) -> None:
    rng = np.random.default_rng(6)
    persons = quiet_country(rng)
    planted = persons.filter(region="XSA-03").head(30).with_columns(
        date_detected=pl.Series([NOW - timedelta(10 + i) for i in range(30)]),
        date_reported=pl.Series([NOW - timedelta(9 + i) for i in range(30)]),
    )  # fmt: skip
    pairs = replace(watch_settings(), longest=2)
    found = signals_of(pl.concat([persons, planted]), pairs).signals
    assert [signal.cell.get("place") for signal in found] == ["XSA-03"]
    assert len(found[0].within) > 3


def test_the_p_value_of_two_poisson_rates_is_that_of_the_exact_conditional_test() -> None:
    # Przyborowski & Wilenski (1940): x of x + y is binomial with the share of the time.
    from scipy.stats import binom

    history, periods, now = 7, 20, 4
    one = lambda x: np.array([float(x)])  # noqa: E731  # an array of one, five times
    told = predictive(
        one(now), one(history / periods), one(1), one(history**-0.5), one(1), 0.0, periods
    )
    exact = binom.sf(now - 1, now + history, 1 / (periods + 1))
    assert told.pvalue[0] == pytest.approx(exact, rel=1e-9)


def test_after_a_silent_history_the_p_value_is_still_the_exact_one() -> None:
    periods = 40
    none = predictive(*(np.array([x]) for x in (2.0, 0.0, 1.0, np.nan, 1.0)), 0.0, periods)
    assert none.pvalue[0] == pytest.approx((1 / (periods + 1)) ** 2, rel=1e-9)


def test_tails_are_those_of_the_negative_binomial() -> None:
    from scipy.stats import nbinom

    mean, phi, count = 3.2, 1.7, 9.0
    size = mean / (phi - 1)
    found = tails(np.array([count]), np.array([mean]), np.array([phi]))[0]
    assert found == pytest.approx(nbinom.sf(count - 1, size, 1 / phi), rel=1e-9)


def test_q_never_falls_from_a_stronger_signal_to_a_weaker_one() -> None:
    q = shares_of_false([0.01, 0.3, 0.31, 0.9])
    assert list(q) == sorted(q)
    assert q[1] == pytest.approx(0.31 / 3)  # the third is hardly weaker than the second


def test_a_history_of_a_few_months_is_refused(quiet_country) -> None:
    persons = quiet_country(np.random.default_rng(1)).filter(
        pl.col("date_detected") > date(2024, 9, 1)
    )
    with pytest.raises(AnswerRefused, match="SIG-092"):
        signals_of(persons)


def test_the_same_records_and_the_same_day_give_the_same_signals(quiet_country) -> None:
    persons = quiet_country(np.random.default_rng(2))
    assert signals_of(persons) == signals_of(persons)
