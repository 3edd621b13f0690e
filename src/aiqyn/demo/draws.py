"""Drawing many persons at once: choices from rows of shares, sets of facts as bit masks, delays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Rng = np.random.Generator
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def stage(seed: int, number: int) -> Rng:
    """A generator of its own for each stage, so that one stage's draws never move another's."""
    return np.random.default_rng([seed, number])


def choose(rng: Rng, shares: Floats, which: Ints) -> Ints:
    """One choice a person: `shares` is (kinds of person, options), `which` the person's kind."""
    cumulative = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)
    uniform = rng.random(len(which))
    chosen = np.zeros(len(which), dtype=np.int64)
    for option in range(shares.shape[1] - 1):
        chosen += uniform > cumulative[which, option]
    return chosen


def choose_alike(rng: Rng, shares: Mapping[str, float], n: int) -> Ints:
    """One choice each for `n` persons of the same kind."""
    return choose(rng, np.array([list(shares.values())]), np.zeros(n, dtype=np.int64))


def choose_set(rng: Rng, shares: Floats, which: Ints) -> Ints:
    """A set of facts a person as a bit mask, each fact by itself; never empty."""
    mask = np.zeros(len(which), dtype=np.int64)
    for option in range(shares.shape[1]):
        mask |= (rng.random(len(which)) < shares[which, option]).astype(np.int64) << option
    return np.where(mask == 0, 1 << choose(rng, shares, which), mask)


def drop_some(rng: Rng, mask: Ints, share: float, options: int) -> Ints:
    """The set with each fact lost by chance; the last one is never lost."""
    kept = mask.copy()
    for option in range(options):
        kept &= ~((rng.random(len(mask)) < share).astype(np.int64) << option)
    return np.where(kept == 0, mask, kept)


def without_parents(mask: Ints, codes: Sequence[str], parent: Callable[[str], str | None]) -> Ints:
    """The set without codes that stand above another code of it: the narrower word is enough."""
    for bit, code in enumerate(codes):
        above = parent(code)
        while above is not None:
            if above in codes:
                clear = (mask >> bit & 1) << codes.index(above)
                mask = mask & ~clear
            above = parent(above)
    return mask


def names_of(mask: Ints, codes: Sequence[str]) -> pl.Series:
    """Bit masks as lists of codes."""
    distinct, place = np.unique(mask, return_inverse=True)
    lists = [[code for bit, code in enumerate(codes) if m >> bit & 1] for m in distinct.tolist()]
    return pl.Series(lists, dtype=pl.List(pl.String)).gather(place)


def words_of(index: Ints, codes: Sequence[str]) -> pl.Series:
    """Indices as codes."""
    return pl.Series(list(codes), dtype=pl.String).gather(index)


def days(rng: Rng, median: float, sigma: float, n: int) -> Ints:
    """Log-normal waiting times in whole days."""
    return np.rint(median * np.exp(sigma * rng.standard_normal(n))).astype(np.int64)


def dates(day: Ints) -> pl.Series:
    """Days since 1 January 1970 as dates."""
    return pl.Series(day, dtype=pl.Int32).cast(pl.Date)
