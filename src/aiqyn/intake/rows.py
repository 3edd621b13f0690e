"""The rows of a sheet while they are read, and what reading them has shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiqyn.intake.headings import Headings
from aiqyn.intake.mapping import FieldRule

if TYPE_CHECKING:
    import polars as pl

ROW = "@row"  # the sheet's own row number of a record, the first row being 1
FROM = "@from"  # heading of the column that `$value` was unpivoted from


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell."""

    row: int
    column: str | None
    code: str
    slots: dict[str, object]
    value: str | None


@dataclass(slots=True)
class Findings:
    """What reading the columns of a sheet has shown so far.

    Attributes
    ----------
    serials : dates written as Excel's numbers
    otherwise : values read by the code for all others
    births : dates of birth that are not full and give no age
    """

    faults: list[CellFault] = field(default_factory=list)
    serials: int = 0
    otherwise: int = 0
    births: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to be read: text columns "0", "1", …, made columns "$name", and `ROW`."""

    frame: pl.DataFrame
    headings: Headings

    def name(self, spellings: tuple[str, ...]) -> str | None:
        """The frame's column that is called by one of the spellings."""
        for spelling in spellings:
            if spelling.startswith("$") and spelling in self.frame.columns:
                return spelling
        at = self.headings.column(tuple(s for s in spellings if not s.startswith("$")))
        return None if at is None else str(at)

    def shown(self, name: str) -> str | None:
        """How messages name the column; a made column goes by where it was made from."""
        return None if name.startswith("$") else self.headings.shown(int(name))


def dtype_of(rule: FieldRule) -> pl.DataType:
    """The Polars type of a field's values."""
    import polars as pl

    kinds: dict[str, pl.DataType] = {
        "codes": pl.List(pl.String()), "integer": pl.Int64(), "year": pl.Int64(),
        "number": pl.Float64(), "count": pl.Float64(), "date": pl.Date(), "boolean": pl.Boolean(),
    }  # fmt: skip
    return kinds.get(rule.kind, pl.String())


def is_count(rule: FieldRule) -> bool:
    """Whether the field is a published count with an interval."""
    return rule.kind == "count" or (rule.name == "value" and rule.kind == "number")
