"""What a run over a country found: its signals, and how many false ones were to be expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from aiqyn.signals.series.judged import Caution
from aiqyn.signals.watching_country.bars import Bar
from aiqyn.signals.watching_country.seen_from import SeenFrom

Kind = Literal["series", "cluster", "combination"]


@dataclass(frozen=True, slots=True)
class RegionOfCluster:
    """One region of a cluster: persons known of its window, and how many were expected."""

    code: str
    observed: int
    expected: float


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that happened, as far as counts can tell.

    Attributes
    ----------
    cell : dimension -> value
    weeks : length of the window, which ends on the last whole week
    since : Monday of the week in which the rise began
    observed : persons of the window known so far
    expected, low, high : what would be known by now if nothing had changed, and its middle 95 %
    share : of those detected in the window, known by now
    pvalue, strength, q : chance of as many; false alarms expected as strong; share of false ones
    persons : rows of the persons given
    usual : persons a week that the history leads one to expect, all of them known
    bars : the last year by four weeks, the oldest first
    within : cells that it explains, the strongest first
    kind : a series over its past; neighbouring regions together; a combination new or rising
    regions : of a cluster
    """

    cell: Mapping[str, str]
    weeks: int
    since: date
    observed: int
    expected: float
    low: int
    high: int
    share: float
    pvalue: float
    strength: float
    q: float
    persons: tuple[int, ...]
    usual: float
    bars: tuple[Bar, ...]
    within: tuple[Mapping[str, str], ...] = ()
    kind: Kind = "series"
    regions: tuple[RegionOfCluster, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryWatch:
    """What a run over a country found.

    Attributes
    ----------
    until : the last day of the last whole week
    series, tested : combinations that somebody belongs to, and those with history enough
    expected_false_alarms : of a run in which nothing changed, at most
    clusters : sets of neighbouring regions that were tried, in all forms and windows
    seen_from : how many persons a signal takes in its series, and how large a rise is found
    """

    as_of: date
    until: date
    series: int
    tested: int
    expected_false_alarms: float
    signals: tuple[Signal, ...]
    cautions: tuple[Caution, ...] = ()
    clusters: int = 0
    seen_from: tuple[SeenFrom, ...] = ()
