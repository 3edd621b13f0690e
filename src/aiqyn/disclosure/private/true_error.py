"""How far the synthetic file is from the data: exact figures, for the officer alone.

They are computed on the real data without noise. They stand in the verb's answer and in no file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from aiqyn.disclosure.private.encoding import cell_counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COMMON = 0.01  # a code is common from this share of the rows; the others are rare
TABLES = 200  # at most so many tables of each kind are compared


@dataclass(frozen=True, slots=True)
class CodesError:
    """How codes of one kind came out.

    Attributes
    ----------
    codes : how many the data have
    median : median of |file - data| / data over these codes; None where there are none
    lost : codes of the data that the file does not have
    """

    codes: int
    median: float | None
    lost: int


def total_variation(
    real: NDArray[np.int64], made: NDArray[np.int64], shape: Sequence[int], ways: int
) -> float | None:
    """Mean total variation distance over tables of so many columns: 0 the same, 1 apart."""
    import numpy as np

    every = list(combinations(range(len(shape)), ways))
    if not every or not len(real) or not len(made):
        return None
    picked = np.random.default_rng(0).permutation(len(every))[:TABLES]
    apart = [_apart(real, made, shape, every[at]) for at in picked]
    return float(np.mean(apart))


def codes_error(
    real: NDArray[np.int64], made: NDArray[np.int64], shape: Sequence[int]
) -> dict[str, CodesError]:
    """The error of common and of rare codes, apart."""
    import numpy as np

    true, drawn = (
        np.concatenate([cell_counts(rows, shape, (c,)) for c in range(len(shape))])
        for rows in (real, made)
    )
    kinds = {"common": true >= COMMON * len(real), "rare": (true > 0) & (true < COMMON * len(real))}
    return {kind: _of_codes(true[which], drawn[which]) for kind, which in kinds.items()}


def _of_codes(true: NDArray[np.int64], drawn: NDArray[np.int64]) -> CodesError:
    import numpy as np

    median = float(np.median(np.abs(drawn - true) / true)) if len(true) else None
    return CodesError(len(true), median, int((drawn == 0).sum()))


def _apart(
    real: NDArray[np.int64],
    made: NDArray[np.int64],
    shape: Sequence[int],
    clique: Sequence[int],
) -> float:
    here, there = (cell_counts(rows, shape, clique) / len(rows) for rows in (real, made))
    return float(abs(here - there).sum() / 2)
