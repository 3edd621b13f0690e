"""How large a rise must be to be told: of combinations that had some shares before."""

from __future__ import annotations

import numpy as np

from aiqyn.signals.combinations.cells import FEWEST

SHARES = (0.01, 0.05, 0.1, 0.25)  # of the records before
Seen = tuple[tuple[float, int, float], ...]


def seen_from(needed: float, window: int, records: int) -> Seen:
    """The fewest records in the window whose score is `needed`: (share, records, expected).

    Parameters
    ----------
    needed : score, the handicap of a pair of values included
    window : records in the longest window
    records : in all

    Notes
    -----
    A combination that rises to just this number is told about every other time.
    """
    told = []
    for share in SHARES:
        before = share * (records - window)
        o = np.arange(FEWEST, window + 1, dtype=np.float64)
        reached = np.flatnonzero(_score(o, before, window, records) >= needed)
        if len(reached):
            told.append((share, int(o[reached[0]]), share * window))
    return tuple(told)


def _score(
    o: np.ndarray[tuple[int], np.dtype[np.float64]], before: float, window: int, records: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """G of the two-by-two table; 0 where there is no rise."""
    size = o + before
    expected = size * window / records
    seen = np.array([o, size - o, window - o, records - window - before + 0 * o])
    usual = np.array(
        [expected, size - expected, window - expected, records - window - size + expected]
    )
    parts = seen * np.log(np.maximum(seen, 1e-9) / np.maximum(usual, 1e-9))
    return np.where(o > expected, parts.sum(axis=0), 0.0)
