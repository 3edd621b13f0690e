"""A table of sums made ready for publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from aiqyn import words
from aiqyn.disclosure.long_tables.protecting import HIDDEN_MARK, as_printed
from aiqyn.disclosure.long_tables.reading import TEXT
from aiqyn.disclosure.money.attacking import reach_of_cells
from aiqyn.disclosure.money.hiding import hidden_sums
from aiqyn.disclosure.money.payments import TableOfSums
from aiqyn.errors import NotPermitted


@dataclass(frozen=True, slots=True, repr=False)
class ProtectedSums:
    """A table of sums with its marks.

    Attributes
    ----------
    printed : as it may be published: dimensions and sums as text, ``x`` where a sum is hidden
    primary, secondary : sums that give somebody away, and others hidden for them
    recoverable : sums that the attack still comes too near to; 0
    """

    printed: pl.DataFrame
    primary: int
    secondary: int
    recoverable: int

    def to_json(self) -> dict[str, Any]:
        """The answer of ``aiqyn protect --method money --json``."""
        cells = self.printed.height
        return {
            "method": "money",
            "cells": cells,
            "primary": self.primary,
            "secondary": self.secondary,
            "suppressed_share": round((self.primary + self.secondary) / max(cells, 1), 4),
            "attack": {"recoverable": self.recoverable},
        }

    def text(self, lang: str = "en") -> str:
        """How much is hidden."""
        told = self.to_json()
        return words.say(
            "protect.money",
            lang,
            cells=words.number(told["cells"], lang),
            primary=words.number(self.primary, lang),
            secondary=words.number(self.secondary, lang),
            share=words.percent(told["suppressed_share"], lang, decimals=1),
            open=words.number(self.recoverable, lang),
        )

    def __repr__(self) -> str:
        # The sums themselves are not shown: a repr ends in logs.
        return f"ProtectedSums: {self.printed.height} cells, {self.primary}+{self.secondary} hidden"


def protect_sums(
    table: TableOfSums, *, advance: Callable[[float], None] = lambda done: None
) -> ProtectedSums:
    """Hide the sums that tell, and as few others as it takes; then attack the result.

    Raises
    ------
    NotPermitted (DISC-001) when the attack opens a sum all the same.
    """
    hidden = hidden_sums(table, advance=advance)
    opened = reach_of_cells(table, hidden)
    if opened:
        row = table.table.cells.select(table.table.dims).row(opened[0], named=True)
        named = ", ".join(f"{d}={c}" for d, c in row.items())
        raise NotPermitted("DISC-001", table=table.table.file, cell=named)
    mark = pl.when(pl.Series(hidden)).then(pl.lit(HIDDEN_MARK)).otherwise(pl.col(TEXT))
    marked = replace(table.table, cells=table.table.cells.with_columns(mark.alias(TEXT)))
    tells = table.room > 0
    return ProtectedSums(
        as_printed(marked),
        int(tells.sum()),
        int((hidden & ~tells).sum()),
        len(opened),
    )
