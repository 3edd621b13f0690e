"""What each column adds to the risk that a row is recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from aiqyn import words
from aiqyn.disclosure.microdata.classes import MISSING, Encoded, encode, sizes


@dataclass(frozen=True, slots=True)
class AttributeRisk:
    """How much each key has to do with the rows that stand in small groups.

    Attributes
    ----------
    k, ways, rows : as asked; rows of the file
    at_risk : rows in a group of fewer than k
    contributions : `column`; `share`: of all small groups of all rows, the share that names a value
        of the column; `rows_without`: rows still at risk when the column is left out; `relieved`:
        rows that would be safe without it
    """

    k: int
    ways: int
    rows: int
    at_risk: int
    contributions: pl.DataFrame

    def table(self) -> pl.DataFrame:
        """The contributions, the largest first."""
        return self.contributions

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        told = {"k": self.k, "ways": self.ways, "rows": self.rows, "at_risk": self.at_risk}
        return {**told, "contributions": self.contributions.to_dicts()}

    def text(self, lang: str = "en") -> str:
        """How many rows are at risk, and which column counts most."""
        if not self.at_risk:
            return words.say("microdata.risk.none", lang, k=self.k)
        first = self.contributions.row(0, named=True)
        return words.say(
            "microdata.risk",
            lang,
            at_risk=words.number(self.at_risk, lang),
            rows=words.number(self.rows, lang),
            k=self.k,
            column=first["column"],
            relieved=words.number(first["relieved"], lang),
        )


def attribute_risk(
    records: pl.DataFrame, keys: Sequence[str], k: int, *, ways: int | None = None
) -> AttributeRisk:
    """Rows in small groups, and what each column has to do with it; missing counts as a value.

    Parameters
    ----------
    ways : keys that somebody may know together; None: all of them
    """
    encoded = encode(records, keys)
    named, at_risk = np.zeros(len(keys)), np.zeros(records.height, dtype=bool)
    pairs = 0
    for at, group, tells in sizes(encoded, encoded.codes, ways):
        small = tells & (group < k)
        at_risk |= small
        pairs += int(small.sum())
        for column in at:
            named[column] += (small & (encoded.codes[:, column] != MISSING)).sum()
    left = [_at_risk_without(encoded, column, k, ways) for column in range(len(keys))]
    relieved = [int((at_risk & ~without).sum()) for without in left]
    table = pl.DataFrame(
        {
            "column": list(keys),
            "share": named / max(pairs, 1),
            "rows_without": [int(without.sum()) for without in left],
            "relieved": relieved,
        }
    ).sort("relieved", "share", "column", descending=[True, True, False])
    asked = len(keys) if ways is None else min(ways, len(keys))
    return AttributeRisk(k, asked, records.height, int(at_risk.sum()), table)


def _at_risk_without(encoded: Encoded, column: int, k: int, ways: int | None) -> np.ndarray:
    """(rows,) whether a row stands in a small group that does not ask for the column."""
    codes = encoded.codes.copy()
    codes[:, column] = MISSING
    found = np.zeros(len(codes), dtype=bool)
    for _, group, tells in sizes(encoded, codes, ways):
        found |= tells & (group < k)
    return found
