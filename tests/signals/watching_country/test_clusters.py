"""Neighbouring regions that rise together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from aiqyn.signals.watching_country.clusters.strata import Stratum
from aiqyn.signals.watching_country.clusters.with_clusters import with_clusters
from aiqyn.signals.watching_country.explanations import explanations
from aiqyn.signals.watching_country.series_of_country import last_whole_week
from aiqyn.signals.watching_country.settings import watch_settings
from aiqyn.signals.watching_country.signal import CountryWatch
from aiqyn.signals.watching_country.watching import watch_country

COUNTRY, NOW = "XSA", date(2024, 12, 31)
RING = [f"XSA-{i:02d}" for i in range(1, 12)]  # eleven regions round a lake
BESIDE = {one: frozenset({RING[i - 1], RING[(i + 1) % len(RING)]}) for i, one in enumerate(RING)}
CLUSTER = ("XSA-03", "XSA-04", "XSA-05")
RNG = np.random.default_rng


def nothing_told() -> CountryWatch:
    return CountryWatch(NOW, last_whole_week(NOW), 10, 5, 0.5, ())


def planted(persons: pl.DataFrame, more: int, regions: tuple[str, ...] = CLUSTER) -> pl.DataFrame:
    """`more` persons in each of the regions in the latest ten weeks, all of them known."""
    parts = [persons]
    for region in regions:
        who = persons.filter(region=region).sample(more, seed=more)
        days = [NOW - timedelta(6 + (60 * i) // more) for i in range(more)]
        parts.append(
            who.with_columns(
                date_detected=pl.Series(days),
                date_reported=pl.Series([day + timedelta(3) for day in days]),
            )
        )
    return pl.concat(parts)


def clusters(persons: pl.DataFrame, watch: CountryWatch | None = None) -> CountryWatch:
    return with_clusters(watch or nothing_told(), persons, COUNTRY, BESIDE, rng=RNG(1))


def test_three_neighbours_that_rise_together_are_told_with_their_regions(quiet_country) -> None:
    found = clusters(planted(quiet_country(RNG(14)), 5)).signals
    assert [signal.kind for signal in found] == ["cluster"]
    assert {region.code for region in found[0].regions} == set(CLUSTER)
    assert found[0].cell == {"place": "+".join(CLUSTER)}
    assert found[0].observed == sum(region.observed for region in found[0].regions)
    assert found[0].expected == pytest.approx(sum(one.expected for one in found[0].regions))
    assert found[0].since >= NOW - timedelta(100)


def test_no_series_tells_what_the_cluster_tells(quiet_country) -> None:
    persons = planted(quiet_country(RNG(14)), 5)
    pairs = replace(watch_settings(), longest=2)
    watch = watch_country(persons, COUNTRY, NOW, settings=pairs, rng=RNG(1))
    assert not any(signal.cell.get("place") in CLUSTER for signal in watch.signals), watch.signals


def test_a_loud_region_with_a_signal_of_its_own_is_not_told_again(quiet_country) -> None:
    persons = planted(quiet_country(RNG(11)), 30, ("XSA-04",))
    pairs = replace(watch_settings(), longest=2)
    watch = watch_country(persons, COUNTRY, NOW, settings=pairs, rng=RNG(1))
    assert watch.signals[0].cell["place"] == "XSA-04"
    assert clusters(persons, watch).signals == watch.signals


def test_where_nothing_changes_clusters_are_no_more_than_the_run_states(quiet_country) -> None:
    # Few and small; benches/null_countries.py has hundreds with seasons, growth and dispersion.
    runs = [clusters(quiet_country(RNG(seed))) for seed in range(100, 112)]
    stated = runs[0].expected_false_alarms - nothing_told().expected_false_alarms
    assert stated == pytest.approx(watch_settings().clusters)
    assert sum(len(run.signals) for run in runs) <= 12 * stated + 2 * (12 * stated) ** 0.5
    assert runs[0].clusters > 100


def test_a_part_of_a_cluster_is_not_told_beside_it(quiet_country) -> None:
    found = clusters(planted(quiet_country(RNG(14)), 8)).signals  # in its forms alone it rises too
    assert [{region.code for region in one.regions} for one in found] == [set(CLUSTER)]


def test_without_neighbours_there_is_no_search_and_the_reader_is_told(quiet_country) -> None:
    found = with_clusters(nothing_told(), quiet_country(RNG(1)), COUNTRY, {}, rng=RNG(1))
    assert [caution.code for caution in found.cautions] == ["SIG-194"]
    assert found.expected_false_alarms == 0.5


def test_a_drawn_country_has_the_mean_and_the_variance_of_the_fit_and_the_delay_in_common() -> None:
    mean, phi, spread = np.array([20.0, 40.0]), np.array([1.0, 2.5]), 0.2
    one = Stratum(None, 0, np.arange(2), ("a", "b"), mean, mean, phi, spread)
    drawn = one.drawn(200_000, RNG(3))
    assert drawn.mean(axis=0) == pytest.approx(mean, rel=0.01)
    wanted = mean * phi + (mean * spread) ** 2
    assert drawn.var(axis=0) == pytest.approx(wanted, rel=0.03)
    assert np.cov(drawn.T)[0, 1] == pytest.approx(mean.prod() * spread**2, rel=0.03)
    total, over = one.together(np.arange(2))
    assert drawn.sum(axis=1).var() == pytest.approx(total * over, rel=0.03)


def test_a_new_region_in_a_cluster_is_told_as_another_explanation(quiet_country) -> None:
    persons = planted(quiet_country(RNG(14)), 5).with_columns(agency=pl.lit("police"))
    signal = clusters(persons).signals[0]
    founded = {"XSA-04": date(2022, 6, 8)}
    told = explanations(signal, persons, (), {}, founded, NOW)
    assert ("place", "XSA-04") in {(one.kind, one.code) for one in told}
