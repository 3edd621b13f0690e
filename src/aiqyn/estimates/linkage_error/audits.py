"""What an audit by hand says of the links: the shares found and right, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.cells import Floats

if TYPE_CHECKING:
    from aiqyn.linkage.audit.quality import Quality

LEAST_SHARE = 0.3  # below it most links are missed or wrong, and no extrapolation reaches back
BOTH_ENDS = 2  # a pair of two lists is counted in the recall of both


@dataclass(frozen=True, slots=True)
class Share:
    """A share and the number of draws, one by one, that its interval is worth.

    Attributes
    ----------
    value : between 0 and 1
    n : pairs, divided by the design effect; infinite where the share is taken as known
    """

    value: float
    n: float = float("inf")

    def drawn(self, size: int, rng: np.random.Generator) -> Floats:
        """Draws from the posterior under Jeffreys' prior, ``Beta(hits + 1/2, misses + 1/2)``."""
        if np.isinf(self.n):
            return np.full(size, self.value)
        hits = self.value * self.n
        return rng.beta(hits + 0.5, self.n - hits + 0.5, size)


@dataclass(frozen=True, slots=True)
class LinkageAudit:
    """Recall and precision of a linkage, over pairs of records.

    Attributes
    ----------
    recall : share of the pairs of records of one person that the linkage holds together
    precision : share of the pairs that it holds together that are one person
    by_list : recall of the pairs with a record of the list; used when it names every list

    Raises
    ------
    AnswerRefused (EST-063) when recall or precision is unknown or too low to be corrected for.
    """

    recall: Share
    precision: Share
    by_list: Mapping[str, Share] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for share in (self.recall, self.precision, *self.by_list.values()):
            if not LEAST_SHARE <= share.value <= 1 or not share.n > 0:
                raise AnswerRefused("EST-063", least=LEAST_SHARE)

    def taken_as_known(self) -> LinkageAudit:
        """The same shares without their doubt."""
        lists = {name: Share(share.value) for name, share in self.by_list.items()}
        return LinkageAudit(Share(self.recall.value), Share(self.precision.value), lists)

    def recalls(self, lists: Sequence[str], size: int, rng: np.random.Generator) -> Floats:
        """Recall of each list's pairs drawn from its posterior; shape ``(size, lists)``."""
        if lists and all(name in self.by_list for name in lists):
            return np.stack([self.by_list[x].drawn(size, rng) for x in lists], axis=1)
        return np.repeat(self.recall.drawn(size, rng)[:, None], len(lists), axis=1)


def audit_of(quality: Quality) -> LinkageAudit:
    """The audit from what linkage measured of an answered file.

    Raises
    ------
    AnswerRefused (EST-063) when no pair was met, so that recall or precision is not known.
    """
    lists = {
        code: Share(recall.value, recall.n / BOTH_ENDS)
        for code, (recall, _) in quality.groups.get("list", {}).items()
        if recall.value is not None and recall.value >= LEAST_SHARE and recall.n
    }
    recall, precision = quality.recall, quality.precision
    if recall.value is None or precision.value is None:
        raise AnswerRefused("EST-063", least=LEAST_SHARE)
    return LinkageAudit(Share(recall.value, recall.n), Share(precision.value, precision.n), lists)
