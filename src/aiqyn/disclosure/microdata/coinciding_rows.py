"""Whether a released file is nearer to the persons it was made from than to others like them.

A synthetic or suppressed row that equals a real one need not tell of anybody: many persons are
alike. So the file is compared with two halves: the one it was made from, and a control half that
it never saw. Only what it has more in common with the first can come from the persons in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import binomtest

from aiqyn import words
from aiqyn.disclosure.microdata.classes import encode
from aiqyn.errors import InputRefused

CHUNK = 200  # released rows compared at a time; bounds the memory
LEVEL = 0.95
REFERENCE = 2  # halves


@dataclass(frozen=True, slots=True)
class Coincidence:
    """What a released file has in common with the persons behind it, and with others.

    Attributes
    ----------
    rows : released rows that were compared
    unique_training, unique_control : rows that equal a row which is unique in that half
    unique_p : probability of such a difference, or a larger one, if the file knew neither half
    nearer_training, nearer_control : rows whose nearest row stands in that half alone
    nearest_p : the same for these
    share_nearer : of the rows that are nearer to one half, the share nearer to the training half;
        0.5 when the file knows neither. With its 95 % interval (`low`, `high`)
    distance_training, distance_control : mean number of columns in which a row differs from its
        nearest row
    """

    rows: int
    unique_training: int
    unique_control: int
    unique_p: float
    nearer_training: int
    nearer_control: int
    nearest_p: float
    share_nearer: float
    low: float
    high: float
    distance_training: float
    distance_control: float

    @property
    def tells(self) -> bool:
        """Whether the file has more in common with its own half than chance explains (5 %)."""
        return bool(min(self.unique_p, self.nearest_p) < (1 - LEVEL) / 2)

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "rows": self.rows,
            "unique": {
                "training": self.unique_training,
                "control": self.unique_control,
                "p": self.unique_p,
            },
            "nearest": {
                "training": self.nearer_training,
                "control": self.nearer_control,
                "p": self.nearest_p,
                "share": self.share_nearer,
                "interval": [self.low, self.high],
                "distance": [self.distance_training, self.distance_control],
            },
            "tells": self.tells,
        }

    def text(self, lang: str = "en") -> str:
        """How often rows coincide with either half, and whether that tells anything."""
        key = "microdata.coincidence.tells" if self.tells else "microdata.coincidence.quiet"
        return words.say(
            key,
            lang,
            rows=words.number(self.rows, lang),
            training=words.number(self.unique_training, lang),
            control=words.number(self.unique_control, lang),
            share=words.percent(self.share_nearer, lang),
        )


def coincidence(
    released: pl.DataFrame,
    training: pl.DataFrame,
    control: pl.DataFrame,
    columns: Sequence[str],
    *,
    sample: int | None = None,
    rng: np.random.Generator | None = None,
) -> Coincidence:
    """Compare a released file with the half it was made from and with a control half.

    Parameters
    ----------
    training, control : halves of one file, drawn by chance, as near in size as can be; the
        released file was made from the first alone
    columns : columns to compare; a missing value equals a missing value
    sample : released rows to compare, drawn with `rng`; None: all of them

    Returns
    -------
    `Coincidence`; tests are one-sided, exact binomial.

    Raises
    ------
    InputRefused (DISC-203) for a column that is not there, (DISC-206) for halves of unequal size.
    """
    if not training.height or abs(training.height - control.height) > max(1, control.height // 100):
        raise InputRefused("DISC-206")
    frames = [frame.select(columns).cast(pl.String) for frame in (released, training, control)]
    codes = encode(pl.concat(frames), columns).codes.astype(np.int32)
    cuts = np.cumsum([released.height, training.height])
    ours, first, second = np.split(codes, cuts)
    if sample is not None and sample < len(ours):
        if rng is None:
            raise ValueError("a sample needs rng")
        ours = ours[np.sort(rng.choice(len(ours), sample, replace=False))]
    return _compared(ours, first, second)


def _compared(ours: np.ndarray, first: np.ndarray, second: np.ndarray) -> Coincidence:
    equal_first, equal_second = _equal_to_unique(ours, first), _equal_to_unique(ours, second)
    away_first, away_second = _nearest(ours, first), _nearest(ours, second)
    nearer_first = int((away_first < away_second).sum())
    nearer_second = int((away_second < away_first).sum())
    share, low, high = _share(nearer_first, nearer_first + nearer_second)
    return Coincidence(
        rows=len(ours),
        unique_training=equal_first,
        unique_control=equal_second,
        unique_p=_more(equal_first, equal_second),
        nearer_training=nearer_first,
        nearer_control=nearer_second,
        nearest_p=_more(nearer_first, nearer_second),
        share_nearer=share,
        low=low,
        high=high,
        distance_training=float(away_first.mean()),
        distance_control=float(away_second.mean()),
    )


def _equal_to_unique(ours: np.ndarray, half: np.ndarray) -> int:
    """How many of our rows equal a row that stands once in the half."""
    times = Counter(map(bytes, np.ascontiguousarray(half)))
    return sum(times.get(bytes(row), 0) == 1 for row in np.ascontiguousarray(ours))


def _nearest(ours: np.ndarray, half: np.ndarray) -> np.ndarray:
    """(rows,) columns in which each row differs from the row of the half that is nearest to it."""
    known = np.unique(half, axis=0)
    found = np.empty(len(ours), dtype=np.int64)
    for start in range(0, len(ours), CHUNK):
        block = ours[start : start + CHUNK]
        differ = np.zeros((len(block), len(known)), dtype=np.int16)
        for column in range(ours.shape[1]):
            differ += block[:, column, None] != known[None, :, column]
        found[start : start + CHUNK] = differ.min(axis=1)
    return found


def _more(training: int, control: int) -> float:
    """Probability of so many in the training half, if each fell to either half by chance."""
    both = training + control
    return float(binomtest(training, both, 1 / REFERENCE, "greater").pvalue) if both else 1.0


def _share(part: int, whole: int) -> tuple[float, float, float]:
    """A share with its Wilson interval; all that is possible where nothing was seen."""
    if not whole:
        return 0.5, 0.0, 1.0
    z = 1.959963984540054
    p, width = part / whole, z * z / whole
    centre, half = p + width / 2, z * sqrt(p * (1 - p) / whole + width / (4 * whole))
    return p, (centre - half) / (1 + width), (centre + half) / (1 + width)
