"""The posterior median over decomposable graphs of each table of a file of replicates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.decomposable.posterior import posterior
from aiqyn.estimates.intervals.resampling import emptied
from aiqyn.estimates.results import Caution, Replicates
from aiqyn.estimates.tables.cells import Floats, main_masks, members, superset_sums

FEWEST, MOST = 3, 5  # lists; 8, 61 and 822 decomposable graphs


@dataclass(frozen=True, slots=True)
class Medians:
    """Persons in all for each table.

    Attributes
    ----------
    totals : in the order of the tables; None where fewer than three lists hold anybody, or nobody
        is on two
    counted : what became of the tables
    """

    totals: tuple[float | None, ...]
    counted: Replicates

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """That the interval does not come from them, and how many lost a list."""
        slots = {"n": self.counted.empty_list, "m": self.counted.run}
        lost = (Caution("EST-103", slots),) if self.counted.empty_list else ()
        return (*lost, Caution("EST-143"))


def of_replicates(tables: Floats, delta: float | None, total: float) -> Medians:
    """The medians, an emptied list taken as absent.

    Parameters
    ----------
    tables : shape ``(replicates, 2**lists)``
    delta : prior persons in each cell; ``2**-lists`` of the lists that are left unless given
    total : the median of the table itself, to count ties
    """
    totals = tuple(_median(_without_empty_lists(counts), delta) for counts in tables)
    run, refused = len(totals), totals.count(None)
    lost = emptied(tables, tables.shape[1].bit_length() - 1)
    return Medians(totals, Replicates(run, refused, lost, totals.count(total)))


def _median(counts: Floats, delta: float | None) -> float | None:
    lists = len(counts).bit_length() - 1
    twice = counts.sum() - counts[list(main_masks(lists))].sum()
    if lists < FEWEST or twice == 0:
        return None
    found = posterior(counts, 2.0**-lists if delta is None else delta)
    return float(counts.sum() + found.quantile(0.5))


def _without_empty_lists(counts: Floats) -> Floats:
    """The table of the lists that hold anybody; counts by their own histories."""
    lists = len(counts).bit_length() - 1
    held = superset_sums(counts)[list(main_masks(lists))] > 0
    if held.all():
        return counts
    kept = np.flatnonzero(held)
    histories = [sum(1 << int(kept[j]) for j in members(h)) for h in range(1 << len(kept))]
    return np.asarray(counts[histories])
