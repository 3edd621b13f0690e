"""The Kazakh individual identification number. All numbers are invented and look it."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.linkage.national_numbers import check_digit, national_number, with_national_numbers

# By hand, digit by weight. 1 January 2000, a woman (6), running number 0000:
#   0·1 0·2 0·3 1·4 0·5 1·6 6·7 0·8 0·9 0·10 0·11 = 4 + 6 + 42 = 52 = 4·11 + 8, so 8
FIRST_PASS = "000101600008"
# 2 January 2000, a man (5), 0000: 1·4 + 2·6 + 5·7 = 51 = 4·11 + 7, so 7
MALE = "000102500007"
# 4 January 2000, a woman, 0211: 1·4 + 4·6 + 6·7 + 2·9 + 1·10 + 1·11 = 109 = 9·11 + 10, so again:
#   1·6 + 4·8 + 6·9 + 2·11 + 1·1 + 1·2 = 117 = 10·11 + 7, so 7
SECOND_PASS = "000104602117"
# 3 January 2000, a man, 1001: 1·4 + 3·6 + 5·7 + 1·8 + 1·11 = 76 = 6·11 + 10, so again:
#   1·6 + 3·8 + 5·9 + 1·10 + 1·2 = 87 = 7·11 + 10, so no such number is given out
NOT_GIVEN_OUT = "00010351001"


@pytest.mark.parametrize(
    ("number", "dob", "sex"),
    [
        (FIRST_PASS, date(2000, 1, 1), "female"),
        (MALE, date(2000, 1, 2), "male"),
        (SECOND_PASS, date(2000, 1, 4), "female"),
    ],
)
def test_a_number_reckoned_by_hand_is_right(number: str, dob: date, sex: str) -> None:
    found = national_number(number)
    assert found is not None
    assert (found.dob, found.sex) == (dob, sex)


def test_a_number_whose_remainder_is_ten_twice_is_not_given_out() -> None:
    assert check_digit(NOT_GIVEN_OUT) is None
    assert all(national_number(f"{NOT_GIVEN_OUT}{digit}") is None for digit in range(10))


@pytest.mark.parametrize("place", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11])
@pytest.mark.parametrize("by", range(1, 10))
def test_one_wrong_digit_is_noticed(place: int, by: int) -> None:
    """The sum moves by weight times difference, never by a multiple of 11: a remainder changes."""
    wrong = _with(FIRST_PASS, place, by)
    first = sum(int(d) * w for d, w in zip(wrong[:11], range(1, 12), strict=True)) % 11
    assert national_number(wrong) is None or first == 10  # the second weights then answer


def test_the_eleventh_digit_is_not_checked_by_the_published_weights() -> None:
    """Its weight is 11, nothing modulo 11: a right check digit is no proof of a right number."""
    assert national_number(_with(FIRST_PASS, 10, 1)) is not None


def _with(number: str, place: int, by: int) -> str:
    digit = (int(number[place]) + by) % 10
    return f"{number[:place]}{digit}{number[place + 1 :]}"


@pytest.mark.parametrize("century_and_sex", ["0", "7", "8", "9"])
def test_a_seventh_digit_of_no_century_is_no_such_number(century_and_sex: str) -> None:
    eleven = f"000101{century_and_sex}0000"
    assert national_number(f"{eleven}{check_digit(eleven)}") is None


@pytest.mark.parametrize(
    ("digit", "year", "sex"),
    [
        ("1", 1899, "male"),
        ("2", 1899, "female"),
        ("3", 1999, "male"),
        ("4", 1999, "female"),
        ("5", 2099, "male"),
        ("6", 2099, "female"),
    ],
)
def test_the_seventh_digit_is_century_and_sex(digit: str, year: int, sex: str) -> None:
    for running in range(20):
        eleven = f"991231{digit}{running:04}"
        if (check := check_digit(eleven)) is not None:
            found = national_number(f"{eleven}{check}")
            assert found is not None
            assert (found.dob, found.sex) == (date(year, 12, 31), sex)


def test_a_date_that_no_calendar_has_is_no_such_number() -> None:
    eleven = "00023150000"
    assert check_digit(eleven) is not None
    assert national_number(f"{eleven}{check_digit(eleven)}") is None


def test_blanks_and_hyphens_do_not_matter_and_other_numbers_are_kept_for_comparison() -> None:
    texts = ["0001 0160-0008", FIRST_PASS, "N 00-123 AB", "000101600009", "000000000000", "-", None]
    told = with_national_numbers(pl.DataFrame({"national_id": texts}))
    assert told["iin_ok"].to_list() == [True, True, False, False, None, None, None]
    assert told["iin_dob"].to_list() == [date(2000, 1, 1)] * 2 + [None] * 5
    assert told["iin_sex"].to_list() == ["female"] * 2 + [None] * 5
    keys = told["national_key"].to_list()
    assert keys == [FIRST_PASS] * 2 + ["n00123ab", "000101600009", None, None, None]


@settings(deadline=None)
@given(st.text(max_size=16), st.text("0123456789 -", max_size=16))
def test_no_text_raises(one: str, other: str) -> None:
    for text in (one, other):
        national_number(text)
        assert with_national_numbers(pl.DataFrame({"national_id": [text]})).height == 1


def test_a_number_shows_nothing_when_it_is_printed() -> None:
    assert "2000" not in repr(national_number(FIRST_PASS))
