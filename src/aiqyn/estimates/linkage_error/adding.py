"""More error of the same kind: records split off from their persons, persons merged, in tables.

The table of histories is enough: nobody's records are needed.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from aiqyn.estimates.linkage_error.error_rates import ErrorRates
from aiqyn.estimates.tables.cells import Floats, Ints, members, superset_sums


def with_more_error(
    tables: Floats, rates: ErrorRates, times: float, rng: np.random.Generator
) -> Floats:
    """Tables with their error added `times` more, by chance; shape as `tables`.

    Parameters
    ----------
    tables : persons by history, whole numbers; shape ``(rows, 2**lists)``
    rates : the error that the tables have; a row each
    times : 0 leaves them as they are, 1 doubles the error
    """
    split = split_off(tables, 1 - (1 - rates.leaving) ** times, rng)
    return merged(listed_twice(split, times * rates.twice, rng), times * rates.merges, rng)


def split_off(tables: Floats, leaving: Floats, rng: np.random.Generator) -> Floats:
    """Every record of a person on several lists leaves with its list's probability.

    Those who leave stand alone; the others stay together. If all but one leave, all stand alone.

    Parameters
    ----------
    leaving : shape ``(rows, lists)``
    """
    found = tables.copy()
    for history in np.flatnonzero(tables.any(axis=0)):
        if int(history).bit_count() < 2:
            continue
        found[:, history] -= tables[:, history]
        chances, after = _patterns(members(int(history)), leaving)
        drawn = rng.multinomial(tables[:, history].astype(np.int64), chances)
        for pattern, histories in enumerate(after):
            for new in histories:
                found[:, new] += drawn[:, pattern]
    return found


def listed_twice(tables: Floats, twice: Floats, rng: np.random.Generator) -> Floats:
    """Some persons of each list stand on it once more, on that list alone.

    Parameters
    ----------
    twice : shape ``(rows, lists)``
    """
    found, on = tables.copy(), superset_sums(tables)
    for j in range(twice.shape[1]):
        persons = np.rint(on[:, 1 << j]).astype(np.int64)
        found[:, 1 << j] += rng.binomial(persons, np.minimum(twice[:, j], 1.0))
    return found


def merged(tables: Floats, merges: Floats, rng: np.random.Generator) -> Floats:
    """Persons drawn by lot, two by two, each pair now one person on the lists of both.

    Parameters
    ----------
    merges : pairs to be merged, not whole in general; shape ``(rows,)``
    """
    found = tables.copy()
    whole = np.floor(merges + rng.random(len(merges)))
    for row, pairs in enumerate(whole):
        if pairs > 0:
            found[row] = _merged(tables[row], int(pairs), rng)
    return found


def _patterns(lists: tuple[int, ...], leaving: Floats) -> tuple[Floats, list[list[int]]]:
    """Chance of each set of leavers, shape ``(rows, sets)``, and the histories it leaves behind."""
    chances, after = [], []
    for size in range(len(lists) + 1):
        for gone in combinations(lists, size):
            stay = [j for j in lists if j not in gone]
            chance = leaving[:, list(gone)].prod(axis=1) * (1 - leaving[:, stay]).prod(axis=1)
            chances.append(chance)
            together = [sum(1 << j for j in stay)] if stay else []
            after.append([*together, *(1 << j for j in gone)])
    shares = np.stack(chances, axis=1)
    return shares / shares.sum(axis=1, keepdims=True), after


def _merged(counts: Floats, pairs: int, rng: np.random.Generator) -> Floats:
    whole: Ints = counts.astype(np.int64)
    pairs = min(pairs, int(whole.sum()) // 2)
    taken = rng.multivariate_hypergeometric(whole, 2 * pairs, method="marginals")
    persons = rng.permutation(np.repeat(np.arange(len(whole)), taken))
    unions = persons[:pairs] | persons[pairs:]
    return counts - taken + np.bincount(unions, minlength=len(whole))
