"""The values that may stand in a group, numbered through all attributes, and what a group costs.

A group names k of the V values of some attributes. There are C(V, k) ways to do so, and one of A
attributes was chosen for it; so each attribute that is named costs

    log A + 0.7 log C(V, k)

of the log-likelihood ratio. With the second part whole fewer of the planted values are found; what
is left of the choice is judged by shuffled files, which are searched alike.

Speakman, Somanchi, McFowland & Neill (2016), J. Comput. Graph. Stat. 25, 382-404 (penalties that
keep the fast subset scan exact).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from aiqyn.signals.combinations.attributes import Attributes
from aiqyn.signals.combinations.cells import FEWEST
from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.series.judged import Floats

MOST_ATTRIBUTES = 60  # those after them are in no group
MOST_VALUES = 100  # of an attribute; its rarer values stand in no group
MOST_IN_ALL = 1_000  # values of all attributes together, each having as many
OF_THE_CHOICE = 0.7  # of log C(V, k); measured on planted groups, docs/methods/new_combinations.md

NONE = -1


@dataclass(frozen=True, slots=True)
class Values:
    """Values of all attributes in a row.

    Attributes
    ----------
    codes : (A, n) number of each record's value; -1 where it is in no group
    first : (A + 1,) number of the first value of each attribute; the last is how many there are
    own : (T,) index of each value in its attribute
    penalty : (T,) at the place of an attribute's k-th value: what k of its values cost
    """

    codes: Indices
    first: Indices
    own: Indices
    penalty: Floats

    @property
    def number(self) -> int:
        """How many values, T."""
        return len(self.own)

    @property
    def attribute(self) -> Indices:
        """(T,) the attribute of each value."""
        return np.repeat(np.arange(len(self.codes)), np.diff(self.first))


def common_values(attributes: Attributes, records: Indices) -> Values:
    """The values that at least three of these records hold."""
    watched = min(len(attributes.names), MOST_ATTRIBUTES)
    most = min(MOST_VALUES, MOST_IN_ALL // watched)
    codes = np.full((watched, len(records)), NONE, dtype=np.int64)
    own, penalty, first = [np.empty(0, np.int64)], [np.empty(0)], [0]
    for a in range(watched):
        mine = attributes.codes[a, records]
        many = np.bincount(mine + 1, minlength=len(attributes.values[a]) + 1)[1:]
        common = np.sort(np.argsort(-many, kind="stable")[:most])
        common = common[many[common] >= FEWEST]
        number = np.full(len(many) + 1, NONE)
        number[common] = np.arange(len(common)) + first[-1]
        codes[a] = number[mine]
        own.append(common)
        penalty.append(_cost(len(common), watched))
        first.append(first[-1] + len(common))
    return Values(codes, np.array(first), np.concatenate(own), np.concatenate(penalty))


def _cost(values: int, attributes: int) -> Floats:
    """(V,) of 1, 2 … of the values."""
    k = np.arange(1, values + 1)
    ways = gammaln(values + 1) - gammaln(k + 1) - gammaln(values - k + 1)
    return np.asarray(np.log(attributes) + OF_THE_CHOICE * ways)
