"""Whether every combination of key values is shared by k rows, on the file as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from aiqyn import words
from aiqyn.disclosure.microdata.classes import as_wildcard, encode, sizes
from aiqyn.errors import InputRefused


@dataclass(frozen=True, slots=True)
class KAnonymity:
    """How small the groups are that the keys divide a file into.

    Attributes
    ----------
    k, ways : rows asked for in each group; number of keys that are known together
    rows, keys : of the file
    smallest, smallest_wildcard : rows; the smallest group, a missing value counted as a value, and
        as one that fits any. None where no row says anything
    below, below_wildcard : rows that stand in a group of fewer than k
    worst : the set of keys with most rows below, and how many
    """

    k: int
    ways: int
    rows: int
    keys: tuple[str, ...]
    smallest: int | None
    smallest_wildcard: int | None
    below: int
    below_wildcard: int
    worst: tuple[tuple[str, ...], int] | None

    @property
    def holds(self) -> bool:
        """Whether no group is too small, however missing values are counted."""
        return not self.below and not self.below_wildcard

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "k": self.k,
            "ways": self.ways,
            "rows": self.rows,
            "keys": list(self.keys),
            "smallest": {"value": self.smallest, "wildcard": self.smallest_wildcard},
            "below": {"value": self.below, "wildcard": self.below_wildcard},
            "worst": None if self.worst is None else [list(self.worst[0]), self.worst[1]],
            "holds": self.holds,
        }

    def text(self, lang: str = "en") -> str:
        """Whether it holds, and how far it is from it."""
        key = "microdata.anonymity.holds" if self.holds else "microdata.anonymity.fails"
        counts = {"below": words.number(self.below, lang), "rows": words.number(self.rows, lang)}
        smallest = "0" if self.smallest is None else words.number(self.smallest, lang)
        return words.say(key, lang, k=self.k, ways=self.ways, smallest=smallest, **counts)


def k_anonymity(
    records: pl.DataFrame, keys: Sequence[str], k: int, *, ways: int | None = None
) -> KAnonymity:
    """Count, for every set of keys, the rows that agree with each row.

    Parameters
    ----------
    records : one row a person; null or the empty text is missing
    k : rows that must agree
    ways : keys that somebody may know together; None: all of them. Every set of that size is
        looked at; smaller sets are held by the larger ones

    Raises
    ------
    InputRefused (DISC-203) when a key is not a column, (DISC-204) when k or ways is below 1.

    Notes
    -----
    A row without any value on a set of keys says nothing there and is in no group. Counted as a
    value, a missing value is itself something to recognise a row by: the stricter way. Counted as
    a wildcard (as in sdcMicro: Templ, Kowarik, Meindl 2015, J. Stat. Softw. 67(4); from memory), a
    row with missing values fits many groups: so does a reader look who knows a person's values.
    """
    if k < 1 or (ways is not None and ways < 1):
        raise InputRefused("DISC-204")
    encoded = encode(records, keys)
    codes = encoded.codes
    smallest: list[int] = []
    free: list[int] = []
    below = np.zeros(records.height, dtype=bool)
    open_below = below.copy()
    worst: tuple[tuple[str, ...], int] | None = None
    for at, group, tells in sizes(encoded, codes, ways):
        if not tells.any():
            continue
        fits = as_wildcard(encoded, codes, at)
        smallest.append(int(group[tells].min()))
        free.append(int(fits[tells].min()))
        small = tells & (group < k)
        below |= small
        open_below |= tells & (fits < k)
        if small.sum() > (worst[1] if worst else 0):
            worst = (tuple(encoded.keys[j] for j in at), int(small.sum()))
    return KAnonymity(
        k=k,
        ways=len(keys) if ways is None else min(ways, len(keys)),
        rows=records.height,
        keys=tuple(keys),
        smallest=min(smallest, default=None),
        smallest_wildcard=min(free, default=None),
        below=int(below.sum()),
        below_wildcard=int(open_below.sum()),
        worst=worst,
    )


def k_anonymity_of_file(
    file: Path, keys: Sequence[str], k: int, *, ways: int | None = None
) -> KAnonymity:
    """The same, of a CSV or Parquet file as it was written."""
    if file.suffix == ".parquet":
        return k_anonymity(pl.read_parquet(file), keys, k, ways=ways)
    return k_anonymity(pl.read_csv(file, infer_schema=False), keys, k, ways=ways)
