"""A panel: areas by periods, one outcome, and from when the programme ran in each area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import AnswerRefused, InputRefused

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEVER = -1  # start of an area that the programme did not reach within the panel


@dataclass(frozen=True, slots=True)
class Panel:
    """Every area observed in every period.

    Attributes
    ----------
    units : areas (or schools, border posts …), never persons
    times : periods as the file writes them, in order
    outcome : shape (units, times), in the outcome's unit
    starts : shape (units,): place of the first treated period in `times`, or `NEVER`
    covariates : name -> shape (units, times); NaN where not recorded
    outcome_name : heading of the outcome
    always, after : areas left out or counted as never treated, see `with_starts`
    """

    units: tuple[str, ...]
    times: tuple[str, ...]
    outcome: Floats
    starts: Ints
    covariates: Mapping[str, Floats] = field(default_factory=dict)
    outcome_name: str = "outcome"
    always: int = 0
    after: int = 0

    @property
    def never(self) -> NDArray[np.bool_]:
        """Shape (units,): areas that the programme did not reach."""
        return np.equal(self.starts, NEVER)

    @property
    def under_programme(self) -> NDArray[np.bool_]:
        """Shape (units, times): from the start on."""
        at = np.arange(len(self.times))
        return np.asarray((self.starts[:, None] != NEVER) & (at >= self.starts[:, None]))

    @property
    def is_count(self) -> bool:
        """Whether every outcome is a whole number, 0 or more."""
        return bool(np.all(self.outcome >= 0) and np.all(self.outcome == np.round(self.outcome)))

    def with_outcome(self, outcome: Floats) -> Panel:
        """The same areas and periods with another outcome."""
        return replace(self, outcome=outcome)

    def with_starts(self, starts: Ints) -> Panel:
        """The same outcomes with the programme elsewhere."""
        return replace(self, starts=starts)

    def only(self, keep: NDArray[np.bool_]) -> Panel:
        """The panel of some of its areas; `keep` has shape (units,)."""
        return replace(
            self,
            units=tuple(u for u, k in zip(self.units, keep, strict=True) if k),
            outcome=self.outcome[keep],
            starts=self.starts[keep],
            covariates={name: table[keep] for name, table in self.covariates.items()},
        )

    def until(self, end: int) -> Panel:
        """The periods before place `end`; later starts have not happened yet."""
        return replace(
            self,
            times=self.times[:end],
            outcome=self.outcome[:, :end],
            starts=np.where(self.starts < end, self.starts, NEVER),
            covariates={name: table[:, :end] for name, table in self.covariates.items()},
        )

    def unit(self, name: str) -> int:
        """Place of the area.

        Raises
        ------
        InputRefused (PREV-007) when the panel has no such area.
        """
        if name not in self.units:
            raise InputRefused("PREV-007", unit=name)
        return self.units.index(name)

    def period(self, value: str) -> int:
        """Place of the first period at or after `value`.

        Raises
        ------
        InputRefused (PREV-008) when no period lies before it, or none at or after it.
        """
        at = place(value, self.times)
        if not 0 < at < len(self.times):
            raise InputRefused("PREV-008", value=value, first=self.times[0], last=self.times[-1])
        return at

    def treated_from(self, unit: str, value: str) -> Panel:
        """The panel with one programme: in `unit` from period `value` on.

        Other areas that the file marks as treated leave: they are no comparison.
        """
        chosen, at = self.unit(unit), self.period(value)
        keep = self.never.copy()
        keep[chosen] = True
        starts = np.where(np.arange(len(self.units)) == chosen, at, NEVER)
        return self.with_starts(starts).only(keep)


def need_programme(panel: Panel) -> None:
    """Refuse (PREV-010) a panel in which the programme reached nobody."""
    if panel.never.all():
        raise AnswerRefused("PREV-010", always=panel.always)


def need_something_before(panel: Panel) -> None:
    """Refuse (PREV-014) when the treated areas recorded nothing at all before the programme."""
    treated = ~panel.never
    before = np.arange(len(panel.times)) < panel.starts[treated][:, None]
    if not np.any(panel.outcome[treated][before]):
        raise AnswerRefused("PREV-014", outcome=panel.outcome_name)


def place(value: str, times: tuple[str, ...]) -> int:
    """Place of the first of `times` that is not before `value`; their number if all are."""
    wanted = sort_key(value)
    return sum(1 for time in times if sort_key(time) < wanted)


def sort_key(value: str) -> tuple[float, str]:
    """Numbers by size, then anything else (ISO dates, ``2024-03``) by letter."""
    try:
        return (float(value), "")
    except ValueError:
        return (float("inf"), value)
