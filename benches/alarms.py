"""Alarms beside R: processor seconds of one Farrington test here ÷ those that R took.

R's 11.3 ms a weekly and 12.4 ms a monthly test (surveillance 1.20.3, nbPlugin) are recorded
on another day, not measured here. One thread; what the compiler takes is a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time
from typing import TYPE_CHECKING, Any

from benches.measures import limits
from benches.rows import Row, ratio

if TYPE_CHECKING:
    from aiqyn.signals.series.farrington import Farrington

R_SECONDS = {"weekly": 0.0113, "monthly": 0.0124}
SERIES = {"weekly": 1_000, "monthly": 3_000}
COUNTRY = 41_202  # (1 + 17 + 200) areas x 21 forms x 9 groups of sex and age


def alarms() -> Iterator[Row]:
    """The first call, a weekly and a monthly test, a country's month."""
    yield Row("alarms: first call, compiled or from the cache", _first_call(), "s")
    for kind, recorded in R_SECONDS.items():
        one = _seconds(kind, SERIES[kind]) / SERIES[kind]
        yield Row(f"alarms: one {kind} test", one * 1e6, "µs")
        what = f"alarms: one {kind} test ÷ R, {recorded * 1000:.3g} ms recorded"
        yield ratio(what, one, recorded, limits()["alarms"][kind])
    spent = _seconds("monthly", COUNTRY)
    yield Row(f"alarms: a month of {COUNTRY:,} series", spent, "s", limits()["alarms"]["country"])


def _first_call() -> float:
    start = process_time()
    _seconds("monthly", 1)
    return process_time() - start


def _seconds(kind: str, series: int) -> float:
    """Processor seconds of the latest period of so many series."""
    import numpy as np

    from aiqyn.signals.series.farrington import farrington
    from aiqyn.signals.series.reference_periods import Calendar

    freq, settings = _job(kind)
    length = settings.b * freq + freq + 12
    rng = np.random.default_rng(2013)
    mean = rng.gamma(0.5, 16.0, series)  # most cells nearly empty, a few full
    counts = rng.poisson(mean, (length, series)).astype(np.float64)
    start = process_time()
    farrington(counts, Calendar(length, freq), settings, rows=[length - 1])
    return process_time() - start


def _job(kind: str) -> tuple[int, Farrington]:
    from aiqyn.signals.series.farrington import Farrington

    own: dict[str, dict[str, Any]] = {
        "weekly": {"w": 3, "no_periods": 10, "past_weeks_not_included": 26},
        "monthly": {"w": 1, "no_periods": 6, "past_weeks_not_included": 6},
    }
    settings = Farrington(
        b=5, p_threshold_trend=1.0, alpha=0.01, threshold_method="nbPlugin", **own[kind]
    )
    return (52 if kind == "weekly" else 12), settings
