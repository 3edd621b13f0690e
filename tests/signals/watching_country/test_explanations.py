"""What else could explain a signal; and weeks in which nobody was recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from aiqyn.signals.watching_country.explanations import explanations
from aiqyn.signals.watching_country.rise import weeks_since
from aiqyn.signals.watching_country.settings import watch_settings
from aiqyn.signals.watching_country.signal import Signal
from aiqyn.signals.watching_country.watching import watch_country

UNTIL = date(2025, 10, 26)
CHANGE = {"code": "D-1", "date": "2025-07-01", "until": "", "region": "XSA-02", "agency": "labour"}


def people(agencies: list[str], days: list[date]) -> pl.DataFrame:
    """The signal's ten persons first, then ninety others of all agencies."""
    usual = ["police", "shelter", "labour"] * 30
    return pl.DataFrame(
        {
            "agency": [*agencies, *usual],
            "region": ["XSA-02"] * 100,
            "date_reported": [*days, *([date(2024, 5, 5)] * 90)],
        }
    )


def signal(share: float = 0.97) -> Signal:
    cell = {"place": "XSA-02"}
    start = date(2025, 8, 4)
    return Signal(
        cell, 13, start, 10, 2.0, 0, 5, share, 1e-6, 0.01, 0.01, tuple(range(10)), 0.2, ()
    )


MIXED = [
    "police",
    "shelter",
    "labour",
    "police",
    "shelter",
    "labour",
    "police",
    "shelter",
    "labour",
    "police",
]
SPREAD = [date(2025, 9, 1) + timedelta(i) for i in range(10)]


def kinds(agencies: list[str], days: list[date], change: dict[str, str] | None = None) -> set[str]:
    changes = [change] if change else []
    found = explanations(signal(), people(agencies, days), changes, {}, {}, UNTIL)
    return {one.kind for one in found}


def test_nothing_is_said_where_nothing_is_odd() -> None:
    assert kinds(MIXED, SPREAD) == set()


def test_an_agency_that_noticed_nearly_all_of_them_is_named() -> None:
    assert kinds(["labour"] * 9 + ["police"], SPREAD) == {"agency"}


def test_half_of_them_reported_on_one_day_may_be_one_case() -> None:
    assert kinds(MIXED, [date(2025, 9, 1)] * 5 + SPREAD[5:]) == {"batch"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, True),
        ({"region": "XSA-05"}, False),  # elsewhere
        ({"region": "_all"}, True),
        ({"agency": "police"}, False),  # noticed one of ten
        ({"date": "2023-01-01"}, False),  # no longer new
        ({"date": "2023-01-01", "until": "2025-09-01"}, True),  # still going on
        ({"until": "2025-07-20"}, False),  # over before the rise
        ({"date": "2025-11-01"}, False),  # not yet
    ],
)
def test_a_change_in_detection_is_told_when_it_was_new_there_and_then(change, told) -> None:
    assert ("detection" in kinds(["labour"] * 9 + ["police"], SPREAD, CHANGE | change)) is told


def test_reports_still_coming_are_told_with_the_share_that_is_known() -> None:
    found = explanations(signal(0.6), people(MIXED, SPREAD), [], {}, {}, UNTIL)
    assert [(one.kind, one.slots["share"]) for one in found] == [("delay", 0.6)]


def test_the_rise_is_dated_from_the_week_in_which_it_began() -> None:
    weekly = np.array([3.0, 2, 4, 3, *([0.0, 1, 0, 0] * 12)])  # the last week first
    assert weeks_since(weekly, 0.25) == 3


def test_weeks_without_anybody_in_the_past_are_not_known_instead_of_zero(quiet_country) -> None:
    persons = quiet_country(np.random.default_rng(8))
    gone = pl.col("date_detected").is_between(date(2023, 1, 2), date(2023, 2, 26))
    run = watch_country(
        persons.filter(~gone), "XSA", date(2024, 12, 31),
        settings=replace(watch_settings(), longest=1), rng=np.random.default_rng(1),
    )  # fmt: skip
    assert {c.code: c.slots for c in run.cautions}["SIG-188"] == {"n": 8}
    assert run.signals == ()
