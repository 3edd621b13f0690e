"""How much a cell's share of a window has risen: likelihood ratio of a two-by-two table.

Records are in the cell or not, in the window or before it. With O in both, E expected there (the
cell's records of each season times the share of that season's records that lie in the window) and
the margins n of the cell, w of the window, N of all,

    G = sum of O log(O / E) over the four of the table, and 0 unless O > E and O >= 3.

Kulldorff et al. (2005), PLoS Med. 2, e59 score a window so, with the third and fourth term taken
together; a cell that holds half of all records needs all four.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.cells import FEWEST
from aiqyn.signals.combinations.margins import Margins
from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats


@dataclass(frozen=True, slots=True)
class Rises:
    """The best window of each cell.

    Attributes
    ----------
    score : (C,) its G; 0 where no window has a rise
    window : (C,) which
    """

    score: Floats
    window: Indices


@dataclass(frozen=True, slots=True)
class Logarithms:
    """What scores need and dates do not change; G is linear in O but for ``x log x``.

    Attributes
    ----------
    n_log_n : (N + 1,) of whole numbers
    expected, constant, slope : (W, C)
    """

    n_log_n: Floats
    expected: Floats
    constant: Floats
    slope: Floats


def logarithms(known: Margins) -> Logarithms:
    """The logarithms of the margins."""
    whole = np.arange(known.records + 1, dtype=np.float64)
    expected = np.ascontiguousarray(known.expected.T)
    size, inside = known.size[None, :], known.window[:, None]
    outside = known.records - inside - size
    four = (expected, size - expected, inside - expected, outside + expected)
    logs = [np.log(np.maximum(part, 1e-300)) for part in four]
    constant = size * logs[1] + inside * logs[2] + outside * logs[3]
    slope = logs[0] - logs[1] - logs[2] + logs[3]
    return Logarithms(whole * np.log(np.maximum(whole, 1)), expected, constant, slope)


def best_rises(of: NDArray[np.int32], latest: Indices, known: Margins, logs: Logarithms) -> Rises:
    """The best window of each cell; `latest` are the records of the windows, the latest first."""
    score, window = _best(
        of,
        latest,
        known.window,
        known.size,
        known.records,
        logs.n_log_n,
        logs.expected,
        logs.constant,
        logs.slope,
    )
    return Rises(score, window)


@compiled
def _best(
    of: NDArray[np.int32],
    latest: Indices,
    ends: Indices,
    size: Indices,
    records: int,
    n_log_n: Floats,
    expected: Floats,
    constant: Floats,
    slope: Floats,
) -> tuple[Floats, Indices]:
    windows, number = constant.shape
    inside = np.zeros(number, dtype=np.int64)
    best, where = np.zeros(number), np.zeros(number, dtype=np.int64)
    start = 0
    for w in range(windows):
        for i in range(start, ends[w]):
            for chosen in range(of.shape[1]):
                cell = of[latest[i], chosen]
                if cell >= 0:
                    inside[cell] += 1
        start = ends[w]
        for cell in range(number):
            o = inside[cell]
            if o < FEWEST or o <= expected[w, cell]:
                continue
            score = n_log_n[o] + n_log_n[size[cell] - o] + n_log_n[ends[w] - o]
            score += n_log_n[records - ends[w] - size[cell] + o]
            score -= constant[w, cell] + slope[w, cell] * o
            if score > best[cell]:
                best[cell] = score
                where[cell] = w
    return best, where
