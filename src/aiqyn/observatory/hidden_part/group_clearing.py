"""Which tables of groups can be printed beside all others, at no other table's cost.

The tables of groups are protected and attacked together with everything else of the publication.
Where that would hide a number that is printed without them, the groups give way and not the number:
all histories are needed for the estimate of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import polars as pl

from aiqyn.disclosure import Cleared, CountTable, Release
from aiqyn.errors import NotPermitted

Clear = Callable[[Sequence[CountTable]], Cleared[Release]]
Groups = Mapping[str, Sequence[CountTable]]


def cleared_with_groups(
    base: Sequence[CountTable], groups: Groups, clear: Clear
) -> tuple[Cleared[Release], tuple[str, ...]]:
    """What may be printed, and the dimensions of groups that are in it.

    Parameters
    ----------
    base : all other tables of the publication
    groups : dimension -> its tables, in the order in which they are taken in
    clear : protects tables, attacks them and lets them pass
    """
    alone = clear(base)
    every = _beside(base, groups, alone, clear, groups)
    if every is not None:
        return every, tuple(groups)
    found, taken = alone, list[str]()
    for dimension in groups:
        more = _beside(base, groups, alone, clear, [*taken, dimension])
        if more is not None:
            found, taken = more, [*taken, dimension]
    return found, tuple(taken)


def costs(alone: Release, together: Release) -> bool:
    """Whether a cell that is shown in the first release is hidden in the second."""
    return any(
        _shown(table).join(_shown(together.tables[name]), on=_dims(table), how="anti").height
        for name, table in alone.tables.items()
    )


def _beside(
    base: Sequence[CountTable],
    groups: Groups,
    alone: Cleared[Release],
    clear: Clear,
    wanted: Iterable[str],
) -> Cleared[Release] | None:
    """The release with these dimensions; None where they cost a number or open one."""
    tables = {t.name: t for dimension in wanted for t in groups[dimension]}
    if not tables:
        return alone
    try:
        found = clear([*base, *tables.values()])
    except NotPermitted:
        return None
    return None if costs(alone.value, found.value) else found


def _shown(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(status="shown")


def _dims(table: pl.DataFrame) -> list[str]:
    return [name for name in table.columns if name not in ("n", "status")]
