"""The strongest group of values: over windows, over how much likelier, and over where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.combinations.subset_scan.coordinate_ascent import Chosen, climb
from aiqyn.signals.combinations.subset_scan.starts import best_starts, pairs_of
from aiqyn.signals.combinations.subset_scan.values import Values
from aiqyn.signals.combinations.subset_scan.worth_of_records import Case


@dataclass(frozen=True, slots=True)
class Group:
    """Values that rise together.

    Attributes
    ----------
    chosen : (T,) of `Values`; none of an attribute: it may have any
    months : of the window
    score : log-likelihood ratio less the penalties
    """

    chosen: Chosen
    months: int
    score: float

    def by_attribute(self, values: Values) -> dict[int, Indices]:
        """Attribute -> the values that it names, by their index in the attribute."""
        named = values.attribute[self.chosen]
        return {int(a): values.own[self.chosen][named == a] for a in np.unique(named)}


def strongest_group(values: Values, latest: Indices, cases: Sequence[Case]) -> Group | None:
    """The best group with more than one value of an attribute; None where there is none.

    Parameters
    ----------
    latest : records of the longest window, the latest first
    """
    best: Group | None = None
    months, counted, inside = 0, 0, np.zeros(values.codes.shape[1])
    together = np.zeros((values.number, values.number))
    for case in cases:
        if case.months > months:
            added = latest[counted : case.records]
            together += pairs_of(values.codes[:, added], values.number)
            inside[added] = 1.0
            months, counted = case.months, case.records
        weight = case.gain * inside - case.cost
        for chosen, several in best_starts(case.gain * together - case.pairs, values):
            score = climb(values.codes, weight, values.first, values.penalty, chosen, several)
            if best is None or score > best.score:
                best = Group(chosen, case.months, float(score))
    return best
