"""Dates of birth in part, exchanged, impossible, or an age only."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.linkage.birth_date_columns import with_birth_dates
from aiqyn.linkage.birth_dates import birth_date, years_of_birth

DAYS = st.dates(date(1900, 1, 2), date(2025, 12, 31)).filter(lambda d: (d.month, d.day) != (1, 1))
MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}


@settings(deadline=None)
@given(DAYS)
def test_a_full_date_is_the_same_in_every_usual_form(day: date) -> None:
    forms = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y.%m.%d", "%Y-%m-%d 00:00:00"]
    worded = [f"{day.day} {names.split()[day.month - 1]} {day.year}" for names in MONTHS.values()]
    worded += [f"{day.year} жылғы {day.day} {MONTHS['kk'].split()[day.month - 1]}"]
    worded += [f"{worded[1]} г.", f"{MONTHS['en'].split()[day.month - 1]} {day.day}, {day.year}"]
    for text in [*(f"{day:{form}}" for form in forms), *worded]:
        found = birth_date(text)
        assert (found.full, found.precision) == (day, "day"), text


@settings(deadline=None)
@given(DAYS)
def test_day_and_month_are_exchanged_where_a_calendar_has_it(day: date) -> None:
    swapped = birth_date(day.isoformat()).swapped
    if day.day <= 12 and day.day != day.month:
        assert swapped == date(day.year, day.day, day.month)
    else:
        assert swapped is None


@settings(deadline=None)
@given(DAYS)
def test_a_month_in_words_is_not_exchanged(day: date) -> None:
    assert birth_date(f"{day.day} {MONTHS['ru'].split()[day.month - 1]} {day.year}").swapped is None


@pytest.mark.parametrize(
    ("text", "year", "month", "precision"),
    [
        ("1998", 1998, None, "year"),
        ("1998.0", 1998, None, "year"),
        ("1998 г.р.", 1998, None, "year"),
        ("1998 ж.", 1998, None, "year"),
        ("1998 жылы туған", 1998, None, "year"),
        ("1998-05", 1998, 5, "month"),
        ("05.1998", 1998, 5, "month"),
        ("мамыр 1998", 1998, 5, "month"),
        ("00.05.1998", 1998, 5, "month"),
        ("1998-00-00", 1998, None, "year"),
        ("00.00.1998", 1998, None, "year"),
        ("01.01.1998", 1998, None, "year"),
        ("1998-01-01", 1998, None, "year"),
        ("~1998", 1998, None, "estimated"),
        ("ок. 1998 г.р.", 1998, None, "estimated"),
        ("шамамен 1998", 1998, None, "estimated"),
        ("about 1998", 1998, None, "estimated"),
        ("", None, None, None),
        ("неизвестно", None, None, None),
        ("1098", None, None, None),
        ("12.05.98", None, None, None),
    ],
)
def test_what_is_known_of_a_date_is_kept_and_no_more(
    text: str, year: int | None, month: int | None, precision: str | None
) -> None:
    found = birth_date(text)
    assert (found.year, found.month, found.day, found.precision) == (year, month, None, precision)
    assert found.full is None


@pytest.mark.parametrize(
    ("text", "year", "swapped"),
    [
        ("31.02.1998", 1998, None),
        ("29.02.1999", 1999, None),
        ("1998-13-05", 1998, date(1998, 5, 13)),
        ("05/13/1998", 1998, date(1998, 5, 13)),
    ],
)
def test_of_an_impossible_date_the_year_stays(text: str, year: int, swapped: date | None) -> None:
    found = birth_date(text)
    assert (found.year, found.month, found.day) == (year, None, None)
    assert (found.impossible, found.swapped) == (True, swapped)


def test_the_list_may_say_that_a_first_of_january_is_a_day() -> None:
    assert birth_date("1998-01-01", "day").full == date(1998, 1, 1)
    assert birth_date("1998-05-12", "year").month is None
    assert birth_date("1998-05-12", "month").month == 5
    assert birth_date("1998", "day").precision == "year"


def test_an_estimated_year_is_a_range() -> None:
    assert birth_date("1998", "estimated").years == (1996, 2000)
    assert birth_date("1998").years == (1998, 1998)


@settings(deadline=None)
@given(DAYS, st.integers(0, 40000))
def test_the_years_of_birth_hold_everyone_of_that_age(born: date, later: int) -> None:
    on = date.fromordinal(born.toordinal() + later)
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    low, high = years_of_birth(age, on)
    assert low <= born.year <= high
    assert high - low == 1


def test_an_age_on_a_day_gives_the_years_where_no_date_does() -> None:
    records = pl.DataFrame(
        {
            "dob": [None, "1990-03-04", None],
            "age": ["17", "40", None],
            "age_on": [date(2025, 6, 1), date(2025, 6, 1), date(2025, 6, 1)],
        }
    )
    found = with_birth_dates(records).select("dob_year_low", "dob_year_high", "dob_precision")
    assert found.rows() == [(2007, 2008, "estimated"), (1990, 1990, "day"), (None, None, None)]


def test_dates_may_come_as_dates_and_the_rows_stay() -> None:
    records = pl.DataFrame({"id": [1, 2], "dob": [date(1998, 5, 12), None]})
    found = with_birth_dates(records)
    assert found.select("id", "dob").equals(records)
    assert found["dob_date"].to_list() == [date(1998, 5, 12), None]


@settings(deadline=None)
@given(st.text(max_size=20), st.text("0123456789./- г~", max_size=12))
def test_no_text_raises(one: str, other: str) -> None:
    for text in (one, other):
        found = birth_date(text, one)
        assert found.full is None or found.precision == "day"


def test_a_birth_date_shows_nothing_when_it_is_printed() -> None:
    assert "1998" not in repr(birth_date("1998-05-12"))


def test_eight_digits_are_a_date_where_a_calendar_has_it_with_the_year_first() -> None:
    assert birth_date("19991230").full == date(1999, 12, 30)
    assert birth_date("19993012").swapped == date(1999, 12, 30)
    assert birth_date("30121999").year is None  # 3012 is no year of birth
    assert birth_date("20111985").year is None  # 20 November 1985, or nothing
