"""Units with a score and an outcome from a CSV file: a row a unit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aiqyn.errors import InputRefused
from aiqyn.prevention.effects.cut_off import ScoredUnits
from aiqyn.prevention.effects.panel import Floats
from aiqyn.prevention.effects.panel_files import number_of, rows_of


def read_scored_units(
    path: str | Path,
    unit: str,
    outcome: str,
    score: str,
    cutoff: float,
    covariates: Sequence[str] = (),
) -> tuple[ScoredUnits, dict[str, Floats]]:
    """The units, and what else is known of them.

    Raises
    ------
    InputRefused PREV-001 no such column, PREV-004 a cell that is no number, PREV-081 a unit twice,
    PREV-082 no unit on a side of the cut-off.
    """
    file = Path(path)
    rows = rows_of(file, (unit, outcome, score, *covariates))
    names = [row[unit] for row in rows]
    if twice := [name for name in names if names.count(name) > 1]:
        raise InputRefused("PREV-081", file=file.name, n=len(set(twice)))

    def column(name: str) -> Floats:
        told = enumerate(rows, start=2)
        return np.array([number_of(n, r, name, file.name, may_lack=False) for n, r in told])

    units = ScoredUnits(column(score), column(outcome), cutoff, outcome)
    below = int((units.score < cutoff).sum())
    if below in (0, len(rows)):
        raise InputRefused("PREV-082", cutoff=cutoff, below=below, above=len(rows) - below)
    return units, {name: column(name) for name in covariates}
