"""What a programme's mean tells beside the tables that the report prints.

The programme's persons are some of the persons of its regions and years. So the least that the sum
behind a printed mean can be is the least that these cells of the table of regions hold together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aiqyn.disclosure.cells import Cell
from aiqyn.disclosure.published import PublishedTable
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.told_sums import ToldSum, give_away
from aiqyn.prevention.effects import Panel

REGIONS = "victims_region"


class BesideTables:
    """The printed tables, and the sums that programmes have told so far."""

    def __init__(self, tables: Sequence[PublishedTable], rules: Rules) -> None:
        self._tables, self._rules = tables, rules
        self._told: list[ToldSum] = []

    def admits(self, panel: Panel, least: float) -> bool:
        """Whether it may be told that at least so many persons stand in the panel's treated cells.

        What may be told is told, and remembered for the programmes that follow.
        """
        told = [*self._told, ToldSum(self._cells(panel), least)]
        if give_away(self._tables, told, self._rules):
            return False
        self._told = told
        return True

    def _cells(self, panel: Panel) -> tuple[Cell, ...]:
        """Regions and whole years in which the panel has a period under the programme."""
        touched = {
            (panel.units[unit], panel.times[time][:4])
            for unit, time in np.argwhere(panel.under_programme)
        }
        return tuple(
            t.axes.cell(t.axes.row([{"region": region, "year": year}[d] for d in t.dims]))
            for t in self._tables
            if t.name == REGIONS
            for region, year in sorted(touched)
        )
