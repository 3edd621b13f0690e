"""Signals: what is new or more than expected, early, with false alarms under control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.signals.combinations.emerging import new_combinations
    from aiqyn.signals.combinations.judged import Emerging, NewCombinations
    from aiqyn.signals.series.judged import Judged
    from aiqyn.signals.series.series_file import SeriesTable, read_series
    from aiqyn.signals.series.watching import watch_series

__all__ = [
    "Emerging",
    "Judged",
    "NewCombinations",
    "SeriesTable",
    "new_combinations",
    "read_series",
    "watch_series",
]

__getattr__ = lazily(
    __name__,
    {
        "Emerging": "combinations.judged",
        "Judged": "series.judged",
        "NewCombinations": "combinations.judged",
        "SeriesTable": "series.series_file",
        "new_combinations": "combinations.emerging",
        "read_series": "series.series_file",
        "watch_series": "series.watching",
    },
)
