"""A table of series, a method, a configuration and a range: thresholds and alarms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.signals.series.charts import LikelihoodRatio, cusum_chart, likelihood_ratio_chart
from aiqyn.signals.series.cusum import Cusum
from aiqyn.signals.series.ears import Ears, ears
from aiqyn.signals.series.expected_counts import MeanModel
from aiqyn.signals.series.farrington import Farrington, farrington
from aiqyn.signals.series.judged import Caution, Floats, Judged
from aiqyn.signals.series.series_file import SeriesTable
from aiqyn.signals.series.settings import settings_of

YEARS_OF_CHART = 2
MEASURE = re.compile(r"(\d+):(\d+)")


def watch_series(
    table: SeriesTable, method: str, config: Mapping[str, Any], asked: str | None = None
) -> Judged:
    """Thresholds and alarms of every unit.

    Parameters
    ----------
    table : the series
    method : farrington, ears-c1, ears-c2, ears-c3, glr-pois, glr-nb, cusum
    config : keys named as in R; `range` there is [first, last] or every period, from 1
    asked : "A:B", from 1 and inclusive; before `range` of the configuration

    Raises
    ------
    UsageRefused, InputRefused, AnswerRefused with codes SIG-006 … SIG-018.
    """
    settings, unknown = settings_of(method, config)
    rows = _rows(asked, config.get("range"), table.calendar.length)
    population = _population(config.get("population"), table)
    judged = _judged(table, settings, rows, population)
    odd = tuple(Caution("SIG-111", {"key": key}) for key in unknown)
    return replace(judged, cautions=(*table.cautions, *judged.cautions, *odd))


def _judged(
    table: SeriesTable,
    settings: object,
    rows: NDArray[np.int64] | None,
    population: Floats | None,
) -> Judged:
    chosen = None if rows is None else rows.tolist()
    match settings:
        case Farrington():
            return farrington(
                table.counts, table.calendar, settings, rows=chosen, population=population
            )
        case Ears():
            return ears(table.counts, settings, rows=chosen)
        case Cusum():
            rows = _chart_rows(rows, None, table)
            return cusum_chart(table.counts, table.calendar, settings, rows, table.first_period)
        case LikelihoodRatio():
            rows = _chart_rows(rows, settings, table)
            return likelihood_ratio_chart(table.counts, table.calendar, settings, rows)
    raise AssertionError(settings)


def _rows(asked: str | None, configured: Any, length: int) -> NDArray[np.int64] | None:
    """Rows from 0, or None where nothing was asked."""
    if asked is not None:
        ends = MEASURE.fullmatch(asked)
        if ends is None:
            raise UsageRefused("SIG-009", range=asked, n=length)
        periods = np.arange(int(ends[1]), int(ends[2]) + 1)
    elif configured is None:
        return None
    else:
        periods = _configured(configured, length)
    rows = periods.astype(np.int64) - 1
    if not rows.size or rows[0] < 0 or rows[-1] >= length or (np.diff(rows) <= 0).any():
        raise UsageRefused("SIG-009", range=asked or "…", n=length)
    return rows


def _configured(configured: Any, length: int) -> NDArray[np.int64]:
    """Periods of the configuration: two are the ends of a range, more are the periods."""
    whole = isinstance(configured, list) and all(isinstance(x, int) for x in configured)
    if not whole or not configured:
        raise UsageRefused("SIG-009", range="…", n=length)
    if len(configured) == 2:
        return np.arange(configured[0], configured[1] + 1)
    return np.array(configured)


def _chart_rows(
    rows: NDArray[np.int64] | None, settings: LikelihoodRatio | None, table: SeriesTable
) -> NDArray[np.int64]:
    """Rows of a chart: those asked, the last ones that have a mean, or all but two years."""
    if rows is not None:
        return rows
    length, mu0 = table.calendar.length, None if settings is None else settings.mu0
    if mu0 is None or isinstance(mu0, MeanModel | float | int):
        start = min(YEARS_OF_CHART * table.calendar.freq, length - 1)
    else:
        start = max(0, length - len(mu0))
    return np.arange(start, length, dtype=np.int64)


def _population(given: Any, table: SeriesTable) -> Floats | None:
    """Population by period and unit; one row or one column stands for all."""
    if given is None:
        return None
    shape = table.counts.shape
    values = [given.get(unit) for unit in table.units] if isinstance(given, dict) else given
    try:
        numbers = np.asarray(values, dtype=np.float64)
        if isinstance(given, dict):
            numbers = numbers.T if numbers.ndim == 2 else numbers.reshape(1, -1)
        elif numbers.ndim == 1:
            numbers = numbers.reshape(-1, 1)
        spread = np.broadcast_to(numbers, shape)
    except (TypeError, ValueError) as why:
        raise InputRefused("SIG-008", key="population") from why
    if not (spread > 0).all():
        raise InputRefused("SIG-008", key="population")
    return spread
