"""A panel from a CSV file; every doubt is a refusal that says where and how to mend it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import InputRefused
from aiqyn.prevention.effects.panel import NEVER, Floats, Ints, Panel, place, sort_key

NOT_RECORDED = ("", "NA", "NaN", "nan", ".")
NO_PROGRAMME = (*NOT_RECORDED, "0", "0.0")
SEPARATORS = (";", "\t", ",")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what.

    Attributes
    ----------
    unit, time, outcome : headings
    start : heading of the first treated period (empty or 0: never), or of a mark 0/1 of the
        periods under the programme; None where the area and the period are named otherwise
    covariates : headings of numbers that may be empty
    """

    unit: str
    time: str
    outcome: str
    start: str | None = None
    covariates: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The headings that must be there."""
        start = () if self.start is None else (self.start,)
        return (self.unit, self.time, self.outcome, *start, *self.covariates)


Row = dict[str, str]


def read_panel(path: str | Path, columns: Columns) -> Panel:
    """The panel of a CSV file (comma, semicolon or tab), a row an area and period.

    Raises
    ------
    InputRefused (PREV-001) no such column, (PREV-002) an area and period twice, (PREV-003) gaps,
    (PREV-004) a cell that is no number, (PREV-005) a programme that is switched off, (PREV-006)
    two starts in one area, (PREV-009) a start that is no period.
    """
    file = Path(path)
    rows = rows_of(file, columns.names)
    units = tuple(sorted({row[columns.unit] for row in rows}))  # no order of rows matters
    times = tuple(sorted({row[columns.time] for row in rows}, key=sort_key))
    cells = _cells(rows, columns, file)
    _no_gaps(cells, units, times, file)
    starts, always, after = _starts(cells, columns, units, times)
    panel = Panel(
        units=units,
        times=times,
        outcome=_table(cells, columns.outcome, units, times, file.name, may_lack=False),
        starts=starts,
        covariates={
            name: _table(cells, name, units, times, file.name, may_lack=True)
            for name in columns.covariates
        },
        outcome_name=columns.outcome,
        always=int(always.sum()),
        after=after,
    )
    return panel.only(~always)


def read_neighbours(path: str | Path) -> dict[str, tuple[str, ...]]:
    """Area -> its neighbours, from a CSV with columns ``unit`` and ``neighbour``, both ways.

    Raises
    ------
    InputRefused (PREV-001) when a column is missing.
    """
    pairs = [(r["unit"], r["neighbour"]) for r in rows_of(Path(path), ("unit", "neighbour"))]
    both = [*pairs, *((b, a) for a, b in pairs)]
    return {unit: tuple(dict.fromkeys(b for a, b in both if a == unit)) for unit, _ in both}


def rows_of(file: Path, wanted: Sequence[str]) -> list[Row]:
    """The wanted columns of a CSV, cells as they are written (PREV-001)."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as why:
        raise InputRefused("PREV-001", file=file.name, column=wanted[0], known="–") from why
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(text.splitlines(), delimiter=max(SEPARATORS, key=head.count))
    known = [name.strip() for name in reader.fieldnames or ()]
    for name in wanted:
        if name not in known:
            raise InputRefused("PREV-001", file=file.name, column=name, known=", ".join(known))
    reader.fieldnames = known
    return [{k: (v or "").strip() for k, v in row.items() if k in wanted} for row in reader]


Cells = dict[tuple[str, str], tuple[int, Row]]


def _cells(rows: Sequence[Row], columns: Columns, file: Path) -> Cells:
    cells: Cells = {}
    twice = []
    for number, row in enumerate(rows, start=2):
        key = (row[columns.unit], row[columns.time])
        if not all(key):
            column = columns.time if key[0] else columns.unit
            raise InputRefused("PREV-004", file=file.name, row=number, column=column)
        twice += [(number, key)] if key in cells else []
        cells.setdefault(key, (number, row))
    if twice:
        number, (unit, time) = twice[0]
        where = {"row": number, "unit": unit, "time": time, "n": len(twice)}
        raise InputRefused("PREV-002", file=file.name, **where)
    return cells


def _no_gaps(cells: Cells, units: Sequence[str], times: Sequence[str], file: Path) -> None:
    gaps = [(u, t) for u in units for t in times if (u, t) not in cells]
    if gaps or not cells:
        unit, time = gaps[0] if gaps else ("–", "–")
        raise InputRefused("PREV-003", file=file.name, n=len(gaps), unit=unit, time=time)


def _table(
    cells: Cells,
    column: str,
    units: Sequence[str],
    times: Sequence[str],
    file: str,
    *,
    may_lack: bool,
) -> Floats:
    rows = [
        [number_of(*cells[u, t], column, file, may_lack=may_lack) for t in times] for u in units
    ]
    return np.array(rows, dtype=np.float64)


def number_of(row: int, cells: Row, column: str, file: str, *, may_lack: bool) -> float:
    """The number of a cell (PREV-004); NaN where it `may_lack` and does."""
    text = cells[column]
    if may_lack and text in NOT_RECORDED:
        return float("nan")
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not np.isfinite(value):
        raise InputRefused("PREV-004", file=file, row=row, column=column)
    return value


def _starts(
    cells: Cells, columns: Columns, units: Sequence[str], times: tuple[str, ...]
) -> tuple[Ints, NDArray[np.bool_], int]:
    """Place of each area's start, which areas were always treated, how many start afterwards."""
    name = columns.start
    if name is None:
        return np.full(len(units), NEVER), np.zeros(len(units), dtype=np.bool_), 0
    marked = {unit: [cells[unit, time][1][name] for time in times] for unit in units}
    if _is_mark((x for row in marked.values() for x in row), times):
        told = [_first_marked(unit, row) for unit, row in marked.items()]
    else:
        told = [_start(unit, row, times) for unit, row in marked.items()]
    starts = np.array([NEVER if at >= len(times) else at for at in told], dtype=np.int64)
    return starts, starts == 0, sum(1 for at in told if at >= len(times))


def _is_mark(values: Iterable[str], times: Sequence[str]) -> bool:
    """A column of 0 and 1 where no period is called 1: it marks the periods under programme."""
    ones = {"1", "1.0"}
    return {*values} - {*NO_PROGRAMME} <= ones and not ones & {*times}


def _first_marked(unit: str, marks: Sequence[str]) -> int:
    on = [mark not in NO_PROGRAMME for mark in marks]
    if True not in on:
        return NEVER
    first = on.index(True)
    if not all(on[first:]):
        raise InputRefused("PREV-005", unit=unit)
    return first


def _start(unit: str, told: Sequence[str], times: tuple[str, ...]) -> int:
    values = list(dict.fromkeys("" if x in NO_PROGRAMME else x for x in told))
    if len(values) > 1:
        raise InputRefused("PREV-005" if "" in values else "PREV-006", unit=unit)
    if not values[0]:
        return NEVER
    if (sort_key(values[0])[0] == float("inf")) != (sort_key(times[0])[0] == float("inf")):
        raise InputRefused("PREV-009", unit=unit, value=values[0], first=times[0])
    return place(values[0], times)
