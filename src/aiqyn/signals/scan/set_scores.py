"""Scores of given sets of places whose counts vary more than Poisson ones.

Kulldorff's likelihood ratio with known expectations, over the set's dispersion: with `c` cases for
`b` expected, ``(c log(c/b) - c + b) / phi``. Only where every place of the set is over what was
expected of it, so that no quiet place is told along with a loud one (as the restricted ratio of
T. Tango and K. Takahashi, 2012, Stat. Med. 31:4207).
"""

from __future__ import annotations

import numpy as np

from aiqyn.signals.scan.window_scores import Indices, score
from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats


@compiled
def set_scores(counts: Floats, mean: Floats, phi: Floats, sets: Indices, least: float) -> Floats:
    """(replicates, sets) scores.

    Parameters
    ----------
    counts : (replicates, places)
    mean, phi : (places,) what is expected, and variance over mean
    sets : (sets, most) rows of places, filled up with -1
    least : cases that every place of a set must have
    """
    scores = np.zeros((counts.shape[0], sets.shape[0]))
    for z in range(sets.shape[0]):
        base, spread = 0.0, 0.0
        for place in sets[z]:
            if place >= 0:
                base += mean[place]
                spread += mean[place] * phi[place]
        for r in range(counts.shape[0]):
            cases, rising = 0.0, True
            for place in sets[z]:
                if place >= 0:
                    cases += counts[r, place]
                    rising = rising and counts[r, place] > mean[place]
                    rising = rising and counts[r, place] >= least
            if rising:
                scores[r, z] = score(cases, base, 0.0) * base / spread
    return scores
