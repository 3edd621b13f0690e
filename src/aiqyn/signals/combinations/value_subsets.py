"""Several values together: the subset of values of each attribute whose records rose most.

Expectation-based Poisson score ``F = O log(O/E) + E - O`` (0 unless O > E). With the other
attributes held, the best subset of one attribute's values is the first ones in order of O/E,
whatever their number (the linear-time subset scanning property), so each step is exact; steps go
over the attributes until nothing moves, from several starts.

Neill (2012), J. R. Stat. Soc. B 74, 337-360 (the property); Neill, McFowland & Zheng (2013), Stat.
Med. 32, 2185-2208 (attributes in turn).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.combinations.shuffled_dates import Dates
from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats

Chosen = NDArray[np.bool_]

STARTS = 10
ROUNDS = 20  # over all attributes; it stands still after a few
WORTH_A_CONDITION = 3.0  # of F; a condition that gives less is noise


@dataclass(frozen=True, slots=True)
class Subset:
    """Values of each attribute, and how much their records rose.

    Attributes
    ----------
    chosen : (A, V) values that belong to it; a row that is all true is no condition
    window : its place among the windows
    score : F
    """

    chosen: Chosen
    window: int
    score: float


@dataclass(frozen=True, slots=True)
class Scan:
    """What stays the same when dates are shuffled.

    Attributes
    ----------
    codes : (n, A) value of each record, -1 where not known
    sizes : (A,) values of each attribute
    windows : lengths in months
    expected : (W, n) share of the record's season that lies in the window
    starts : (starts, A, V)
    """

    codes: Indices
    sizes: Indices
    windows: tuple[int, ...]
    expected: Floats
    starts: Chosen

    def best(self, latest: Indices) -> Subset:
        """The best subset of values over all windows; `latest` as `Dates.latest`."""
        found = [self._in_window(w, latest) for w in range(len(self.windows))]
        return max(found, key=lambda subset: subset.score)

    def _in_window(self, window: int, latest: Indices) -> Subset:
        inside = np.zeros(len(self.codes))
        inside[latest[: round(float(self.expected[window].sum()))]] = 1.0
        chosen, score = _climb(self.codes, self.sizes, inside, self.expected[window], self.starts)
        return Subset(chosen, window, float(score))

    def needed(self, subset: Subset, latest: Indices) -> Subset:
        """The same without conditions that add next to nothing."""
        inside = np.zeros(len(self.codes))
        inside[latest[: round(float(self.expected[subset.window].sum()))]] = 1.0
        expected = self.expected[subset.window]
        chosen, score = subset.chosen.copy(), subset.score
        while True:
            freed = [_freed(chosen, a) for a in range(len(self.sizes))]
            left = [_score_of(self.codes, self.sizes, one, inside, expected) for one in freed]
            open_now = [bool(chosen[a, : self.sizes[a]].all()) for a in range(len(self.sizes))]
            held = [-np.inf if is_open else x for is_open, x in zip(open_now, left, strict=True)]
            least = int(np.argmax(held))
            if (
                sum(not is_open for is_open in open_now) < 2
                or score - held[least] > WORTH_A_CONDITION
            ):
                return Subset(chosen, subset.window, score)
            chosen, score = freed[least], float(held[least])


def scan_of(
    codes: Indices, dated: Dates, windows: tuple[int, ...], rng: np.random.Generator
) -> Scan:
    """The scan of records with these codes (A, n) and dates."""
    sizes = codes.max(axis=1) + 1
    expected = np.zeros((len(windows), codes.shape[1]))
    for w, length in enumerate(windows):
        for season in np.unique(dated.season):
            own = dated.season == season
            expected[w, own] = (dated.back[own] < length).mean()
    starts = rng.random((STARTS, len(sizes), int(sizes.max()))) < 0.5
    starts[0] = True
    return Scan(np.ascontiguousarray(codes.T), sizes, windows, expected, starts)


def _freed(chosen: Chosen, attribute: int) -> Chosen:
    freed = chosen.copy()
    freed[attribute] = True
    return freed


@compiled
def _poisson(o: float, e: float) -> float:
    return o * np.log(o / e) + e - o if o > e > 0.0 else 0.0


@compiled
def _score_of(
    codes: Indices, sizes: Indices, chosen: Chosen, inside: Floats, expected: Floats
) -> float:
    o, e = 0.0, 0.0
    for i in range(codes.shape[0]):
        if _outside(codes[i], sizes, chosen, -1) == 0:
            o += inside[i]
            e += expected[i]
    return float(_poisson(o, e))


@compiled
def _outside(values: Indices, sizes: Indices, chosen: Chosen, but: int) -> int:
    """How many conditions a record fails, those of one attribute aside."""
    fails = 0
    for a in range(len(sizes)):
        if a == but:
            continue
        if values[a] >= 0:
            fails += not chosen[a, values[a]]
        else:
            fails += not chosen[a, : sizes[a]].all()
    return fails


@compiled
def _climb(
    codes: Indices, sizes: Indices, inside: Floats, expected: Floats, starts: Chosen
) -> tuple[Chosen, float]:
    """The best of the ends that the starts lead to."""
    top, winner = 0.0, starts[0].copy()
    for s in range(starts.shape[0]):
        chosen = starts[s].copy()
        before = -1.0
        score = 0.0
        for _ in range(ROUNDS):
            for a in range(len(sizes)):
                score = _best_values(codes, sizes, chosen, a, inside, expected)
            if score <= before + 1e-9:
                break
            before = score
        if score > top:
            top, winner = score, chosen
    return winner, top


@compiled
def _best_values(
    codes: Indices, sizes: Indices, chosen: Chosen, a: int, inside: Floats, expected: Floats
) -> float:
    """Choose the values of attribute `a` that give the highest score; the score."""
    o, e = np.zeros(sizes[a]), np.zeros(sizes[a])
    all_o, all_e = 0.0, 0.0
    for i in range(codes.shape[0]):
        if _outside(codes[i], sizes, chosen, a) == 0:
            all_o += inside[i]
            all_e += expected[i]
            if codes[i, a] >= 0:
                o[codes[i, a]] += inside[i]
                e[codes[i, a]] += expected[i]
    order = np.argsort(-o / np.maximum(e, 1e-12))
    best, last = _poisson(all_o, all_e), sizes[a]
    o_sum, e_sum = 0.0, 0.0
    for k in range(sizes[a] - 1):
        o_sum += o[order[k]]
        e_sum += e[order[k]]
        here = _poisson(o_sum, e_sum)
        if here > best + 1e-9:
            best, last = here, k + 1
    chosen[a] = False
    for k in range(last):
        chosen[a, order[k]] = True
    if last == sizes[a]:
        chosen[a] = True
    return best
