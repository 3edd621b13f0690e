"""What a record adds to a group whose records have become so many times as likely to be late ones.

Under shuffled dates a record of season s lies in the window with probability pi_s, the share of
that season's records there. If those of a group lie there with q times the odds, its log-likelihood
ratio is the sum over its records of

    y log q - log(1 + pi_s (q - 1)),   y = 1 in the window and 0 before it

(the expectation-based Bernoulli scan; Neill 2012, section 3). It adds up over records, so that with
q held fixed every step of the ascent is exact. The score of a group is the best over a few q; of a
combination that is wholly new it has the same leading term as `rise_scores`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.signals.combinations.months_back import SEASONS, Indices
from aiqyn.signals.combinations.shuffled_dates import Dates
from aiqyn.signals.combinations.subset_scan.starts import pairs_of
from aiqyn.signals.combinations.subset_scan.values import Values
from aiqyn.signals.series.judged import Floats

RISKS = (1.5, 2.5, 5.0, 20.0)  # times the odds
LENGTHS = (3, 6, 12)  # months; a thin rise needs time


@dataclass(frozen=True, slots=True)
class Case:
    """One window and one q.

    Attributes
    ----------
    months : of the window
    records : in the window
    gain : log q
    cost : (n,) log(1 + pi (q - 1)) of each record
    pairs : (T, T) the same, summed over the records that hold both values
    """

    months: int
    records: int
    gain: float
    cost: Floats
    pairs: Floats


def cases(values: Values, dated: Dates, windows: tuple[int, ...]) -> tuple[Case, ...]:
    """Every window of 3, 6 and 12 months (the longest where none is) with every q."""
    lengths = [length for length in windows if length in LENGTHS] or [windows[-1]]
    found = []
    for months in lengths:
        share = _share(dated, months)
        for q in RISKS:
            cost = np.log1p(share * (q - 1))[dated.season]
            pairs = pairs_of(values.codes, values.number, cost)
            inside = int((dated.back < months).sum())
            found.append(Case(months, inside, float(np.log(q)), cost, pairs))
    return tuple(found)


def _share(dated: Dates, months: int) -> Floats:
    """(seasons,) of the records of each season that lie in the window."""
    of_season = np.bincount(dated.season, minlength=SEASONS)
    inside: Indices = np.bincount(dated.season[dated.back < months], minlength=SEASONS)
    return np.asarray(inside / np.maximum(of_season, 1))
