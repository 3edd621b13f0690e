"""New and rising combinations of attributes in a table of records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from itertools import islice

import numpy as np
import polars as pl

from aiqyn.errors import UsageRefused
from aiqyn.signals.combinations.attributes import coded
from aiqyn.signals.combinations.cells import Cells, every_cell
from aiqyn.signals.combinations.describing import described
from aiqyn.signals.combinations.judged import NewCombinations
from aiqyn.signals.combinations.known_records import known_records
from aiqyn.signals.combinations.months_back import months_back, seasons, windows_within
from aiqyn.signals.combinations.one_by_one import Step, strongest_first
from aiqyn.signals.combinations.rise_scores import logarithms, margins
from aiqyn.signals.combinations.seen_from import seen_from
from aiqyn.signals.combinations.shuffled_dates import Chance, Dates, shuffle_dates

MOST_SIGNALS = 50
MOST_FALSE = 10.0
FEWEST_REPLICATES = 99
TOLD = 0.4  # of the false alarms that are stated: cells of a shuffled file that a signal may match


def new_combinations(
    records: pl.DataFrame,
    *,
    date: str,
    attributes: Sequence[str],
    rng: np.random.Generator,
    as_of: Date | None = None,
    false_alarms: float = 0.5,
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
    most_attributes : in a combination
    replicates : shuffled files, at most

    Raises
    ------
    UsageRefused: a number out of range (SIG-085).
    AnswerRefused: no attribute can hold a pattern (SIG-082), too few records (SIG-083), too short a
    history (SIG-084).
    """
    if not 0 < false_alarms <= MOST_FALSE or most_attributes < 1 or replicates < FEWEST_REPLICATES:
        raise UsageRefused("SIG-085")
    known = known_records(records, date, as_of)
    back = months_back(known.table[date], known.as_of)
    windows = windows_within(known.history)
    coded_as = coded(known.table, attributes)
    cells = every_cell(coded_as, most_attributes)
    dated = Dates(back, seasons(back, known.history), windows[-1])
    steps, chance = _signals(cells, dated, windows, replicates, TOLD * false_alarms, rng)
    return NewCombinations(
        described(steps, chance, cells, coded_as, dated, windows, known),
        cells.judged,
        cells.judged * len(windows),
        false_alarms,
        known.as_of,
        windows,
        len(chance.greatest),
        known.table.height,
        seen_from(
            chance.score(TOLD * false_alarms) + _of_a_pair(cells),
            int((back < windows[-1]).sum()),
            known.table.height,
        ),
        (*known.cautions, *coded_as.cautions, *cells.cautions),
    )


def _signals(
    cells: Cells,
    dated: Dates,
    windows: tuple[int, ...],
    replicates: int,
    most: float,
    rng: np.random.Generator,
) -> tuple[list[Step], Chance]:
    """The steps that are as strong as few cells are by chance, and the chance."""
    steps = list(islice(strongest_first(cells, dated, windows), 1))
    top = steps[0].score if steps else 0.0
    known = margins(cells.of, cells.number, dated.season, dated.back, windows)
    chance = shuffle_dates(
        cells.of, dated, known, logarithms(known), cells.handicap, top, replicates, rng
    )
    kept = []
    for step in islice(strongest_first(cells, dated, windows), MOST_SIGNALS):
        if chance.cells(step.score) > most:
            break
        kept.append(step)
    return kept, chance


def _of_a_pair(cells: Cells) -> float:
    """The handicap of a pair of values (of a margin where there are no pairs)."""
    size = np.array([len(chosen) for chosen in cells.sets])[cells.set_of]
    pairs = np.isfinite(cells.handicap) & (size == min(2, size.max()))
    return float(cells.handicap[pairs].max(initial=0.0))
