"""What an audit by hand says of the links: the shares found and right, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.linkage_error.error_rates import ErrorRates, leaving, merges
from aiqyn.estimates.linkage_error.recall_by_list import recalls_by_list
from aiqyn.estimates.linkage_error.shares import Rng, Share
from aiqyn.estimates.tables.cells import Floats

LEAST_SHARE = 0.3  # below it most links are missed or wrong, and no extrapolation reaches back


@dataclass(frozen=True, slots=True)
class LinkageAudit:
    """What an audit says of a linkage.

    Attributes
    ----------
    recall : share of the pairs of records of one person that the linkage holds together
    precision : share of the pairs that it holds together that are one person
    by_list : recall of the pairs of the list with other lists; used when it names every list
    twice : share of the persons of the list who stand on it as two; nobody unless given
    two_in_one : persons beyond the first in a person found; from `precision` unless given

    Raises
    ------
    AnswerRefused (EST-063) when recall or precision is unknown or too low to be corrected for.
    """

    recall: Share
    precision: Share
    by_list: Mapping[str, Share] = field(default_factory=dict)
    twice: Mapping[str, Share] = field(default_factory=dict)
    two_in_one: Share | None = None

    def __post_init__(self) -> None:
        for share in (self.recall, self.precision, *self.by_list.values()):
            if not LEAST_SHARE <= share.value <= 1 or not share.n > 0:
                raise AnswerRefused("EST-063", least=LEAST_SHARE)

    def rates(self, tables: Floats, lists: Sequence[str], rng: Rng | None = None) -> ErrorRates:
        """The error in tables that this linkage made, a row each.

        Parameters
        ----------
        rng : draws the shares of each row from their posterior; without it they are as measured
        """
        rows = len(tables)
        none = np.zeros(rows)
        twice = [self.twice[x].drawn(rows, rng) if x in self.twice else none for x in lists]
        if self.two_in_one is None:
            merged = merges(tables, 1 - self.precision.drawn(rows, rng))
        else:
            merged = self.two_in_one.drawn(rows, rng) * tables.sum(axis=1)
        gone = leaving(tables, self._recalls(lists, rows, rng))
        return ErrorRates(gone, np.stack(twice, axis=1), merged)

    def _recalls(self, lists: Sequence[str], rows: int, rng: Rng | None) -> Floats:
        if lists and all(name in self.by_list for name in lists):
            return recalls_by_list([self.by_list[name] for name in lists], rows, rng)
        return np.tile(self.recall.drawn(rows, rng)[:, None], len(lists))

    @property
    def is_sure(self) -> bool:
        """Whether the shares are taken as known, as nobody has measured them."""
        return bool(np.isinf(self.recall.n) and np.isinf(self.precision.n))
