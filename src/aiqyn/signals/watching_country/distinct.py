"""From many series over their past to the few things that happened.

Series overlap: a rise in one place raises every series that holds its persons. The strongest series
stands for it. Another one is a signal of its own only if it would still be an alarm

- without the persons of the signals before it, or
- where it is a part of one of them, against an expectation that has risen as much as the whole.

A whole that rises also without a part that was stronger takes the part's place, unless the part
rose by more than the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from aiqyn.signals.watching_country.false_alarms import Alarm, expected_false
from aiqyn.signals.watching_country.predicted import Predicted, tails
from aiqyn.signals.watching_country.series_of_country import Integers
from aiqyn.signals.watching_country.settings import WatchSettings

Cell = dict[str, str]


@dataclass(frozen=True, slots=True)
class Distinct:
    """A signal: the alarm that stands for it, its cell, its persons, and the alarms it explains.

    Attributes
    ----------
    members : rows of the persons in its window
    """

    alarm: Alarm
    cell: Cell
    members: frozenset[int]
    parts: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What telling signals apart looks at.

    Attributes
    ----------
    values : a list of values for each person and dimension; `week` counted back
    sizes : (cells,) number of dimensions, the family of each
    """

    values: pl.DataFrame
    cells: pl.DataFrame
    windows: Sequence[Predicted]
    sizes: Integers
    settings: WatchSettings

    def cell(self, alarm: Alarm) -> Cell:
        """Dimension -> value."""
        row = self.cells.row(alarm.cell, named=True)
        return {name: row[name] for name in self.settings.dimensions if row[name] is not None}

    def members(self, cell: Cell, weeks: int) -> frozenset[int]:
        """Rows of the persons of a cell in the latest weeks."""
        inside = [pl.col(name).list.contains(value) for name, value in cell.items()]
        chosen = self.values.with_row_index("row").filter(pl.col("week") < weeks, *inside)
        return frozenset(chosen["row"].to_list())

    def still_alarm(self, alarm: Alarm, count: int, times: float = 1.0) -> bool:
        """Whether `count` would be an alarm against an expectation that rose by `times`."""
        if count < self.settings.fewest_now:
            return False
        predicted = self.windows[alarm.window]
        at = np.array([alarm.cell])
        mean, phi = predicted.mean[at] * times, predicted.phi[at]
        level = float(tails(np.array([float(count)]), mean, phi)[0])
        kin = (self.sizes == self.sizes[alarm.cell]) & np.isfinite(predicted.mean)
        families = len(np.unique(self.sizes)) * len(self.windows)
        false = expected_false(
            level, predicted.mean[kin], predicted.phi[kin], self.settings.fewest_now
        )
        return families * false <= self.settings.expected


def distinct_signals(alarms: Sequence[Alarm], scene: Scene) -> tuple[Distinct, ...]:
    """The signals, strongest first."""
    found: list[Distinct] = []
    for alarm in alarms:
        cell = scene.cell(alarm)
        one = Distinct(alarm, cell, scene.members(cell, scene.settings.windows[alarm.window]))
        _take_in(one, found, scene)
    return tuple(sorted(found, key=lambda signal: signal.alarm.strength))


def _take_in(one: Distinct, found: list[Distinct], scene: Scene) -> None:
    """Put the alarm among the signals: to the one that explains it, over it, or by itself."""
    shared = [len(one.members & signal.members) for signal in found]
    if not any(shared):
        found.append(one)
        return
    nearest = int(np.argmax(shared))
    whole = found[nearest]
    told = frozenset[int]().union(*(signal.members for signal in found))
    if not scene.still_alarm(one.alarm, len(one.members - told)):
        apart = one.cell.items() > whole.cell.items() and _beyond(one, whole, scene)
        if apart:
            found.append(one)
        else:
            found[nearest] = replace(whole, parts=(*whole.parts, one.alarm))
    elif one.members >= whole.members and not _beyond(whole, one, scene):
        found[nearest] = replace(one, parts=(whole.alarm, *whole.parts))
    else:
        found.append(one)


def _beyond(part: Distinct, whole: Distinct, scene: Scene) -> bool:
    """Whether a part rose by more than the whole that holds it, in the part's window."""
    at, cell = scene.windows[part.alarm.window], whole.alarm.cell
    times = float(at.observed[cell] / at.mean[cell])
    return scene.still_alarm(part.alarm, len(part.members), times)
