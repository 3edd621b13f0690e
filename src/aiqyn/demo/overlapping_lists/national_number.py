"""Kazakh individual identification numbers (IIN) with a right check digit, for invented persons."""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.demo.draws import Bools, Ints, Rng

FIRST_SERIAL = 9_000  # drawn from the last thousand of a day's serial numbers


def national_numbers(born: Ints, woman: Bools, holds: Bools) -> pl.Series:
    """One number each: YYMMDD, century and sex, four of a serial, a check digit.

    Parameters
    ----------
    born : days since 1970; `woman`, `holds` (a number at all), shape (persons,)

    Returns
    -------
    Text of twelve digits; null for who holds none, or whose serial has no check digit.
    """
    born, woman, place = born[holds], woman[holds], np.flatnonzero(holds)
    day = born.astype("datetime64[D]")
    year = day.astype("datetime64[Y]").astype(np.int64) + 1970
    month = day.astype("datetime64[M]").astype(np.int64) % 12 + 1
    date = (day - day.astype("datetime64[M]")).astype(np.int64) + 1
    century = 3 + 2 * (year >= 2000) + woman
    serial = FIRST_SERIAL + _rank_within(born * 2 + woman)
    body = (((year % 100 * 100 + month) * 100 + date) * 10 + century) * 10_000 + serial
    check = check_digit(body)
    valid = (check < 10) & (serial < 10_000)
    text = pl.Series(body * 10 + check).cast(pl.String).str.zfill(12)
    numbers = pl.repeat(None, len(holds), dtype=pl.String, eager=True)
    return numbers.scatter(place[valid], text.filter(pl.Series(valid)))


def holders(rng: Rng, citizen: Bools, share: float) -> Bools:
    """Which citizens hold a number."""
    return citizen & (rng.random(len(citizen)) < share)


def check_digit(body: Ints) -> Ints:
    """The twelfth digit of eleven; 10 where there is none and the serial is not given out.

    Notes
    -----
    Weights 1…11, remainder by 11; where that is 10, once more with weights 3…11, 1, 2.
    """
    digits = body[:, None] // 10 ** np.arange(10, -1, -1) % 10
    first = digits @ np.arange(1, 12) % 11
    second = digits @ np.array([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11
    return np.where(first < 10, first, second)


def _rank_within(group: Ints) -> Ints:
    """0, 1, 2 … within each group, in the order given."""
    order = np.argsort(group, kind="stable")
    _, start, size = np.unique(group[order], return_index=True, return_counts=True)
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(start, size)
    return rank
