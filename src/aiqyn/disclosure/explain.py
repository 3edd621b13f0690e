"""Why a cell is open: the sums that give it away, as an officer can check them by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from aiqyn import words
from aiqyn.disclosure.cells import name_of
from aiqyn.disclosure.component import Component, components
from aiqyn.disclosure.known import SHOWN, SMALL, Known
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.web import Tie, Web

DUAL = 1e-7  # a row with a smaller multiplier takes no part


@dataclass(frozen=True, slots=True)
class Term:
    """A cell in a sum: its codes, and its number or its mark as printed."""

    cell: str
    printed: str

    def __str__(self) -> str:
        return f"[{self.cell}: {self.printed}]"


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum that stands in a table: the total and the parts that make it up."""

    table: str
    kind: str
    total: Term
    parts: tuple[Term, ...]

    def __str__(self) -> str:
        sign = {"equal": "=", "overlap": "\u2264", "partial": "\u2265", "within": "\u2265"}
        return f"{self.total} {sign[self.kind]} {' + '.join(map(str, self.parts))}"


@dataclass(frozen=True, slots=True)
class Opening:
    """A hidden cell that the published tables give away. For the officer's eyes only.

    Attributes
    ----------
    table, cell : where it stands first; codes by dimension, totals left out
    mark : what is printed in its place
    low, high : persons; the least and the greatest number it can still be
    equations : the sums that show it; one means plain subtraction
    """

    table: str
    cell: Mapping[str, str]
    mark: Literal["small", "hidden"]
    low: int
    high: int
    equations: tuple[Equation, ...]

    @property
    def exact(self) -> bool:
        """Whether a single number is left."""
        return self.low == self.high

    def text(self, lang: str = "en") -> str:
        """Which cell, which values are left, and the total minus its parts that shows it."""
        key = "disclosure.opening.one" if len(self.equations) == 1 else "disclosure.opening.joint"
        return words.say(
            key,
            lang,
            table=self.table,
            cell=", ".join(f"{d}={c}" for d, c in self.cell.items()) or "_all",
            values=str(self.low) if self.exact else words.interval(str(self.low), str(self.high)),
            equations="; ".join(map(str, self.equations)),
        )


class Reasons:
    """Finds the sums that give a cell away, the shortest single one first."""

    def __init__(self, web: Web, known: Known, live: np.ndarray, rules: Rules) -> None:
        self._web, self._known, self._live, self._rules = web, known, live, rules
        self._by_column = csr_array(web.matrix[live].T)
        self._parts: dict[int, Component] | None = None

    def of(self, column: int) -> tuple[Equation, ...]:
        """The sums behind an opened cell."""
        return self.read(self.rows(column))

    def rows(self, column: int) -> list[int]:
        """The rows of the system behind an opened cell."""
        alone = self._alone(column)
        return [alone] if alone is not None else self._joint(column)

    def read(self, rows: Iterable[int]) -> tuple[Equation, ...]:
        """Rows of the system as sums of a table; each sum once."""
        ties = dict.fromkeys(tie for row in rows if (tie := self._web.ties[row]) is not None)
        return tuple(self._equation(tie) for tie in ties)

    def _equation(self, tie: Tie) -> Equation:
        parts = tuple(self._term(part) for part in tie.parts)
        return Equation(tie.table, tie.kind, self._term(tie.total), parts)

    def _term(self, column: int) -> Term:
        status, n = self._known.status[column], int(self._known.low[column])
        small = f"<{self._rules.threshold}"
        mark = str(n) if status == SHOWN else small if status == SMALL else "x"
        return Term(name_of(self._web.cells[column]), mark)

    def _rows_of(self, column: int) -> np.ndarray:
        lines = self._by_column
        return self._live[lines.indices[lines.indptr[column] : lines.indptr[column + 1]]]

    def _alone(self, column: int) -> int | None:
        """The shortest row that by itself leaves too few values."""
        rows = sorted(self._rows_of(column), key=lambda r: (self._length(r), r))
        need = min(self._rules.width, self._known.high[column] - self._known.low[column])
        return next((int(r) for r in rows if self._width(int(r), column) < need), None)

    def _length(self, row: int) -> int:
        return int(self._web.matrix.indptr[row + 1] - self._web.matrix.indptr[row])

    def _width(self, row: int, column: int) -> float:
        """Persons between the ends that one row leaves the cell."""
        web, known = self._web, self._known
        span = slice(web.matrix.indptr[row], web.matrix.indptr[row + 1])
        at, sign = web.matrix.indices[span], web.matrix.data[span]
        own = sign[at == column][0]
        others = at != column
        least = np.where(sign > 0, known.low[at], -known.high[at])[others].sum()
        most = np.where(sign > 0, known.high[at], -known.low[at])[others].sum()
        ends = sorted([own * (web.row_low[row] - most), own * (web.row_high[row] - least)])
        return float(min(ends[1], known.high[column]) - max(ends[0], known.low[column]))

    def _joint(self, column: int) -> list[int]:
        """The rows whose multipliers prove the extremes of the cell (duality)."""
        if self._parts is None:
            self._parts = self._components()
        part = self._parts[column]
        at = int(np.flatnonzero(part.columns == column)[0])
        used = {r for sign in (1.0, -1.0) for r in _proof(part, at, sign)}
        return [int(self._live[part.rows[r]]) for r in sorted(used)]

    def _components(self) -> dict[int, Component]:
        live, web, known = self._live, self._web, self._known
        rows = csr_array(web.matrix[live]), web.row_low[live], web.row_high[live]
        parts = components(*rows, known.low, known.high)
        return {int(c): part for part in parts for c in part.columns}


def _proof(part: Component, at: int, sign: float) -> list[int]:
    """Rows with a multiplier in the linear programme that pushes one cell to its end."""
    cost = np.zeros(len(part.columns))
    cost[at] = sign
    # Every row becomes "at most": an open side stays out, an equation stands twice.
    above = np.flatnonzero(np.isfinite(part.row_high))
    below = np.flatnonzero(np.isfinite(part.row_low))
    found = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices
        cost,
        A_ub=vstack([part.matrix[above], -part.matrix[below]], format="csr"),
        b_ub=np.concatenate([part.row_high[above], -part.row_low[below]]),
        bounds=np.column_stack([part.low, part.high]),
    )
    rows = np.concatenate([above, below])
    return [int(r) for r in rows[np.abs(found.ineqlin.marginals) > DUAL]]
