"""The best group near a given one: the values of one attribute after the other, chosen exactly.

Records have weights; a group is worth the sum of those that are in it, less its penalties. With the
other attributes held fixed, a value is worth the sum of its records. So the best k values of an
attribute are the k of largest sums, and the best group of them is a beginning of that order: the
linear-time subset scanning property (Neill 2012, theorem 1), which holds under any penalty on k as
the weights add up (Speakman et al. 2016). Attributes take turns until none improves; the worth
never falls. Neill, McFowland & Zheng (2013), Stat. Med. 32, 2185-2208, section 3.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats

Chosen = NDArray[np.bool_]


@compiled
def climb(
    codes: Indices, weight: Floats, first: Indices, penalty: Floats, chosen: Chosen, several: int
) -> float:
    """What the best group near `chosen` is worth; `chosen` becomes it.

    Parameters
    ----------
    codes, first, penalty : as in `Values`
    weight : (n,) of each record
    chosen : (T,) values of the group; an attribute of which none is chosen may have any
    several : the attribute of which it must name two values or more; two at least are chosen
    """
    many, n = codes.shape
    outside = np.zeros(n, dtype=np.int64)  # a bit an attribute whose values do not let it in
    paid = np.zeros(many)
    for a in range(many):
        k = chosen[first[a] : first[a + 1]].sum()
        if k > 0:
            paid[a] = penalty[first[a] + k - 1]
            _mark(codes[a], chosen, 1 << a, outside)
    worth, idle, a = -np.inf, 0, 0
    while idle < many:
        total, sums = _sums(codes[a], weight, outside, ~(1 << a), first[a], first[a + 1])
        least = 2 if a == several else 1
        order, k, gain = best_values(sums, penalty[first[a] : first[a + 1]], least)
        k = k if gain > total or a == several else 0  # none: it may have any value
        new = (gain if k else total) - (paid.sum() - paid[a])
        if new > worth + 1e-9:
            for j in range(len(order)):
                chosen[first[a] + order[j]] = j < k
            outside &= ~(1 << a)
            if k:
                _mark(codes[a], chosen, 1 << a, outside)
            paid[a] = penalty[first[a] + k - 1] if k else 0.0
            worth, idle = new, 0
        idle, a = idle + 1, (a + 1) % many
    return worth


@compiled
def best_values(sums: Floats, penalty: Floats, least: int) -> tuple[Indices, int, float]:
    """The values in order, how many of the first are best (not all), and what they are worth."""
    order = np.argsort(-sums)
    best, many, total = -np.inf, 0, 0.0
    for j in range(len(sums) - 1):
        total += sums[order[j]]
        if j + 1 >= least and total - penalty[j] > best:
            best, many = total - penalty[j], j + 1
    return order, many, best


@compiled
def _mark(code: Indices, chosen: Chosen, bit: int, outside: Indices) -> None:
    """Set the bit of the records that have none of the chosen values."""
    for i in range(len(code)):
        if code[i] < 0 or not chosen[code[i]]:
            outside[i] |= bit


@compiled
def _sums(
    code: Indices, weight: Floats, outside: Indices, others: int, start: int, end: int
) -> tuple[float, Floats]:
    """Weights of the records that all other attributes let in: in all, and of each value."""
    total, sums = 0.0, np.zeros(end - start)
    for i in range(len(code)):
        if outside[i] & others == 0:
            total += weight[i]
            if code[i] >= 0:
                sums[code[i] - start] += weight[i]
    return total, sums
