"""Days to periods, written so that they sort: ``2024-03``, ``2024-Q1``, ``2024-H1``, ``2024``."""

from __future__ import annotations

from datetime import date

from aiqyn.prevention.register.programme import Period

MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
SIGN: dict[Period, str] = {"quarter": "Q", "half-year": "H"}


def period_of(day: date, period: Period) -> str:
    """The period in which the day lies.

    Examples
    --------
    >>> period_of(date(2024, 5, 3), "quarter")
    '2024-Q2'
    """
    return _name(day.year, (day.month - 1) // MONTHS[period], period)


def periods_between(first: int, last: int, period: Period) -> tuple[str, ...]:
    """Every period of the years, in order."""
    each = range(12 // MONTHS[period])
    return tuple(_name(year, at, period) for year in range(first, last + 1) for at in each)


def _name(year: int, at: int, period: Period) -> str:
    if period == "year":
        return str(year)
    return f"{year}-{at + 1:02d}" if period == "month" else f"{year}-{SIGN[period]}{at + 1}"
