"""Crime or detection: the split adds up, speaks only when it may, and refuses what it cannot know.

Tables are expected counts of independent lists, rounded: the truth is known without chance.
"""

from __future__ import annotations

from itertools import product
from math import log, prod

import numpy as np
import pytest

from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.estimates import by_stratum, crime_or_detection, stratified_rows
from aiqyn.estimates.years.detection import spread


def expected(years: dict[str, tuple[int, tuple[float, float, float]]]):
    """Persons in truth, and the probability of each of three lists, by year."""
    rows = []
    for year, (persons, chances) in years.items():
        for on in product((0, 1), repeat=3):
            share = prod(p if x else 1 - p for x, p in zip(on, chances, strict=True))
            history = sum(x << j for j, x in enumerate(on))
            if history:
                rows.append((year, history, round(persons * share)))
    return stratified_rows("t", list("ABC"), "year", rows)


def found_share(chances: tuple[float, ...]) -> float:
    return 1 - prod(1 - p for p in chances)


LOW, HIGH = (0.10, 0.12, 0.15), (0.25, 0.24, 0.30)


@pytest.fixture(scope="module")
def more_detected():
    table = expected({"2020": (20_000, LOW), "2021": (20_000, HIGH)})
    return crime_or_detection(by_stratum(table, level="own", boot=200, pthresh=1e-9))


@pytest.fixture(scope="module")
def more_crime():
    table = expected({"2020": (20_000, LOW), "2021": (40_000, LOW)})
    return crime_or_detection(by_stratum(table, level="own", boot=200, pthresh=1e-9))


def test_detection_that_doubled_is_not_taken_for_crime(more_detected):
    (change,) = more_detected.changes
    low, high = change.crime.bounds(0.95)
    assert low < 1 < high
    assert change.crime.value == pytest.approx(1, rel=0.03)
    assert change.detection.value == pytest.approx(found_share(HIGH) / found_share(LOW), rel=0.03)
    assert change.detection.bounds(0.95)[0] > 1
    told = change.text("en")
    assert "does not say that the crime rose or fell" in told
    assert "The share that was detected rose" in told


def test_crime_that_doubled_is_not_taken_for_detection(more_crime):
    (change,) = more_crime.changes
    assert change.crime.value == pytest.approx(2, rel=0.03)
    assert change.crime.bounds(0.95)[0] > 1
    low, high = change.detection.bounds(0.95)
    assert low < 1 < high
    assert "recorded or not, rose" in change.text("en")
    assert "does not say that detection rose or fell" in change.text("en")


def test_the_other_way_round_both_fall():
    table = expected({"2020": (40_000, HIGH), "2021": (20_000, LOW)})
    told = crime_or_detection(by_stratum(table, level="own", boot=200, pthresh=1e-9)).text("en")
    assert "recorded or not, fell" in told
    assert "detected fell" in told


@pytest.mark.parametrize("which", ["more_detected", "more_crime"])
def test_the_logs_of_crime_and_detection_add_up_to_the_log_of_the_counts(which, request):
    (change,) = request.getfixturevalue(which).changes
    total = log(change.crime.value) + log(change.detection.value)
    assert total == pytest.approx(log(change.persons[1] / change.persons[0]), abs=1e-12)
    for level in (0.95, 0.8):  # counts are known, so the limits mirror one another
        low, high = change.crime.bounds(level)
        mirrored = [change.counts / high, change.counts / low]
        assert change.detection.bounds(level) == pytest.approx(mirrored, rel=0.02)


def test_detection_is_the_recorded_share_of_each_year(more_detected):
    first, second = more_detected.detection
    assert first.probability.value == pytest.approx(found_share(LOW), rel=0.03)
    assert second.probability.value == pytest.approx(found_share(HIGH), rel=0.03)
    assert first.probability.bounds(0.95)[0] < found_share(LOW) < first.probability.bounds(0.95)[1]


def test_neighbouring_years_are_compared_and_then_the_first_with_the_last():
    table = expected({str(2020 + k): (9000, LOW) for k in range(3)})
    split = crime_or_detection(by_stratum(table, level="own", boot=40))
    pairs = [(c.start, c.end) for c in split.changes]
    assert pairs == [("2020", "2021"), ("2021", "2022"), ("2020", "2022")]


def test_a_year_without_overlap_is_refused_and_its_changes_with_it():
    years = expected({"2020": (9000, LOW), "2021": (9000, LOW), "2022": (9000, LOW)})
    every = zip(years.codes, years.counts, strict=True)
    rows = [(code, h, n) for code, row in every for h, n in enumerate(row) if n]
    thin = stratified_rows("t", list("ABC"), "year", [*rows, ("2023", 1, 2), ("2023", 2, 1)])
    change = crime_or_detection(by_stratum(thin, level="own", boot=40)).changes[2]
    assert change.refusal.code == "EST-075"
    assert (change.crime, change.detection) == (None, None)
    assert change.to_json()["refused"]


def test_a_year_with_nobody_refuses_its_changes():
    years = expected({"2020": (9000, LOW), "2021": (9000, LOW)})
    every = zip(years.codes, years.counts, strict=True)
    rows = [(code, h, n) for code, row in every for h, n in enumerate(row)]
    table = stratified_rows("t", list("ABC"), "year", [*rows, ("2022", 1, 0)])
    split = crime_or_detection(by_stratum(table, level="own", boot=40))
    assert split.changes[1].refusal.code == "EST-072"
    assert split.detection[2].probability is None
    assert split.to_json()["detection_probability"][2]["probability"] is None


def test_groups_that_are_no_years_are_refused():
    table = expected({"2020": (9000, LOW), "male": (9000, LOW)})
    with pytest.raises(InputRefused, match="EST-074"):
        crime_or_detection(by_stratum(table, level="own", boot=0))


def test_levels_that_lean_on_other_years_are_refused():
    table = expected({"2020": (9000, LOW), "2021": (9000, LOW)})
    with pytest.raises(UsageRefused, match="EST-032"):
        crime_or_detection(by_stratum(table, boot=0))


def test_without_an_interval_no_change_is_claimed():
    table = expected({"2020": (20_000, LOW), "2021": (40_000, LOW)})
    told = crime_or_detection(by_stratum(table, level="own", boot=0)).text("en")
    assert "rose" not in told
    assert "fell" not in told


def test_draws_that_are_no_number_are_left_out_of_a_spread():
    draws = np.append(np.arange(1.0, 1000.0), [np.nan, np.inf])
    low, high = spread(500.0, draws).bounds(0.8)
    assert (low, high) == (pytest.approx(100, abs=1), pytest.approx(900, abs=1))
