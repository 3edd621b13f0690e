"""Neighbouring regions that rise together, where none alone is loud enough to be told.

A prospective scan in space and time (M. Kulldorff, 2001) over all sets of neighbouring regions that
hang together, for each form and all forms, in the latest windows. What is expected of a region is
its own past, corrected for delay, as in the series; a set's score is the likelihood ratio over its
dispersion, and only sets in which every region rose have one. The greatest score of a form and
window is held against those of countries drawn from the fitted distributions. With p its share of
greater ones, v = strata x p false clusters are expected where all as strong are told, whatever the
dependence between forms that share persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aiqyn.signals.scan.neighbouring import Neighbours, connected_sets
from aiqyn.signals.scan.replicates import MonteCarlo, draw_maxima
from aiqyn.signals.scan.set_scores import set_scores
from aiqyn.signals.series.judged import Floats
from aiqyn.signals.watching_country.clusters.strata import Stratum, strata
from aiqyn.signals.watching_country.judged_country import JudgedCountry
from aiqyn.signals.watching_country.series_of_country import Integers
from aiqyn.signals.watching_country.settings import WatchSettings

FEWEST = 2.0  # persons of each region: one is no part of a pattern
STOP_AFTER = 20  # replicates over the score: the relative error of p is then a fifth


@dataclass(frozen=True, slots=True)
class Rising:
    """A set of neighbouring regions that rose together.

    Attributes
    ----------
    rows : of the stratum's places
    pvalue : share of drawn countries with a greater score anywhere in the stratum
    strength : v, expected false clusters when all as strong are told
    """

    stratum: Stratum
    rows: Integers
    pvalue: float
    strength: float


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through.

    Attributes
    ----------
    strata : forms times windows
    sets : of regions, in all strata together
    rising : strongest first, at most one of those that share a region in a stratum
    """

    strata: int
    sets: int
    rising: tuple[Rising, ...]


def rising_together(
    judged: JudgedCountry, beside: Neighbours, settings: WatchSettings, rng: np.random.Generator
) -> Searched:
    """Sets of neighbours as strong as `settings.clusters` false ones a run allow."""
    zones = connected_sets(beside, settings.most_regions, settings.most_sets)
    looked = [(one, one.sets(zones)) for one in strata(judged, settings)]
    looked = [(one, sets) for one, sets in looked if len(sets)]
    found = [
        Rising(one, rows, p, len(looked) * p)
        for one, sets in looked
        for rows, p in _in_stratum(one, sets, settings, rng)
        if len(looked) * p <= settings.clusters
    ]
    found.sort(key=lambda rising: rising.strength)
    return Searched(len(looked), sum(len(sets) for _, sets in looked), tuple(found))


def _in_stratum(
    one: Stratum, sets: Integers, settings: WatchSettings, rng: np.random.Generator
) -> Iterator[tuple[Integers, float]]:
    """Best sets that share no region, with their p-values."""
    scores = scored(one, one.observed[None, :], sets)[0]
    best = _apart(scores, sets)
    if not best:
        return
    chance = _chance(one, sets, float(scores[best[0]]), settings, rng)
    for where in best:
        rows = sets[where]
        yield rows[rows >= 0], chance.p(float(scores[where]))


def scored(one: Stratum, counts: Floats, sets: Integers) -> Floats:
    """(replicates, sets) scores of counts of a stratum's places."""
    phi = one.phi + one.mean * one.spread**2
    return set_scores(counts, one.mean, phi, sets, FEWEST)


def _chance(
    one: Stratum, sets: Integers, score: float, settings: WatchSettings, rng: np.random.Generator
) -> MonteCarlo:
    return draw_maxima(
        one.drawn,
        lambda counts: np.asarray(scored(one, counts, sets).max(axis=1)),
        score,
        settings.cluster_replicates,
        STOP_AFTER,
        rng,
    )


def _apart(scores: Floats, sets: Integers) -> list[int]:
    """Sets with a score, the best first, each without a region of a better one."""
    taken, found = set[int](), list[int]()
    for where in np.argsort(-scores, kind="stable"):
        if scores[where] <= 0:
            break
        rows = {int(row) for row in sets[where] if row >= 0}
        if not rows & taken:
            found.append(int(where))
            taken |= rows
    return found


def regions_of(rising: Rising) -> Sequence[str]:
    """Codes of its regions."""
    return [rising.stratum.places[row] for row in rising.rows]
