"""How great the greatest score is when nothing is unusual: replicates under each method's null."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from aiqyn.signals.scan.cases_and_places import CasesAndPlaces
from aiqyn.signals.scan.expected_cases import ScanMethod
from aiqyn.signals.series.judged import Floats

BATCH = 50  # replicates held at once; batches do not change what is drawn
EULER = 0.5772156649015329

Draw = Callable[[int, np.random.Generator], Floats]


@dataclass(frozen=True, slots=True)
class MonteCarlo:
    """Greatest scores of the replicates that were drawn.

    Attributes
    ----------
    greatest : (drawn,) scores, in order of drawing
    stopped : whether drawing ended before all replicates, by the rule of Besag & Clifford (1991)
    """

    greatest: Floats
    stopped: bool = False

    def p(self, score: float) -> float:
        """Share of replicates at or over the score, the data counted among them.

        After an early stop it is ``h / l`` for the score that stopped it, which is the `l`-th
        replicate's being the `h`-th at or over it.
        """
        over = int((self.greatest >= score - 1e-9).sum())
        return over / len(self.greatest) if self.stopped and over else self._with_the_data(over)

    def _with_the_data(self, over: int) -> float:
        return (1 + over) / (1 + len(self.greatest))

    def p_gumbel(self, score: float) -> float | None:
        """The same from a Gumbel distribution with the replicates' mean and spread."""
        if len(self.greatest) < 20 or self.greatest.std() <= 0:
            return None
        scale = float(self.greatest.std(ddof=1)) * np.sqrt(6) / np.pi
        place = float(self.greatest.mean()) - EULER * scale
        steps = min((place - score) / scale, 700.0)  # beyond it p is 1 and exp() overflows
        return float(-np.expm1(-np.exp(steps)))


def draw_maxima(
    draw: Draw,
    greatest_of: Callable[[Floats], Floats],
    score: float,
    replicates: int,
    stop_after: int | None,
    rng: np.random.Generator,
) -> MonteCarlo:
    """Greatest scores of at most `replicates`; fewer once `stop_after` of them reach `score`."""
    drawn = np.empty(0)
    for size in _batches(replicates):
        drawn = np.concatenate([drawn, greatest_of(draw(size, rng))])
        over = np.flatnonzero(drawn >= score - 1e-9)
        if stop_after is not None and len(over) >= stop_after:
            last = int(over[stop_after - 1]) + 1
            return MonteCarlo(drawn[:last], stopped=last < replicates)
    return MonteCarlo(drawn)


def _batches(replicates: int) -> Iterator[int]:
    for start in range(0, replicates, BATCH):
        yield min(BATCH, replicates - start)


def null_of(method: ScanMethod, data: CasesAndPlaces, expected: Floats, durations: int) -> Draw:
    """How a replicate is drawn: (replicates, places, durations) cases, the latest period last.

    Independent Poisson counts (eb-poisson); the total thrown over all places and periods in
    proportion to what is expected (pb-poisson; a total that is a fraction is rounded); the cases'
    periods shuffled among the cases (permutation; a fraction of a case keeps its weight).
    """
    if method == "eb-poisson":
        last = expected[:, -durations:]
        return lambda size, rng: rng.poisson(last, (size, *last.shape)).astype(np.float64)
    if method == "pb-poisson":
        return _thrown(expected, durations, max(round(float(data.cases.sum())), 1))
    return _shuffled(data.cases, durations)


def _thrown(expected: Floats, durations: int, total: int) -> Draw:
    last = expected[:, -durations:]
    earlier = max(float(expected.sum() - last.sum()), 0.0)
    share = np.append(last.ravel(), earlier)
    share /= share.sum()

    def draw(size: int, rng: np.random.Generator) -> Floats:
        thrown = rng.multinomial(total, share, size)[:, :-1]
        return thrown.reshape(size, *last.shape).astype(np.float64)

    return draw


def _shuffled(cases: Floats, durations: int) -> Draw:
    whole, places, periods = np.ceil(cases - 1e-9).astype(np.int64), *cases.shape
    cells = np.repeat(np.arange(cases.size), whole.ravel())
    ends = np.cumsum(whole.ravel())
    weight = np.ones(len(cells))
    some = whole.ravel() > 0  # the last case of a cell holds what is left of a fraction
    weight[ends[some] - 1] = (cases - whole + 1).ravel()[some]
    place, period = np.divmod(cells, periods)

    def draw(size: int, rng: np.random.Generator) -> Floats:
        table = np.empty((size, places, durations))
        for one in table:
            where = place * periods + rng.permutation(period)
            counts = np.bincount(where, weight, cases.size).reshape(places, periods)
            one[:] = counts[:, -durations:]
        return table

    return draw
