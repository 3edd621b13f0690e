"""New and rising combinations of attributes in a table of records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date

import numpy as np
import polars as pl

from aiqyn.errors import UsageRefused
from aiqyn.signals.combinations.attributes import Attributes, coded
from aiqyn.signals.combinations.cells import Cells, every_cell
from aiqyn.signals.combinations.describing import described, over_expected
from aiqyn.signals.combinations.judged import NewCombinations
from aiqyn.signals.combinations.known_records import known_records
from aiqyn.signals.combinations.months_back import months_back, seasons, windows_within
from aiqyn.signals.combinations.one_by_one import Rising, strongest_first
from aiqyn.signals.combinations.rising_combinations import rising_combinations
from aiqyn.signals.combinations.seen_from import seen_from
from aiqyn.signals.combinations.shuffled_dates import Dates
from aiqyn.signals.combinations.subset_scan.rising_groups import RisingGroups, rising_groups

MOST_FALSE = 10.0
FEWEST_REPLICATES = 99
TOLD = 0.4  # of the false alarms that are stated: cells of a shuffled file that a signal may match
TOLD_GROUPS = 0.8  # likewise of groups, of which a shuffled file tells about one at most
MOST_SEARCHED = 199  # shuffled files that are searched for groups


def new_combinations(
    records: pl.DataFrame,
    *,
    date: str,
    attributes: Sequence[str],
    rng: np.random.Generator,
    as_of: Date | None = None,
    false_alarms: float = 0.5,
    of_groups: float = 0.0,
    most_attributes: int = 4,
    replicates: int = 999,
) -> NewCombinations:
    """Combinations of values that are new or take a larger share of late than they used to.

    Parameters
    ----------
    records : a row a record; `date` is a column of dates, `attributes` are columns of codes (null,
        empty and "unknown" are not known); rows without a date or after `as_of` are left out
    as_of : the day to which records are known; the latest date when None
    false_alarms : how many may be expected where nothing changed; over 0
    of_groups : how many more from groups of values that rise together (the subset scan); 0 when
        none are looked for
    most_attributes : in a combination
    replicates : shuffled files, at most

    Raises
    ------
    UsageRefused: a number out of range (SIG-085).
    AnswerRefused: no attribute can hold a pattern (SIG-082), too few records (SIG-083), too short a
    history (SIG-084).
    """
    _check(false_alarms, of_groups, most_attributes, replicates)
    known = known_records(records, date, as_of)
    back = months_back(known.table[date], known.as_of)
    windows = windows_within(known.history)
    coded_as = coded(known.table, attributes)
    cells = every_cell(coded_as, most_attributes)
    dated = Dates(back, seasons(back, known.history), windows[-1])
    most = TOLD * false_alarms
    single = rising_combinations(
        cells, coded_as, dated, windows, most=most, replicates=replicates, rng=rng
    )
    kinds: list[Rising] = [
        single,
        *_groups(coded_as, dated, windows, TOLD_GROUPS * of_groups, replicates, rng),
    ]
    each = strongest_first(kinds, known.table.height)
    found = [one for one in each if over_expected(one, dated)]
    return NewCombinations(
        described(found, dated, known),
        cells.judged,
        cells.judged * len(windows),
        false_alarms + of_groups,
        known.as_of,
        windows,
        len(single.chance.greatest),
        known.table.height,
        seen_from(
            single.chance.score(most) + _of_a_pair(cells),
            int((back < windows[-1]).sum()),
            known.table.height,
        ),
        (*known.cautions, *coded_as.cautions, *cells.cautions),
    )


def _check(false_alarms: float, of_groups: float, most_attributes: int, replicates: int) -> None:
    stated = 0 < false_alarms <= MOST_FALSE and 0 <= of_groups <= MOST_FALSE
    if not stated or most_attributes < 1 or replicates < FEWEST_REPLICATES:
        raise UsageRefused("SIG-085")


def _groups(
    attributes: Attributes,
    dated: Dates,
    windows: tuple[int, ...],
    most: float,
    replicates: int,
    rng: np.random.Generator,
) -> list[RisingGroups]:
    """The kind of signal that groups are; none where they may add no false alarm."""
    if not most:
        return []
    fewer = min(replicates, MOST_SEARCHED)
    return [rising_groups(attributes, dated, windows, most=most, replicates=fewer, rng=rng)]


def _of_a_pair(cells: Cells) -> float:
    """The handicap of a pair of values (of a margin where there are no pairs)."""
    size = np.array([len(chosen) for chosen in cells.sets])[cells.set_of]
    pairs = np.isfinite(cells.handicap) & (size == min(2, size.max()))
    return float(cells.handicap[pairs].max(initial=0.0))
