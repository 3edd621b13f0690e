"""One true table of counts made ready for publication."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from aiqyn import words
from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.known import HIDDEN, SHOWN, SMALL
from aiqyn.disclosure.long_tables.attacking import attack_tables
from aiqyn.disclosure.long_tables.equations import sums_of
from aiqyn.disclosure.long_tables.hiding import closed, hide
from aiqyn.disclosure.long_tables.marking import rules_small
from aiqyn.disclosure.long_tables.reading import HIGH, LOW, ROW, STATUS, TEXT, LongTable, read_long
from aiqyn.disclosure.long_tables.repeated_rows import rows_told, with_caution
from aiqyn.disclosure.long_tables.system import System, build_system
from aiqyn.disclosure.long_tables.tau_argus import hidden_by_argus
from aiqyn.disclosure.rules import Rules
from aiqyn.errors import InputRefused, NotPermitted

HIDDEN_MARK = "x"
_MEANING = {SHOWN: "number", SMALL: "small", HIDDEN: "hidden"}


@dataclass(frozen=True, slots=True, repr=False)
class ProtectedTable:
    """A table with its marks.

    Attributes
    ----------
    table : the true table; never for the public
    printed : as it may be published: `dims` and the column of counts, as text, in the order of the
        file
    primary, secondary : small cells, and others hidden for them
    recoverable : cells that the attack opens; 0
    """

    table: LongTable
    printed: pl.DataFrame
    primary: int
    secondary: int
    recoverable: int

    @property
    def suppressed_share(self) -> float:
        """Hidden cells over cells."""
        return (self.primary + self.secondary) / max(self.printed.height, 1)

    def to_json(self) -> dict[str, Any]:
        """The answer of ``aiqyn protect --json``."""
        return {
            "cells": self.printed.height,
            "primary": self.primary,
            "secondary": self.secondary,
            "suppressed_share": round(self.suppressed_share, 4),
            "attack": {"recoverable": self.recoverable},
            **rows_told(self.printed.height, self.table.again),
        }

    def text(self, lang: str = "en") -> str:
        """How much is hidden."""
        told = words.say(
            "protect.head",
            lang,
            cells=words.number(self.printed.height, lang),
            primary=words.number(self.primary, lang),
            secondary=words.number(self.secondary, lang),
            share=words.percent(self.suppressed_share, lang, decimals=1),
            open=words.number(self.recoverable, lang),
        )
        return with_caution(told, self.table.again, lang)

    def __repr__(self) -> str:
        # The numbers themselves are not shown: a repr ends in logs.
        return f"ProtectedTable: {self.printed.height} cells, {self.suppressed_share:.1%} hidden"


def read_true(
    path: str | Path, *, dims: Sequence[str] | None = None, value: str | None = None
) -> LongTable:
    """A true table of counts: every value a whole number of persons, every total the sum.

    Raises
    ------
    InputRefused (DISC-023) a mark stands in place of a number, (DISC-003) a cell with two numbers,
    (DISC-024) a total that is not the sum of its parts, and what `read_long` refuses.
    """
    table = read_long(path, dims=dims, value=value, zeros_shown=True)
    if table.twice:
        raise InputRefused("DISC-003", table=table.file, other=table.file)
    marked = table.cells.filter(pl.col(STATUS) != "number")
    if marked.height:
        place = {"row": marked[ROW][0], "column": table.value}
        raise InputRefused("DISC-023", file=table.file, **place)
    _adds_up(table)
    return table


def _adds_up(table: LongTable) -> None:
    n = table.cells[LOW].to_list()
    for s in sums_of(table, absent_zero=True):
        if n[s.total] != sum(n[p] for p in s.parts):
            row = table.cells[ROW][s.total]
            column = " / ".join(s.along)
            raise InputRefused("DISC-024", file=table.file, row=row, column=column)


def protect_table(
    table: LongTable,
    rules: Rules,
    *,
    by_argus: bool = False,
    advance: Callable[[float], None] = lambda done: None,
) -> ProtectedTable:
    """Hide what must be hidden; every number that is left is the true one.

    Parameters
    ----------
    by_argus : let tau-ARGUS propose the pattern; what it leaves open is closed

    Raises
    ------
    NotPermitted (DISC-001) when the attack opens a cell of the result all the same.
    """
    system = build_system([table], absent_zero=True)
    status = _by_argus(system, rules) if by_argus else hide(system, rules, advance=advance)
    marked = _marked(table, status, rules)
    found = attack_tables([marked], threshold=rules.threshold, absent_zero=True)
    for open_cell in found.recoverable:
        named = ", ".join(f"{d}={c}" for d, c in open_cell.cell.items())
        raise NotPermitted("DISC-001", table=table.file, cell=named or table.total)
    small = table.cells[LOW].is_between(rules.smallest, rules.largest).to_numpy()
    return ProtectedTable(
        table,
        as_printed(marked),
        int(small.sum()),
        int(((status != SHOWN) & ~small).sum()),
        len(found.recoverable),
    )


def _by_argus(system: System, rules: Rules) -> np.ndarray:
    (table,) = system.tables
    n = system.known.low.astype(np.int64)
    withheld = hidden_by_argus(table, rules) & (n > 0)
    return closed(system, rules, np.where(withheld | rules_small(n, rules), HIDDEN, SHOWN))


def _marked(table: LongTable, status: np.ndarray, rules: Rules) -> LongTable:
    """The table as a reader sees it."""
    small, hidden = pl.col("_mark") == SMALL, pl.col("_mark") == HIDDEN
    cells = table.cells.with_columns(pl.Series("_mark", status)).with_columns(
        pl.col("_mark").replace_strict(_MEANING).alias(STATUS),
        pl.when(small)
        .then(pl.lit(f"<{rules.threshold}"))
        .when(hidden)
        .then(pl.lit(HIDDEN_MARK))
        .otherwise(pl.col(LOW).cast(pl.String))
        .alias(TEXT),
        pl.when(small).then(rules.smallest).when(hidden).then(0).otherwise(pl.col(LOW)).alias(LOW),
        pl.when(small)
        .then(rules.largest)
        .when(hidden)
        .then(None)
        .otherwise(pl.col(HIGH))
        .cast(pl.Int64)
        .alias(HIGH),
    )
    return replace(table, cells=cells.drop("_mark"))


def as_printed(marked: LongTable) -> pl.DataFrame:
    """The table with the words of the file, in its order."""
    codes = [
        pl.when(pl.col(d) == ALL).then(pl.lit(marked.total)).otherwise(pl.col(d)).alias(d)
        for d in marked.dims
    ]
    return marked.cells.select(*codes, pl.col(TEXT).alias(marked.value))
