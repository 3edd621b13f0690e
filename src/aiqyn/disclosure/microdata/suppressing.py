"""Local suppression: as few values taken out as it takes for every group to have k rows.

Greedy: while a row stands in a group that is too small, the value is taken out that is in most of
its small groups. Then every value that can come back without making a group small comes back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from aiqyn import words
from aiqyn.disclosure.microdata.anonymity import KAnonymity, k_anonymity
from aiqyn.disclosure.microdata.classes import MISSING, Encoded, decode, encode, key_sets, sizes
from aiqyn.errors import AnswerRefused, InputRefused


@dataclass(frozen=True, slots=True, repr=False)
class LocallySuppressed:
    """A file with values taken out.

    Attributes
    ----------
    records : the keys alone, as text; null where a value is missing or was taken out
    taken : key -> values taken out
    kept : share of the values that were there which are there still
    check : the groups of the file as it is now
    """

    records: pl.DataFrame
    taken: Mapping[str, int]
    kept: float
    check: KAnonymity

    def to_json(self) -> dict[str, Any]:
        """What was taken and what was reached; no record."""
        return {"taken": dict(self.taken), "kept": self.kept, "check": self.check.to_json()}

    def text(self, lang: str = "en") -> str:
        """How much was taken out, and that the groups are large enough."""
        taken = words.number(sum(self.taken.values()), lang)
        kept = words.percent(self.kept, lang, decimals=1)
        told = words.say("microdata.suppressed", lang, taken=taken, kept=kept)
        return f"{told} {self.check.text(lang)}"

    def __repr__(self) -> str:
        # No record is shown: a repr ends in logs.
        return f"LocallySuppressed: {sum(self.taken.values())} values taken, {self.kept:.1%} kept"


def suppress_locally(
    records: pl.DataFrame,
    keys: Sequence[str],
    k: int,
    *,
    ways: int | None = None,
    importance: Mapping[str, float] | None = None,
) -> LocallySuppressed:
    """Take out values until k rows agree wherever a row says anything, missing counted either way.

    Parameters
    ----------
    records : one row a person; columns that are no keys are left out of the result
    ways : keys that somebody may know together; None: all of them
    importance : key -> what it costs to lose one of its values; 1 where not named

    Raises
    ------
    AnswerRefused (DISC-205) when there are fewer than k rows.
    """
    if records.height < k:
        raise AnswerRefused("DISC-205", k=k)
    weights = dict(importance or {})
    if any(w <= 0 for w in weights.values()) or set(weights) - set(keys):
        raise InputRefused(
            "DISC-203", columns=", ".join(sorted(set(weights) - set(keys)) or weights)
        )
    encoded = encode(records, keys)
    cost = np.array([weights.get(key, 1.0) for key in keys])
    codes = _put_back(encoded, _take_out(encoded, k, ways, cost), k, ways, cost)
    made = decode(encoded, codes)
    gone = (encoded.codes != MISSING) & (codes == MISSING)
    there = int((encoded.codes != MISSING).sum())
    return LocallySuppressed(
        made,
        {key: int(n) for key, n in zip(keys, gone.sum(axis=0), strict=True)},
        1.0 if not there else 1 - int(gone.sum()) / there,
        k_anonymity(made, keys, k, ways=ways),
    )


def _take_out(encoded: Encoded, k: int, ways: int | None, cost: np.ndarray) -> np.ndarray:
    """(rows, keys) codes without the values that stand in most small groups of their row."""
    codes = encoded.codes.copy()
    while True:
        score = np.zeros(codes.shape)
        for at, group, tells in sizes(encoded, codes, ways):
            small = tells & (group < k)
            for column in at:
                score[small & (codes[:, column] != MISSING), column] += 1
        rows = np.flatnonzero(score.any(axis=1))
        if not rows.size:
            return codes
        codes[rows, np.argmax(score[rows] / cost, axis=1)] = MISSING


def _put_back(
    encoded: Encoded, codes: np.ndarray, k: int, ways: int | None, cost: np.ndarray
) -> np.ndarray:
    """(rows, keys) codes with every value back that makes no group small; none more can come."""
    groups = _Groups(encoded, codes.copy(), ways)
    left = np.argwhere((encoded.codes != MISSING) & (codes == MISSING))
    order = np.lexsort((left[:, 0], left[:, 1], -cost[left[:, 1]]))
    waiting = [(int(row), int(column)) for row, column in left[order]]
    came = True
    while came:
        came = False
        for row, column in waiting:
            code = int(encoded.codes[row, column])
            if groups.codes[row, column] == MISSING and groups.can_return(row, column, code, k):
                groups.put(row, column, code)
                came = True
    return groups.codes


class _Groups:
    """The sizes of all groups, kept up to date while values come back one by one."""

    def __init__(self, encoded: Encoded, codes: np.ndarray, ways: int | None) -> None:
        self.codes = codes
        self._sets = key_sets(len(encoded.keys), ways)
        self._with: list[list[int]] = [
            [s for s, at in enumerate(self._sets) if column in at]
            for column in range(len(encoded.keys))
        ]
        self._sizes = [Counter(map(tuple, codes[:, list(at)].tolist())) for at in self._sets]

    def can_return(self, row: int, column: int, code: int, k: int) -> bool:
        """Whether no group would be small if the value came back."""
        for s in self._with[column]:
            old, new = self._patterns(s, row, column, code)
            leaves = self._sizes[s][old] - 1
            if self._sizes[s][new] + 1 < k or (0 < leaves < k and any(old)):
                return False
        return True

    def put(self, row: int, column: int, code: int) -> None:
        """Put the value back."""
        for s in self._with[column]:
            old, new = self._patterns(s, row, column, code)
            self._sizes[s][old] -= 1
            self._sizes[s][new] += 1
        self.codes[row, column] = code

    def _patterns(
        self, s: int, row: int, column: int, code: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        at = self._sets[s]
        old = tuple(self.codes[row, list(at)].tolist())
        return old, tuple(code if j == column else c for j, c in zip(at, old, strict=True))
