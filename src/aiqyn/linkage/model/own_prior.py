"""The share of pairs that are one person, as the scored pairs themselves tell it.

The share hangs on how many records there are and how far the lists overlap, so neither a rule of
thumb nor the lists of last year can tell it. One more round of expectation maximisation can: the
share is put to the sum of the pairs' probabilities over all pairs, again and again, and each pair's
odds move with it. Weights stay; no pair is compared anew.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROUNDS = 50
CLOSE = 1e-4  # of the share itself
LEAST_ROOM = 1 / 50  # pairs are scored down to this part of the threshold: the odds may yet rise


def own_prior(probability: Floats, prior: float, records: int) -> tuple[Floats, float]:
    """The probabilities with the prior that they add up to, and that prior.

    Parameters
    ----------
    probability : of each scored pair under `prior`; those not scored count as 0
    records : number of records, of which any two are a pair
    """
    pairs = records * (records - 1) / 2
    if not len(probability) or pairs < 1:
        return probability, prior
    sure = np.clip(probability, 1e-12, 1 - 1e-12)
    without = np.log(sure / (1 - sure)) - _log_odds(prior)
    found, before = prior, 0.0
    for _ in range(ROUNDS):
        if abs(found - before) <= CLOSE * found:
            break
        before = found
        total = float(_probability(without + _log_odds(found)).sum())
        found = min(max(total / pairs, 1e-12), 0.5)
    return _probability(without + _log_odds(found)), found


def _log_odds(share: float) -> float:
    return float(np.log(share / (1 - share)))


def _probability(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=np.float64)
