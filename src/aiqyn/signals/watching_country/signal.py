"""What a run over a country found: its signals, and how many false ones were to be expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aiqyn.signals.series.judged import Caution
from aiqyn.signals.watching_country.bars import Bar


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


@dataclass(frozen=True, slots=True)
class CountryWatch:
    """What a run over a country found.

    Attributes
    ----------
    until : the last day of the last whole week
    series, tested : combinations that somebody belongs to, and those with history enough
    expected_false_alarms : of a run in which nothing changed, at most
    """

    as_of: date
    until: date
    series: int
    tested: int
    expected_false_alarms: float
    signals: tuple[Signal, ...]
    cautions: tuple[Caution, ...] = ()
