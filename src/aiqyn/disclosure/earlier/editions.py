"""A publication as it left the house, kept so that the next one can be attacked beside it.

Kept are the printed tables alone: numbers, marks, and how their cells are named. No true number of
a hidden cell is in the file, so it may stand among what is published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from aiqyn.disclosure.cells import Axes, Cell
from aiqyn.disclosure.published import PublishedTable, Release, Status, Sum
from aiqyn.errors import InputRefused

FORMAT = "aiqyn cleared tables 1"
YEAR = "year"
Block = tuple[str, str | None]  # population, and the year where its tables have one
Printed = tuple[int | None, Status]
Scheme = tuple[str, frozenset[str]]  # population and variables of a table


@dataclass(frozen=True, slots=True)
class Edition:
    """What one publication printed.

    Attributes
    ----------
    name : as it is told apart from the others: ``2025``, ``2025-8cf7c2a4``
    tables : as printed
    threshold : persons; what its "<5" meant
    """

    name: str
    tables: tuple[PublishedTable, ...]
    threshold: int

    def cells(self) -> dict[Cell, Printed]:
        """Every cell with its number or mark; a number printed anywhere counts everywhere."""
        found: dict[Cell, Printed] = {}
        for table in self.tables:
            for row, n, status in table.rows:
                cell = table.axes.cell(row)
                if cell not in found or status == "shown":
                    found[cell] = (n, status)
        return found

    def cells_by_scheme(self) -> dict[Scheme, set[Cell]]:
        """The cells that the tables of each scheme have a row for."""
        found: dict[Scheme, set[Cell]] = {}
        for table in self.tables:
            own = found.setdefault(scheme_of(table.axes), set())
            own.update(table.axes.cell(row) for row, _, _ in table.rows)
        return found


def scheme_of(axes: Axes) -> Scheme:
    """Whom a table counts, over which variables."""
    return axes.population, frozenset(axes.names)


def block_of(cell: Cell) -> Block:
    """The population and year of a cell; each year stands by itself."""
    return cell[0], dict(cell[1]).get(YEAR)


def covered(tables: Sequence[PublishedTable]) -> set[Scheme]:
    """Population and variables of the tables: a cell over them that has no row is a zero."""
    return {scheme_of(table.axes) for table in tables}


def is_covered(cell: Cell, schemes: set[Scheme]) -> bool:
    """Whether one of the tables would have a row for the cell if anybody stood under it."""
    names = {name for name, _ in cell[1]}
    return any(population == cell[0] and names <= scheme for population, scheme in schemes)


def edition_json(release: Release, *, threshold: int, about: Mapping[str, Any]) -> str:
    """The printed tables as stable JSON, with what the publication says of itself."""
    told = {
        "format": FORMAT,
        "threshold": threshold,
        "about": dict(about),
        "tables": [_plain(table) for table in release.published],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def read_edition(name: str, text: str) -> Edition:
    """The edition that `edition_json` wrote.

    Raises
    ------
    InputRefused (DISC-201) when the file is anything else.
    """
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise InputRefused("DISC-201", edition=name)
        tables = tuple(_table(table) for table in told["tables"])
        return Edition(name, tables, int(told["threshold"]))
    except (ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        raise InputRefused("DISC-201", edition=name) from None


def _plain(table: PublishedTable) -> dict[str, Any]:
    axes = table.axes
    return {
        "name": table.name,
        "population": axes.population,
        "dims": list(axes.dims),
        "variable": dict(axes.variable),
        "given": dict(axes.given),
        "needs": dict(axes.needs),
        "absent_is_zero": table.absent_is_zero,
        "sums": [[s.dim, s.total, list(s.parts), s.kind, s.alone] for s in table.sums],
        "rows": [list(row) for row in table.cells.select(*axes.dims, "n", "status").iter_rows()],
    }


def _table(told: Mapping[str, Any]) -> PublishedTable:
    dims = tuple(told["dims"])
    schema = {**dict.fromkeys(dims, pl.String), "n": pl.Int64, "status": pl.String}
    axes = Axes(told["population"], dims, told["variable"], told["given"], told["needs"])
    sums = tuple(
        Sum(dim, total, tuple(parts), kind, alone)
        for dim, total, parts, kind, alone in told["sums"]
    )
    cells = pl.DataFrame(told["rows"], schema=schema, orient="row")
    return PublishedTable(told["name"], axes, cells, sums, told["absent_is_zero"])
