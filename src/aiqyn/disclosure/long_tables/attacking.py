"""The attack on files of counts: which hidden cells can be worked out, and by which equations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiqyn import words
from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.explain import Reasons
from aiqyn.disclosure.long_tables.reading import ROW, STATUS, LongTable
from aiqyn.disclosure.long_tables.sentences import contradiction, equation, twice_printed
from aiqyn.disclosure.long_tables.system import System, build_system
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import Found, search


@dataclass(frozen=True, slots=True)
class Recovered:
    """A hidden cell with fewer possible values than threshold - 1.

    Attributes
    ----------
    file, row : where it stands; the heading is row 1
    cell : column -> code, totals left out
    low, high : persons; the least and the greatest number it can still be
    rows : rows of the system that show it; one means plain subtraction
    """

    file: str
    row: int
    cell: dict[str, str]
    low: int
    high: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, repr=False)
class FileAttack:
    """What the attack on one or several files found.

    Attributes
    ----------
    cells, suppressed : printed cells, and how many of them carry a mark
    recoverable : opened cells, in the order of the files
    broken : rows of the system that contradict others; they were left out
    """

    system: System
    cells: int
    suppressed: int
    recoverable: tuple[Recovered, ...]
    broken: tuple[int, ...]

    @property
    def exact(self) -> int:
        """Opened cells of which one number is left."""
        return sum(r.low == r.high for r in self.recoverable)

    @property
    def verdict(self) -> str:
        """``open`` when a cell is recoverable, else ``holds``."""
        return "open" if self.recoverable else "holds"

    def by(self, found: Recovered, lang: str = "en") -> str:
        """The equation that opens a cell, in words."""
        key = "attack.by.one" if len(found.rows) == 1 else "attack.by.joint"
        low, high = (words.number(n, lang) for n in (found.low, found.high))
        return words.say(
            key,
            lang,
            equations="; ".join(equation(self.system, row, lang) for row in found.rows),
            values=low if low == high else words.interval(low, high),
        )

    def contradictions(self, lang: str = "en") -> list[dict[str, Any]]:
        """Sums that cannot hold, cells printed with two values; none of them was used."""
        return [
            *(contradiction(self.system, row, lang) for row in self.broken),
            *twice_printed(self.system, lang),
        ]

    def to_json(self, lang: str = "en") -> dict[str, Any]:
        """The answer of ``aiqyn attack --json``."""
        return {
            "cells": self.cells,
            "suppressed": self.suppressed,
            "recoverable": [
                {
                    "file": r.file,
                    "cell": r.cell,
                    "low": r.low,
                    "high": r.high,
                    "by": self.by(r, lang),
                    "row": r.row,
                    "equations": len(r.rows),
                }
                for r in self.recoverable
            ],
            "exact": self.exact,
            "verdict": self.verdict,
            "contradictions": self.contradictions(lang),
        }

    def __repr__(self) -> str:
        return (
            f"FileAttack: {self.cells} cells, {self.suppressed} hidden, "
            f"{len(self.recoverable)} open, {len(self.broken)} sums that do not hold"
        )


def attack_tables(
    tables: Sequence[LongTable],
    *,
    threshold: int = 5,
    absent_zero: bool = False,
    advance: Callable[[float], None] = lambda done: None,
) -> FileAttack:
    """Attack the tables of one or several files jointly.

    Parameters
    ----------
    threshold : a hidden cell is open when high - low < threshold - 2 persons, unless it keeps all
        that its mark says
    absent_zero : take a row that is not in a file for a zero

    Notes
    -----
    Bounds go round the single sums first (`bounds.tighten`); linear programmes decide only for
    cells that several sums tie together (`search`).
    """
    system = build_system(tables, absent_zero=absent_zero)
    rules = Rules(threshold=threshold, zeros_shown=False, hidden_at_least=0)
    found = search(system.web, system.known, rules, advance=advance)
    reasons = Reasons(system.web, system.known, found.live, rules)
    return FileAttack(
        system,
        sum(t.cells.height for t in tables),
        sum(int(t.cells[STATUS].is_in(["small", "hidden"]).sum()) for t in tables),
        tuple(_recovered(system, found, reasons, column) for column in found.opened),
        found.broken,
    )


def _recovered(system: System, found: Found, reasons: Reasons, column: int) -> Recovered:
    table, at = system.place(column)
    return Recovered(
        table.file,
        int(table.cells[ROW][at]),
        codes_of(table, at),
        int(found.low[column]),
        int(found.high[column]),
        tuple(reasons.rows(column)),
    )


def codes_of(table: LongTable, at: int) -> dict[str, str]:
    """Column -> code of one cell, totals left out."""
    row = table.cells.select(table.dims).row(at)
    return {d: c for d, c in zip(table.dims, row, strict=True) if c != ALL}
