"""One true table whose numbers are changed and not hidden: controlled rounding, cell-key noise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from aiqyn import words
from aiqyn.disclosure.cell_key.noise_table import load_noise_table
from aiqyn.disclosure.cell_key.perturbing import perturbed_table
from aiqyn.disclosure.long_tables.protecting import as_printed
from aiqyn.disclosure.long_tables.reading import LOW, TEXT, LongTable
from aiqyn.disclosure.long_tables.repeated_rows import rows_told, with_caution
from aiqyn.disclosure.rounding.attacking import opened_by_rounding
from aiqyn.disclosure.rounding.controlled import round_controlled
from aiqyn.disclosure.rules import Rules


@dataclass(frozen=True, slots=True, repr=False)
class ChangedTable:
    """A table with changed numbers.

    Attributes
    ----------
    printed : as it may be published, in the order of the file
    method : rounding or cell-key
    primary : small cells of the true table
    moved : mean change, persons a cell
    recoverable : small cells that the attack opens; None where it has nothing to go by, for noise
        has no bounds that sums could narrow
    again : rows of the file that repeat a cell
    """

    printed: pl.DataFrame
    method: str
    primary: int
    moved: float
    recoverable: int | None
    again: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer of ``aiqyn protect --json``."""
        return {
            "method": self.method,
            "cells": self.printed.height,
            "primary": self.primary,
            "secondary": 0,
            "suppressed_share": 0.0,
            "mean_change": round(self.moved, 4),
            "attack": {"recoverable": self.recoverable},
            **rows_told(self.printed.height, self.again),
        }

    def text(self, lang: str = "en") -> str:
        """How much the numbers were changed."""
        slots = {
            "cells": words.number(self.printed.height, lang),
            "primary": words.number(self.primary, lang),
            "moved": words.number(self.moved, lang, decimals=1),
        }
        if self.recoverable is None:
            told = words.say("protect.noise", lang, **slots)
        else:
            told = words.say("protect.changed", lang, **slots, open=self.recoverable)
        return with_caution(told, self.again, lang)

    def __repr__(self) -> str:
        return f"ChangedTable: {self.method}, {self.printed.height} cells, {self.moved:.2f} a cell"


def rounded_table(table: LongTable, rules: Rules, *, base: int = 5) -> ChangedTable:
    """Every cell a multiple of the base, and every total the sum of its parts."""
    done = round_controlled(table, base=base)
    return _changed(table, done.values, "rounding", rules, opened_by_rounding(done, rules))


def table_with_noise(table: LongTable, rules: Rules, *, secret: bytes) -> ChangedTable:
    """Every cell with its own noise, the same wherever the cell stands; zeros stay."""
    return _changed(
        table, perturbed_table(table, load_noise_table(), secret), "cell-key", rules, None
    )


def _changed(
    table: LongTable, values: np.ndarray, method: str, rules: Rules, recoverable: int | None
) -> ChangedTable:
    n = table.cells[LOW].to_numpy()
    cells = table.cells.with_columns(pl.Series(TEXT, values.astype(int)).cast(pl.String))
    small = (n >= rules.smallest) & (n <= rules.largest)
    moved = float(np.abs(values - n).mean())
    printed = as_printed(replace(table, cells=cells))
    return ChangedTable(printed, method, int(small.sum()), moved, recoverable, table.again)
