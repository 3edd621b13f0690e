"""Tables of factors as they were read: values with their sources, and every refused row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from aiqyn.intake.refusal import Refusal

ALL = "_all"
VALUES = {
    "factor": pl.String,
    "area": pl.String,
    "period": pl.String,
    "group": pl.String,
    "value": pl.Float64,
    "forecast": pl.Boolean,
    "source": pl.String,
    "source_id": pl.String,
}


@dataclass(frozen=True, slots=True)
class FactorFile:
    """One file: what was taken, what was not, and why.

    Attributes
    ----------
    rows, accepted, refused : rows under the heading; the last two add up to the first
    aside : accepted rows without a value to take, by the reason's key
    values : columns of `VALUES`; `group` is "_all" for the whole, else the part
    """

    file: str
    layout: str | None
    rows: int
    accepted: int
    refusals: tuple[Refusal, ...] = ()
    aside: Mapping[str, int] = field(default_factory=dict)
    values: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=VALUES))

    @property
    def refused(self) -> int:
        """Rows that were not taken."""
        return self.rows - self.accepted


@dataclass(frozen=True, slots=True)
class FactorTable:
    """Every file of a folder together."""

    files: tuple[FactorFile, ...]

    @property
    def values(self) -> pl.DataFrame:
        """All values, by factor, area, period."""
        frames = [pl.DataFrame(schema=VALUES), *(f.values for f in self.files)]
        return pl.concat(frames).sort("factor", "area", "period", "group", "source")

    @property
    def whole(self) -> pl.DataFrame:
        """Values of whole areas, one a factor, area and period: the first source is taken."""
        own = self.values.filter(group=ALL)
        return own.unique(["factor", "area", "period"], keep="first", maintain_order=True)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Every refused row."""
        return tuple(r for f in self.files for r in f.refusals)
