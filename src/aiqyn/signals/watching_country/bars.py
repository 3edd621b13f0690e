"""A signal's last year by four weeks: found, expected, and what is still to be reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from aiqyn.signals.series.judged import Floats
from aiqyn.signals.watching_country.predicted import quantile

WEEKS, BARS = 4, 13
WHOLE = 0.95  # share known from which four weeks count as reported


@dataclass(frozen=True, slots=True)
class Bar:
    """Four weeks.

    Attributes
    ----------
    first : their first day, a Monday
    found : persons known
    share : of those detected, known by now
    expected, low, high : of all of them, if nothing had changed; the middle 95 %
    middle, least, most : nowcast of all of them; `found` where they are whole
    """

    first: date
    found: int
    share: float
    expected: float
    low: int
    high: int
    middle: int
    least: int
    most: int

    @property
    def whole(self) -> bool:
        """Whether nearly all of them are known."""
        return self.share >= WHOLE

    @property
    def over(self) -> bool:
        """Whether more were found than the middle 95 % reaches to."""
        return self.found > self.high


def last_year(
    weekly: Floats, shares: Floats, usual: float, phi: float, until: date
) -> tuple[Bar, ...]:
    """Thirteen bars, the oldest first.

    Parameters
    ----------
    weekly : (52,) persons by week, the last first
    shares : (13,) share known of four weeks, the last first
    usual : persons a week that the history leads one to expect
    phi : dispersion
    """
    bars = (
        _bar(
            int(weekly[WEEKS * k : WEEKS * (k + 1)].sum()),
            float(shares[k]),
            usual * WEEKS,
            phi,
            until,
            k,
        )
        for k in reversed(range(BARS))
    )
    return tuple(bars)


def _bar(found: int, share: float, expected: float, phi: float, until: date, back: int) -> Bar:
    first = until - timedelta(7 * WEEKS * (back + 1) - 1)
    low, high = quantile(0.975, expected, phi), quantile(0.025, expected, phi)
    middle, least, most = _nowcast(found, share)
    return Bar(first, found, share, expected, low, high, middle, least, most)


def _nowcast(found: int, share: float) -> tuple[int, int, int]:
    """Median and 95 % of all, given what is found of them.

    The rate is Poisson and nothing else is known of it: with a flat prior those still missing are
    negative binomial, of size found + 1 and variance over mean 1 / share.
    """
    if share >= WHOLE:
        return found, found, found
    mean, phi = (found + 1) * (1 - share) / share, 1 / share
    middle, least, most = (quantile(tail, mean, phi) for tail in (0.5, 0.975, 0.025))
    return found + middle, found + least, found + most
