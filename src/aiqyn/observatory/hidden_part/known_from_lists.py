"""What the printed histories tell of the rows that each agency sent: the attack must know it too.

Every person on a list stands on at least one accepted row of its agency. Where the rows of an
agency are hidden, the histories bound them from below, and through the total those of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from aiqyn.disclosure import ALL, PublishedTable, Release, Rules, examine
from aiqyn.disclosure.cells import Axes
from aiqyn.disclosure.published import Sum
from aiqyn.observatory.hidden_part.group_histories import DIMENSIONS
from aiqyn.observatory.hidden_part.group_tables import PREFIX as GROUPS
from aiqyn.observatory.hidden_part.histories import BESIDE, JOIN
from aiqyn.observatory.hidden_part.passing_on import LISTED

MANY = frozenset(d.name for d in DIMENSIONS if d.many)  # a person may stand under several codes
ON_LISTS = "on_lists"  # dimension: rows of persons whom a printed history counts, beside all rows


def tells_of_agencies(
    release: Release, histories: str, agencies: Sequence[str], rules: Rules
) -> bool:
    """Whether the printed histories open the hidden rows of an agency.

    Parameters
    ----------
    histories : name of their table in the release
    agencies : names of the tables of rows by agency
    """
    groups = [t for name, t in release.tables.items() if name.startswith(GROUPS)]
    least = least_persons(release.tables[histories], groups)
    known = [
        _bounds(table, least)
        for table in release.published
        if table.name in agencies and set(table.cells["status"]) != {"shown"}
    ]
    return bool(known and examine((*release.published, *known), rules).openings)


def least_persons(
    histories: pl.DataFrame, groups: Sequence[pl.DataFrame] = ()
) -> Mapping[str, int]:
    """Persons on each list as a reader adds them up over all years; a hidden history holds one.

    Parameters
    ----------
    groups : printed tables of histories by group: the largest of a history's cells is a bound too
    """
    held = _largest_cells(groups)
    least: Counter[str] = Counter()
    for year, history, n in histories.select("year", "history", "n").iter_rows():
        if history not in (ALL, LISTED, BESIDE):
            for name in history.split(JOIN):
                least[name] += held.get((year, history), 1) if n is None else n
    return least


def _largest_cells(groups: Sequence[pl.DataFrame]) -> Mapping[tuple[str, str], int]:
    """Persons of a history by the tables of groups: the parts of one table added up, or one."""
    found: dict[tuple[str, str], int] = {}
    for table in groups:
        (group,) = set(table.columns) - {"year", "history", "n", "status"}
        parts = table.filter((pl.col(group) != ALL) & pl.col("n").is_not_null())
        together = pl.max("n") if group in MANY else pl.sum("n")
        for year, history, n in parts.group_by("year", "history").agg(together).iter_rows():
            found[year, history] = max(1, n, found.get((year, history), 1))
    return found


def _bounds(table: PublishedTable, least: Mapping[str, int]) -> PublishedTable:
    """The agency's rows once more, and of them at least those of the persons on its list."""
    own = table.cells.with_columns(pl.lit(ALL).alias(ON_LISTS))
    told = [
        (code, LISTED, n, "shown") for code, n in sorted(least.items()) if code in own["agency"]
    ]
    columns = ["agency", ON_LISTS, "n", "status"]
    schema = {name: own.schema[name] for name in columns}
    parts = pl.DataFrame(told, schema=schema, orient="row")
    axes = Axes(table.axes.population, ("agency", ON_LISTS))
    cells = pl.concat([own.select(columns), parts])
    sums = (Sum(ON_LISTS, ALL, (LISTED,), "partial"),)
    return PublishedTable(f"{table.name}_{ON_LISTS}", axes, cells, sums, absent_is_zero=False)
