"""Dates of birth as lists hold them: whole, in part, day and month exchanged, or an age only.

A date that could be wrong is never mended: what is sure stays, what could be meant stands beside it
in `dob_swapped`. Full dates are read as intake reads them for an age.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from aiqyn.intake.births import FULL, SERIALS
from aiqyn.intake.cells import EXCEL_ZERO, SERIAL, TIME_TAIL

Precision = Literal["day", "month", "year", "estimated"]

PRECISIONS: tuple[Precision, ...] = ("day", "month", "year", "estimated")  # the finest first
BORN = range(1880, 2101)  # years of birth that a list of living persons can hold
ABOUT = 2  # years on either side of a year that somebody estimated
LANGUAGES = ("kk", "ru", "en")
WHOLE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")  # as most lists have it
TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")  # ISO 8601, basic format
YEAR_MONTH = re.compile(r"(?P<y>\d{4})[./ -](?P<m>\d{1,2})|(?P<m_2>\d{1,2})[./ -](?P<y_2>\d{4})")
YEAR = re.compile(r"(?P<y>\d{4})(?:\.0)?")
WORDED = re.compile(
    r"(?P<d>\d{1,2})?\s*(?P<m>[^\W\d_]{3,})\.?\s*(?P<y>\d{4})"
    r"|(?P<y_2>\d{4})\s*[^\W\d_]*\s*(?P<d_2>\d{1,2})\s*(?P<m_2>[^\W\d_]{3,})"
    r"|(?P<m_3>[^\W\d_]{3,})\.?\s+(?P<d_3>\d{1,2}),?\s*(?P<y_3>\d{4})"
)
ESTIMATE = re.compile(r"[~≈?±]|\b(?:about|approx|ca|circa|около|ок|примерно|шамамен|est)\b\.?")
YEAR_WORDS = re.compile(r"\b(?:г\s*\.?\s*р|год\w*|рожд\w*|г|жыл\w*|туған|ж|born|year|б)\b\.?")


@dataclass(frozen=True, slots=True, repr=False)
class BirthDate:
    """What is known of a date of birth. It has no repr, so that none is logged.

    Attributes
    ----------
    year, month, day : null where not known
    precision : of what is known
    swapped : the date with day and month exchanged, where a calendar has it and it differs
    impossible : no calendar has the date as written; of it the year alone is kept
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: Precision | None = None
    swapped: date | None = None
    impossible: bool = False

    @property
    def full(self) -> date | None:
        """The date where the day is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and last year of birth that are meant."""
        if self.year is None:
            return None
        about = ABOUT if self.precision == "estimated" else 0
        return self.year - about, self.year + about


def birth_date(text: str | None, precision: str | None = None) -> BirthDate:
    """What a cell tells of a date of birth.

    Parameters
    ----------
    text : ISO, with hyphens or without; day, month, year; a month in words (kk, ru, en); year and
        month; a year; the number by which Excel keeps a day. Noughts for day or month are not
        known ones.
    precision : of the column `dob_precision`; narrower than the text it wins. Without one, the
        first of January is a year: clerks write it where the day is not known.

    Examples
    --------
    >>> birth_date("1998").precision, birth_date("31.02.1998").impossible
    ('year', True)
    """
    plain = text or ""
    known: Precision | None = next((p for p in PRECISIONS if p == (precision or "").strip()), None)
    if not WHOLE.fullmatch(plain):
        plain = TIME_TAIL.sub("", plain.strip().casefold())
        if ESTIMATE.search(plain):
            known, plain = "estimated", ESTIMATE.sub(" ", plain).strip()
    parts = _parts(plain) or _parts(YEAR_WORDS.sub(" ", plain).strip(" .,"))
    if parts is None or parts[0] not in BORN:
        return BirthDate()
    return _coarsened(_checked(*parts), known)


def years_of_birth(age: int, on: date) -> tuple[int, int]:
    """The two calendar years in which a person of this age in completed years may be born.

    Examples
    --------
    >>> years_of_birth(17, date(2025, 6, 1))
    (2007, 2008)
    """
    return on.year - age - 1, on.year - age


def _parts(text: str) -> tuple[int, int, int, bool] | None:
    """Year, month, day (0 where not written), and whether day and month may be exchanged."""
    if match := WHOLE.fullmatch(text):
        return *_whole(match), True
    if (match := TOGETHER.fullmatch(text)) and _on_a_calendar(*_whole(match)):
        return *_whole(match), True
    if SERIAL.fullmatch(text) and int(float(text)) in SERIALS:
        day = (EXCEL_ZERO + timedelta(days=int(float(text)))).date()
        return day.year, day.month, day.day, False
    for form in (FULL, YEAR_MONTH, YEAR):
        if match := form.fullmatch(text):
            return *_numbers(match), True
    match = WORDED.fullmatch(text)
    return (*_numbers(match), False) if match and _month(match) else None


def _whole(match: re.Match[str]) -> tuple[int, int, int]:
    year, month, day = match.groups()
    return int(year), int(month), int(day)


def _on_a_calendar(year: int, month: int, day: int) -> bool:
    """Eight digits that are no date this way round may begin with the day: they are not read."""
    return year in BORN and bool(_date(year, month, day) or _date(year, day, month))


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    return int(_group(match, "y")), _month(match), int(_group(match, "d") or 0)


def _group(match: re.Match[str], part: str) -> str:
    """A part of a date, whichever of the forms it stands in; "" where it is not written."""
    found = match.groupdict()
    return next((v for name in (part, f"{part}_2", f"{part}_3") if (v := found.get(name))), "")


def _month(match: re.Match[str]) -> int:
    text = _group(match, "m")
    return int(text) if text.isdecimal() else _months().get(text, 0)


def _checked(year: int, month: int, day: int, exchangeable: bool) -> BirthDate:
    """The date, its exchanged form, or the year alone of a date that no calendar has."""
    if month == 0:
        return BirthDate(year, precision="year")
    if day == 0:
        if month > 12:
            return BirthDate(year, precision="year", impossible=True)
        return BirthDate(year, month, precision="month")
    swapped = _date(year, day, month) if exchangeable and day != month else None
    if _date(year, month, day) is None:
        return BirthDate(year, precision="year", swapped=swapped, impossible=True)
    return BirthDate(year, month, day, "day", swapped)


def _coarsened(found: BirthDate, known: Precision | None) -> BirthDate:
    """No finer than the list says; the first of January a year unless it says that it is a day."""
    new_year = known is None and found.precision == "day" and (found.month, found.day) == (1, 1)
    limit = "year" if new_year else known
    if found.precision is None or limit is None:
        return found
    if PRECISIONS.index(limit) <= PRECISIONS.index(found.precision):
        return found
    month = found.month if limit == "month" else None
    return BirthDate(found.year, month, None, limit, None, found.impossible)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Names of months in the three languages, as a date and a heading write them."""
    from babel.dates import get_month_names

    return {
        form: number
        for lang in LANGUAGES
        for context in ("format", "stand-alone")
        for number, name in get_month_names("wide", context, lang).items()
        for form in (name.casefold(), name.casefold()[:3])
    }
