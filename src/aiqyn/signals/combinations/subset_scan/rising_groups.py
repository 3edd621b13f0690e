"""Groups of values that rise together by more than the strongest groups of shuffled files do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.attributes import Attributes
from aiqyn.signals.combinations.found import Found
from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.combinations.shuffled_dates import Dates
from aiqyn.signals.combinations.subset_scan.strongest_group import Group, strongest_group
from aiqyn.signals.combinations.subset_scan.values import Values, common_values
from aiqyn.signals.combinations.subset_scan.worth_of_records import cases
from aiqyn.signals.series.judged import Floats


@dataclass(frozen=True, slots=True)
class RisingGroups:
    """The values of a file, and how strong its groups are by chance.

    Attributes
    ----------
    greatest : (drawn,) score of the strongest group of each shuffled file
    most : share of shuffled files that may have one as strong as one that is told
    """

    attributes: Attributes
    dated: Dates
    windows: tuple[int, ...]
    greatest: Floats
    most: float

    def strongest(self, left: NDArray[np.bool_]) -> Found | None:
        """The strongest among the records that are left; None when chance gives as strong ones."""
        records = np.flatnonzero(left)
        values, rest = _of(records, self.attributes, self.dated)
        group = strongest_group(values, rest.latest(), cases(values, rest, self.windows))
        if group is None:
            return None
        p = (1 + int((self.greatest >= group.score - 1e-9).sum())) / (1 + len(self.greatest))
        if p > self.most:
            return None
        named = group.by_attribute(values)
        held = np.all([np.isin(self.attributes.codes[a], own) for a, own in named.items()], axis=0)
        what = _what(named, self.attributes)
        return Found(what, np.flatnonzero(held), group.months, group.score, p, p)


def rising_groups(
    attributes: Attributes,
    dated: Dates,
    windows: tuple[int, ...],
    *,
    most: float,
    replicates: int,
    rng: np.random.Generator,
) -> RisingGroups:
    """The values beside at most so many shuffled files, fewer once too many are as strong."""
    values, _ = _of(np.arange(len(dated.back)), attributes, dated)
    known = cases(values, dated, windows)
    top = _score(strongest_group(values, dated.latest(), known))
    greatest: list[float] = []
    reached = 0
    for latest in dated.shuffled(replicates, rng):
        greatest.append(_score(strongest_group(values, latest, known)))
        reached += greatest[-1] >= top
        if reached >= most * (replicates + 1):
            break
    return RisingGroups(attributes, dated, windows, np.array(greatest), most)


def _of(records: Indices, attributes: Attributes, dated: Dates) -> tuple[Values, Dates]:
    """The values and dates of some records."""
    rest = Dates(dated.back[records], dated.season[records], dated.longest)
    return common_values(attributes, records), rest


def _score(group: Group | None) -> float:
    return group.score if group else -np.inf


def _what(
    named: Mapping[int, Indices], attributes: Attributes
) -> Mapping[str, str | tuple[str, ...]]:
    """Attribute -> its value, or its values in order."""
    told = {
        attributes.names[a]: tuple(attributes.values[a][value] for value in own.tolist())
        for a, own in named.items()
    }
    return {name: values if len(values) > 1 else values[0] for name, values in told.items()}
