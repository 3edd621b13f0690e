"""Changes in detection (a new list, a campaign, inspections) that were new while a rise went on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import polars as pl

EVERYWHERE = "_all"
LINGERS = timedelta(weeks=52)  # a change of detection is new for a year
WHERE = ("region", "agency")


def changes_behind(
    mine: pl.DataFrame,
    changes: Sequence[Mapping[str, str]],
    since: date,
    until: date,
    day: str | None = None,
) -> Iterator[tuple[Mapping[str, str], date, int]]:
    """Each change that can have brought half of the records, its first day, and how many.

    Parameters
    ----------
    mine : records of the signal; where they have no column `region` or `agency`, a change that
        concerns some of them is taken to concern all
    changes : rows of detection_changes.csv: code, date, until, region, agency
    since, until : first and last day of the rise
    day : column of dates; when given, only records from the first day of the change on count
    """
    for change in changes:
        start = date.fromisoformat(change["date"])
        end = date.fromisoformat(change["until"]) if change.get("until") else start + LINGERS
        if start > until or end < since:
            continue
        reached = _concerned(mine if day is None else mine.filter(pl.col(day) >= start), change)
        if reached * 2 >= mine.height:
            yield change, start, reached


def _concerned(records: pl.DataFrame, change: Mapping[str, str]) -> int:
    """Records of the regions and agencies that the change names."""
    for column in WHERE:
        named = set(change[column].split()) - {EVERYWHERE}
        if named and column in records.columns:
            records = records.filter(pl.col(column).is_in(named))
    return records.height
