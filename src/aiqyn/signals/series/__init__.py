"""Baselines and alarms, series by series: Farrington, EARS, CUSUM and likelihood-ratio charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.signals.series.charts import LikelihoodRatio, cusum_chart, likelihood_ratio_chart
    from aiqyn.signals.series.expected_counts import MeanModel
    from aiqyn.signals.series.judged import Caution, Judged
    from aiqyn.signals.series.reference_periods import Calendar
    from aiqyn.signals.series.series_file import SeriesTable, read_series
    from aiqyn.signals.series.watching import watch_series

__all__ = [
    "Calendar",
    "Caution",
    "Judged",
    "LikelihoodRatio",
    "MeanModel",
    "SeriesTable",
    "cusum_chart",
    "likelihood_ratio_chart",
    "read_series",
    "watch_series",
]

__getattr__ = lazily(
    __name__,
    {
        "Calendar": "reference_periods",
        "Caution": "judged",
        "Judged": "judged",
        "LikelihoodRatio": "charts",
        "MeanModel": "expected_counts",
        "SeriesTable": "series_file",
        "cusum_chart": "charts",
        "likelihood_ratio_chart": "charts",
        "read_series": "series_file",
        "watch_series": "watching",
    },
)
