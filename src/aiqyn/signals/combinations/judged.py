"""What is said of new and rising combinations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date

from aiqyn.signals.series.judged import Caution


@dataclass(frozen=True, slots=True)
class Emerging:
    """A combination whose share of the records has risen.

    Attributes
    ----------
    what : attribute -> value, or values where several rose together
    since : first day of the window that shows it best
    months : length of the window
    observed : records of the combination in the window
    expected : records that its share of the past (season by season) gives there
    before : records of it before the window
    score : log-likelihood ratio less the logarithm of the number of combinations of its size
    p : share of shuffled files with any combination as strong
    q : expected share of false ones among the signals down to this one
    per_month : records a month before the window and in it
    share : of all records before the window and in it
    records : rows of the table that lie in the window, from 0
    after : places of the signals whose records were set aside, where they share some
    """

    what: Mapping[str, str | tuple[str, ...]]
    since: Date
    months: int
    observed: int
    expected: float
    before: int
    score: float
    p: float
    q: float
    per_month: tuple[float, float]
    share: tuple[float, float]
    records: tuple[int, ...]
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCombinations:
    """What is new or rising, strongest first.

    Attributes
    ----------
    signals : at most `expected_false_alarms` of them are expected in a file where nothing changed
    series : combinations that were watched, margins and cells
    tested : combinations times windows
    expected_false_alarms : of the run
    as_of : the day to which it is known
    windows : their lengths in months
    drawn : shuffled files
    records : that were judged
    cautions : of the run
    """

    signals: tuple[Emerging, ...]
    series: int
    tested: int
    expected_false_alarms: float
    as_of: Date
    windows: tuple[int, ...]
    drawn: int
    records: int
    cautions: tuple[Caution, ...] = ()
