"""Rows that agree on some columns: how many there are, a missing value counted either way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl

from aiqyn.errors import InputRefused

MISSING = 0  # code of a value that is not there


@dataclass(frozen=True, slots=True)
class Encoded:
    """Key columns as whole numbers.

    Attributes
    ----------
    keys : names of the columns
    codes : (rows, keys); 0 is missing, the others count the values from 1
    values : key -> its values, sorted; value of code c stands at c - 1
    """

    keys: tuple[str, ...]
    codes: np.ndarray
    values: tuple[tuple[str, ...], ...]

    @property
    def radix(self) -> np.ndarray:
        """(keys,) one more than the number of values."""
        return np.array([len(v) + 1 for v in self.values], dtype=np.int64)


def encode(records: pl.DataFrame, keys: Sequence[str]) -> Encoded:
    """The key columns as codes; null and the empty text are missing.

    Raises
    ------
    InputRefused (DISC-203) when a column is not there or named twice, or no key is named.
    """
    lost = [key for key in keys if key not in records.columns]
    if lost or not keys or len(set(keys)) < len(keys):
        raise InputRefused("DISC-203", columns=", ".join(lost or keys))
    texts = [records[key].cast(pl.String).replace({"": None}) for key in keys]
    values = tuple(tuple(t.drop_nulls().unique().sort()) for t in texts)
    codes = np.zeros((records.height, len(keys)), dtype=np.int64)
    for at, (text, known) in enumerate(zip(texts, values, strict=True)):
        if known:
            place = {value: code for code, value in enumerate(known, 1)}
            codes[:, at] = text.replace_strict(place, default=MISSING).to_numpy()
    return Encoded(tuple(keys), codes, values)


def decode(encoded: Encoded, codes: np.ndarray) -> pl.DataFrame:
    """The columns as text, null where a value is missing."""
    return pl.DataFrame(
        {
            key: pl.Series([None, *values], dtype=pl.String).gather(codes[:, at].astype(np.uint32))
            for at, (key, values) in enumerate(zip(encoded.keys, encoded.values, strict=True))
        }
    )


def key_sets(keys: int, ways: int | None) -> list[tuple[int, ...]]:
    """All sets of `ways` keys, as places; smaller sets are held by the larger ones."""
    return list(combinations(range(keys), keys if ways is None else min(ways, keys)))


def patterns(encoded: Encoded, codes: np.ndarray, at: Sequence[int]) -> np.ndarray:
    """(rows,) one number for each combination of codes of the columns `at`."""
    found = np.zeros(len(codes), dtype=np.int64)
    for column in at:
        found = found * encoded.radix[column] + codes[:, column]
        if encoded.radix[list(at)].astype(float).prod() > 2**62:
            found = np.unique(found, return_inverse=True)[1].astype(np.int64)
    return found


def as_value(encoded: Encoded, codes: np.ndarray, at: Sequence[int]) -> np.ndarray:
    """(rows,) how many rows agree on the columns `at`, missing counted as a value like others."""
    _, inverse, counts = np.unique(
        patterns(encoded, codes, at), return_inverse=True, return_counts=True
    )
    return np.asarray(counts[inverse.reshape(-1)])


def as_wildcard(encoded: Encoded, codes: np.ndarray, at: Sequence[int]) -> np.ndarray:
    """(rows,) how many rows could be the same: a missing value, on either side, fits any."""
    own = codes[:, list(at)]
    rows, inverse, counts = np.unique(own, axis=0, return_inverse=True, return_counts=True)
    fits = np.zeros(len(rows), dtype=np.int64)
    masks = np.unique(rows == MISSING, axis=0)
    for here in masks:
        mine = np.flatnonzero(((rows == MISSING) == here).all(axis=1))
        for there in masks:
            theirs = np.flatnonzero(((rows == MISSING) == there).all(axis=1))
            compared = np.flatnonzero(~(here | there))
            fits[mine] += _matches(
                rows[mine][:, compared], rows[theirs][:, compared], counts[theirs]
            )
    return np.asarray(fits[inverse.reshape(-1)])


def _matches(mine: np.ndarray, theirs: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """For each of my patterns how many rows of theirs are equal to it."""
    if not mine.shape[1]:
        return np.full(len(mine), counts.sum(), dtype=np.int64)
    both = np.unique(np.concatenate([mine, theirs]), axis=0, return_inverse=True)[1].reshape(-1)
    found = np.bincount(both[len(mine) :], counts, minlength=int(both.max()) + 1)
    return np.asarray(found[both[: len(mine)]], dtype=np.int64)


def telling(codes: np.ndarray, at: Sequence[int]) -> np.ndarray:
    """(rows,) whether a row says anything on the columns: one without any value does not."""
    return np.asarray((codes[:, list(at)] != MISSING).any(axis=1))


def sizes(
    encoded: Encoded, codes: np.ndarray, ways: int | None
) -> Iterator[tuple[tuple[int, ...], np.ndarray, np.ndarray]]:
    """Each set of keys, how many rows agree with each row on it, and whether the row tells."""
    for at in key_sets(len(encoded.keys), ways):
        yield at, as_value(encoded, codes, at), telling(codes, at)
