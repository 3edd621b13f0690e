"""Detection probability by year: recorded persons over all persons, with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.errors import AiqynError, InputRefused
from aiqyn.estimates.intervals.bca import LEVELS, quantile_8
from aiqyn.estimates.subgroups.answer import Part, Subgroups
from aiqyn.estimates.tables.cells import Floats


@dataclass(frozen=True, slots=True)
class Spread:
    """A dimensionless number (a share or a ratio) with its limits.

    Attributes
    ----------
    value : the number
    limits : level -> (low, high); 0.95 and 0.8; empty without draws
    """

    value: float
    limits: tuple[tuple[float, float, float], ...] = ()

    def bounds(self, level: float = 0.95) -> tuple[float, float] | None:
        """Low and high of that level."""
        return next(((low, high) for at, low, high in self.limits if at == level), None)

    def to_json(self, name: str) -> dict[str, float | None]:
        """``{name, "lo95", "hi95", "lo80", "hi80"}``."""
        found: dict[str, float | None] = {name: self.value}
        for level in (0.95, 0.8):
            low, high = self.bounds(level) or (None, None)
            found |= {f"lo{100 * level:.0f}": low, f"hi{100 * level:.0f}": high}
        return found


@dataclass(frozen=True, slots=True)
class Detection:
    """Share of a year's persons who were recorded, or why it is not known.

    Attributes
    ----------
    year : as the table writes it
    observed : persons recorded
    probability : ``observed / (observed + persons on no list)``; None when refused
    refusal : why the year has no estimate
    """

    year: str
    observed: int
    probability: Spread | None
    refusal: AiqynError | None = None


def detection_by_year(years: Subgroups) -> tuple[Detection, ...]:
    """The detection probability of each year.

    Raises
    ------
    InputRefused (EST-074) when a stratum is not a year.
    """
    return tuple(_detection(years, k, part) for k, part in enumerate(in_order(years)))


def in_order(years: Subgroups) -> tuple[Part, ...]:
    """The parts, once every code is known to be a year of four digits."""
    for part in years.parts:
        if not (len(part.code) == 4 and part.code.isdigit()):
            raise InputRefused("EST-074", dimension=years.dimension)
    return years.parts


def spread(value: float, draws: Floats | None) -> Spread:
    """The number with the quantiles of its draws; draws that are no number are left out."""
    if draws is None or not len(known := draws[np.isfinite(draws)]):
        return Spread(value)
    limits = tuple(
        (level, quantile_8(known, (1 - level) / 2), quantile_8(known, (1 + level) / 2))
        for level in LEVELS
    )
    return Spread(value, limits)


def _detection(years: Subgroups, k: int, part: Part) -> Detection:
    if part.estimate is None:
        return Detection(part.code, part.observed, None, part.refusal)
    draws = None if years.draws is None else part.observed / years.draws[:, k]
    return Detection(part.code, part.observed, spread(part.observed / part.estimate, draws))
