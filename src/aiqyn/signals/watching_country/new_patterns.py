"""New and rising combinations beside the series: what no series has a history of.

A series needs persons in its history. A channel that nobody used before, with a sector and a
citizenship, has none; the scan of `aiqyn.signals.combinations` compares such a combination's share
of what is reported with shuffled files. The day of the report is taken, not of detection: those
reported late would else be missing from the latest months by their kind. Combinations that
share half of their persons with a signal that is told already are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from aiqyn.errors import AnswerRefused
from aiqyn.signals.combinations.emerging import new_combinations
from aiqyn.signals.combinations.judged import Emerging
from aiqyn.signals.series.judged import Caution
from aiqyn.signals.watching_country.bars import BARS, WEEKS, last_year
from aiqyn.signals.watching_country.dimensions import attributes
from aiqyn.signals.watching_country.predicted import quantile
from aiqyn.signals.watching_country.series_of_country import last_whole_week
from aiqyn.signals.watching_country.settings import WatchSettings, watch_settings
from aiqyn.signals.watching_country.signal import CountryWatch, Signal

HALF = 0.5
LATEST_DAY = "date_reported"
FINEST = {"age": -1}  # an age group stands after child or adult; a form before its group


def with_new_patterns(
    watch: CountryWatch,
    persons: pl.DataFrame,
    country: str,
    *,
    settings: WatchSettings | None = None,
    rng: np.random.Generator,
) -> CountryWatch:
    """The run with new and rising combinations, and the false alarms that they may add.

    Parameters
    ----------
    persons : those that the run was given
    """
    settings = settings or watch_settings()
    table = _one_value_each(persons, country, settings)
    names = [name for name in settings.dimensions if name != "route"]
    try:
        found = new_combinations(
            table,
            date=LATEST_DAY,
            attributes=names,
            rng=rng,
            as_of=watch.as_of,
            false_alarms=settings.new_patterns,
            most_attributes=settings.longest,
            replicates=settings.replicates,
        )
    except AnswerRefused as why:
        return replace(watch, cautions=(*watch.cautions, Caution(why.code, dict(why.slots))))
    signals = _beside(watch.signals, found.signals, table, watch.as_of)
    return replace(
        watch,
        signals=tuple(sorted((*watch.signals, *signals), key=lambda signal: signal.q)),
        series=watch.series + found.series,
        tested=watch.tested + found.series,
        expected_false_alarms=watch.expected_false_alarms + found.expected_false_alarms,
    )


def _one_value_each(persons: pl.DataFrame, country: str, settings: WatchSettings) -> pl.DataFrame:
    """One value of each dimension, the finest; the scan takes a record as one cell."""
    values = attributes(persons, country)
    single = [
        pl.col(name).list.get(FINEST.get(name, 0), null_on_oob=True) for name in settings.dimensions
    ]
    days = persons.select(LATEST_DAY, "date_detected")
    return pl.concat([values.select(single), days], how="horizontal").with_row_index("_row")


def _beside(
    signals: Sequence[Signal], found: Sequence[Emerging], table: pl.DataFrame, as_of: date
) -> list[Signal]:
    """Those that no signal told already explains; several values together are left to the verb."""
    told = [set(signal.persons) for signal in signals]
    taken = []
    for one in found:
        mine, cell = set(one.records), {k: v for k, v in one.what.items() if isinstance(v, str)}
        explained = any(len(mine & other) >= HALF * min(len(mine), len(other)) for other in told)
        if len(cell) == len(one.what) and not explained:
            taken.append(_signal(one, cell, table, as_of))
            told.append(mine)
    return taken


def _signal(one: Emerging, cell: dict[str, str], table: pl.DataFrame, as_of: date) -> Signal:
    """The combination as a signal; all that was reported is known, so its share is 1."""
    weeks = max(1, round((as_of - one.since).days / 7))
    until, usual = last_whole_week(as_of), one.expected / weeks
    mine = table.filter(*(pl.col(name) == value for name, value in cell.items()))
    back = (pl.lit(until) - pl.col(LATEST_DAY)).dt.total_days() // 7
    week = mine.select(back.alias("week")).filter(pl.col("week").is_between(0, WEEKS * BARS - 1))
    weekly = np.bincount(week["week"].to_numpy(), minlength=WEEKS * BARS).astype(np.float64)
    low, high = (quantile(tail, one.expected, 1.0) for tail in (0.975, 0.025))
    return Signal(
        cell=cell,
        weeks=weeks,
        since=one.since,
        observed=one.observed,
        expected=one.expected,
        low=low,
        high=high,
        share=1.0,
        pvalue=one.p,
        strength=one.q,
        q=one.q,
        persons=one.records,
        usual=usual,
        bars=last_year(weekly, np.ones(BARS), usual, 1.0, until),
        kind="combination",
    )
