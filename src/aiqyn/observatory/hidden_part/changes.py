"""Crime or detection: what became of the counts between years that had the same lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aiqyn.errors import AnswerRefused
from aiqyn.estimates import by_stratum, crime_or_detection, stratified_rows
from aiqyn.estimates.years.change import Change
from aiqyn.estimates.years.detection import Spread
from aiqyn.observatory.estimate_settings import EstimateSettings
from aiqyn.observatory.hidden_part.histories import JOIN
from aiqyn.observatory.hidden_part.lines import Row

PARTS = ("counts", "crime", "detection")
ENDS = ("", "_low", "_high")
CHANGE = tuple(f"{part}{end}" for part in PARTS for end in ENDS)


def change_lines(
    counts: Mapping[int, Mapping[str, int]], until: int, settings: EstimateSettings
) -> list[Row]:
    """One line a pair of neighbouring years, up to the year `until` and only over its own lists.

    Parameters
    ----------
    counts : year -> history -> persons, small histories pooled

    Notes
    -----
    Where a list began or paused between two years, the counts moved with it, and no model of the
    overlap could tell that from the crime: such years are left out, and all before them.
    """
    years = sorted(_same_lists(counts, until))
    if len(years) < 2:
        return []
    lists = sorted(_lists(counts[until]))
    bit = {name: 1 << place for place, name in enumerate(lists)}
    rows = [
        (str(year), sum(bit[name] for name in history.split(JOIN)), n)
        for year in years
        for history, n in counts[year].items()
    ]
    try:
        table = stratified_rows("years", lists, "year", rows)
        parts = by_stratum(table, level="own", boot=settings.part_boot, seed=settings.seed)
        found = crime_or_detection(parts)
    except AnswerRefused:
        return []
    neighbours = (c for c in found.changes if int(c.end) == int(c.start) + 1)
    return [_line(change) for change in neighbours if change.refusal is None]


def _same_lists(counts: Mapping[int, Mapping[str, int]], until: int) -> Iterator[int]:
    """The years without a gap before `until` that had its lists."""
    own, year = _lists(counts.get(until, {})), until
    while own and _lists(counts.get(year, {})) == own:
        yield year
        year -= 1


def _lists(counts: Mapping[str, int]) -> set[str]:
    return {name for history in counts for name in history.split(JOIN)}


def _line(change: Change) -> Row:
    return {
        "year": int(change.end),
        "counts": change.counts,
        "counts_low": change.counts,
        "counts_high": change.counts,
        **_spread("crime", change.crime),
        **_spread("detection", change.detection),
    }


def _spread(part: str, found: Spread | None) -> Row:
    low, high = (found and found.bounds(0.95)) or (None, None)
    return {part: found and found.value, f"{part}_low": low, f"{part}_high": high}
