"""Kazakhstan's individual identification number (IIN, ЖСН, ИИН): check digit and what it tells.

Twelve digits: year, month and day of birth (two each), century and sex, four of a running number,
a check digit. Since decree 853 of 26 August 2013 a number need not agree with the holder's date of
birth or sex: it is not changed when those are corrected. What stands in it is a hint, not a proof.
Nor does the check digit see the eleventh digit, whose first weight is 11.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

FIRST_WEIGHTS = tuple(range(1, 12))
SECOND_WEIGHTS = (*range(3, 12), 1, 2)
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
SIGNS = re.compile(r"[\W_]+")
DIGITS = re.compile(r"[0-9]{12}")
NOT_GIVEN = re.compile(r"0+|9+|x+")
COLUMNS = ("iin_ok", "iin_dob", "iin_sex", "national_key")


@dataclass(frozen=True, slots=True, repr=False)
class NationalNumber:
    """What a number with a right check digit tells. Neither the number nor a repr is kept.

    Attributes
    ----------
    dob : the date of birth within it
    sex : of the code list `sex`; odd is male
    """

    dob: date
    sex: Literal["female", "male"]


def national_number(value: str | None) -> NationalNumber | None:
    """The date and sex within an IIN; null for what is no IIN.

    Blanks and hyphens do not matter. Null where the check digit is wrong, where no calendar has the
    date, or where the seventh digit names no century. No error holds the value.

    References
    ----------
    Rules for forming the identification number, Government decree 406 of 22 May 2007 (as in force
    to 26 August 2013), adilet.zan.kz P070000406.
    """
    digits = SIGNS.sub("", value or "")
    if not DIGITS.fullmatch(digits) or check_digit(digits[:11]) != int(digits[11]):
        return None
    if (century := CENTURIES.get(digits[6])) is None:
        return None
    try:
        dob = date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None
    return NationalNumber(dob, "male" if int(digits[6]) % 2 else "female")


def check_digit(eleven: str) -> int | None:
    """The twelfth digit: the sum of digits by weight, modulo 11.

    A remainder of 10 is reckoned again with the second weights; where it is 10 again the number is
    not given out, and the answer is null.
    """
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        rest: int = sum(int(d) * w for d, w in zip(eleven, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def with_national_numbers(records: pl.DataFrame) -> pl.DataFrame:
    """The records with what their `national_id` tells; a missing column counts as empty.

    Returns
    -------
    `iin_ok`: a right IIN (false: another kind of number, or a slip; null: none given);
    `iin_dob` (date), `iin_sex`; `national_key`: any number in small letters and digits alone, for
    comparison; null where it is all noughts, nines or x.
    """
    empty = pl.Series("national_id", [None] * records.height, pl.String)
    texts = records["national_id"] if "national_id" in records.columns else empty
    texts = texts.cast(pl.String)
    distinct = texts.drop_nulls().unique()
    keys = [_key(text) for text in distinct.to_list()]
    found = [national_number(key) for key in keys]
    table = pl.DataFrame(
        {
            "text": distinct,
            "iin_ok": pl.Series(
                [n is not None if k else None for k, n in zip(keys, found, strict=True)],
                dtype=pl.Boolean,
            ),
            "iin_dob": pl.Series([n.dob if n else None for n in found], dtype=pl.Date),
            "iin_sex": pl.Series([n.sex if n else None for n in found], dtype=pl.String),
            "national_key": pl.Series(keys, dtype=pl.String),
        }
    )
    told = pl.DataFrame({"text": texts}).join(table, on="text", how="left", maintain_order="left")
    return records.drop(COLUMNS, strict=False).hstack(told.select(COLUMNS))


def _key(text: str) -> str | None:
    plain = SIGNS.sub("", text).casefold()
    return None if not plain or NOT_GIVEN.fullmatch(plain) else plain
