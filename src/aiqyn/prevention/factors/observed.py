"""Counts and factors side by side, cell by cell, as the count model takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aiqyn.prevention.factors.model_input import Cells, Floats, Ints

FEW, SAME = "factors.unused.few", "factors.unused.same_everywhere"


@dataclass(frozen=True, slots=True)
class Observed:
    """The cells that can be used.

    Attributes
    ----------
    persons, residents : shape (cells,)
    detection : shape (cells, 3): share detected, its low and its high; NaN where unknown
    area, period : shape (cells,): places in `areas` and `periods`
    values : factor -> shape (cells,), in the factor's unit
    carried : factor -> cells whose value stands for a later period
    unused : factor -> key of the reason
    dropped : cells without residents, without a share that others have, or without a factor
    scales : factor -> mean and standard deviation over all cells, also when an area is left out
    """

    persons: Floats
    residents: Floats
    detection: Floats
    area: Ints
    period: Ints
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    values: Mapping[str, Floats]
    carried: Mapping[str, int]
    unused: Mapping[str, str]
    dropped: int
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def share_known(self) -> bool:
        """Whether the share detected is known."""
        return bool(np.isfinite(self.detection[:, 0]).all())

    def cells(self, log_share: Floats, factors: Sequence[str] | None = None) -> Cells:
        """The model's input with this log of the share detected."""
        names = list(self.values) if factors is None else list(factors)
        columns = [self._standardised(name) for name in names]
        table = np.stack(columns, axis=1) if columns else np.empty((len(self.persons), 0))
        offset = np.log(self.residents) + log_share
        size = (len(self.areas), len(self.periods))
        return Cells(self.persons, offset, self.area, self.period, table, *size)

    def only(self, keep: NDArray[np.bool_]) -> Observed:
        """Some of the cells; areas and periods left without any go."""
        at = keep
        areas, area = places([self.areas[i] for i in self.area[at]])
        periods, period = places([self.periods[i] for i in self.period[at]])
        return Observed(
            self.persons[at],
            self.residents[at],
            self.detection[at],
            area,
            period,
            areas,
            periods,
            {name: value[at] for name, value in self.values.items()},
            self.carried,
            self.unused,
            self.dropped,
            self.scales,
        )

    def _standardised(self, name: str) -> Floats:
        mean, spread = self.scales[name]
        return np.asarray((self.values[name] - mean) / (spread or 1.0))


def scales_of(values: Mapping[str, Floats]) -> dict[str, tuple[float, float]]:
    """Mean and standard deviation of each factor over the cells."""
    return {name: (float(v.mean()), float(v.std(ddof=1))) for name, v in values.items()}


def places(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """The names in order, each once, and the place of each among them."""
    ordered = tuple(sorted(set(names)))
    place = {name: at for at, name in enumerate(ordered)}
    return ordered, np.array([place[name] for name in names], dtype=np.int64)
