"""What is said of new and rising combinations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date

from aiqyn.signals.series.judged import Caution


@dataclass(frozen=True, slots=True)
class Emerging:
    """A combination, or a group of values, whose share of the records has risen.

    Attributes
    ----------
    what : attribute -> value; in a group the values of which a record has one
    since : first day of the window that shows it best
    months : length of the window
    observed : records of the combination in the window
    expected : records that its share of the past (season by season) gives there
    before : records of it before the window
    score : log-likelihood ratio less the logarithm of the number of combinations of its size; of a
        group less its penalties
    p : share of shuffled files with any combination (any group) as strong
    q : expected share of false ones among the signals down to this one
    per_month : records a month before the window and in it
    share : of all records before the window and in it
    by_month : records of each month, the last two years at most, the latest last
    busiest_day : the most records that one day of the window has
    records : rows of the table that lie in the window (its column `_row`, or else from 0)
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
    by_month: tuple[int, ...]
    busiest_day: int
    records: tuple[int, ...]
    after: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        """``new``; ``rising``; or ``share``: not more a month than before, but of fewer in all."""
        if not self.before:
            return "new"
        return "rising" if self.per_month[1] > self.per_month[0] else "share"

    @property
    def is_group(self) -> bool:
        """Whether an attribute may have one of several values."""
        return any(not isinstance(value, str) for value in self.what.values())

    @property
    def one_day(self) -> bool:
        """Whether most of it came to notice on one day."""
        return 2 * self.busiest_day > self.observed


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
    seen_from : for some shares of the past the fewest records in the longest window that would be
        a signal: (share, records, expected)
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
    seen_from: tuple[tuple[float, int, float], ...]
    cautions: tuple[Caution, ...] = ()
