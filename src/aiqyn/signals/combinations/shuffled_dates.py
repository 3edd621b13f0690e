"""How strong the strongest rise is by chance: dates shuffled among the records of a season.

Each record keeps all its values, so that they depend on one another as they do; each month keeps
its number of records, so that the total may grow, fall or have seasons; and each season keeps its
records, so that a value with a season of its own (harvest) is not new every summer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.margins import Margins
from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.combinations.rise_scores import Logarithms, best_rises
from aiqyn.signals.series.judged import Floats

STEP = 0.02  # of the scores that are counted
HIGHEST = 10_000  # steps; a score over 200 counts as 200
STOP_AFTER = 100  # replicates as strong as the data: p is known to a tenth of itself


@dataclass(frozen=True, slots=True)
class Chance:
    """What shuffled dates give.

    Attributes
    ----------
    greatest : (drawn,) the strongest score of each replicate
    at_least : (steps,) cells a replicate with a score of so many steps or more, on average;
        overlapping cells count each, so it is more than the separate alarms
    """

    greatest: Floats
    at_least: Floats

    def cells(self, score: float) -> float:
        """How many cells a replicate has at or over the score, the data counted as one of them."""
        step = int(np.clip(np.floor(score / STEP), 0, HIGHEST - 1))
        return float(self.at_least[step]) + 1 / (len(self.greatest) + 1)

    def score(self, cells: float) -> float:
        """The score that no more than so many cells of a replicate reach."""
        few = np.flatnonzero(self.at_least + 1 / (len(self.greatest) + 1) <= cells)
        return float(few[0]) * STEP if len(few) else np.inf

    def p(self, score: float) -> float:
        """Share of replicates with any cell at or over the score, the data counted among them."""
        return float((1 + (self.greatest >= score - 1e-9).sum()) / (1 + len(self.greatest)))


def shuffle_dates(
    of: NDArray[np.int32],
    dated: Dates,
    known: Margins,
    logs: Logarithms,
    handicap: Floats,
    top: float,
    replicates: int,
    rng: np.random.Generator,
) -> Chance:
    """Scores of at most `replicates`; fewer once a hundred of them reach `top`.

    References
    ----------
    Besag & Clifford (1991), Biometrika 78, 301-304 (the early stop).
    """
    counts = np.zeros(HIGHEST)
    greatest: list[float] = []
    reached = 0
    for latest in dated.shuffled(replicates, rng):
        scores = best_rises(of, latest, known, logs).score - handicap
        greatest.append(float(scores.max(initial=0.0)))
        steps = (scores[scores > 0] / STEP).astype(np.int64)
        counts += np.bincount(np.minimum(steps, HIGHEST - 1), minlength=HIGHEST)
        reached += greatest[-1] >= top
        if reached >= STOP_AFTER:
            break
    return Chance(np.array(greatest), counts[::-1].cumsum()[::-1] / max(len(greatest), 1))


@dataclass(frozen=True, slots=True)
class Dates:
    """When records were, as months and seasons.

    Attributes
    ----------
    back, season : (n,)
    longest : months of the longest window
    """

    back: Indices
    season: Indices
    longest: int

    def latest(self) -> Indices:
        """The records of the longest window, the latest month first."""
        order = np.argsort(self.back, kind="stable")
        return order[: int((self.back < self.longest).sum())]

    def shuffled(self, replicates: int, rng: np.random.Generator) -> Iterator[Indices]:
        """The same of records whose dates were shuffled within each season."""
        own = [np.flatnonzero(self.season == s) for s in np.unique(self.season)]
        months = [np.sort(self.back[records]) for records in own]
        inside = [int((month < self.longest).sum()) for month in months]
        order = np.argsort(
            np.concatenate([m[:k] for m, k in zip(months, inside, strict=True)]), kind="stable"
        )
        for _ in range(replicates):
            drawn = [rng.permutation(r)[:k] for r, k in zip(own, inside, strict=True)]
            yield np.concatenate(drawn)[order]
