"""How many persons a signal takes, and how large a rise is found: what this watch cannot see.

The answer is of this run: of its series, their dispersion, and how many of them share the false
alarms. A lone signal needs a v of at most `largest_q`, and that level has a smallest count in each
series.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.count_tails import upper_quantile, upper_tail
from aiqyn.signals.series.judged import Floats
from aiqyn.signals.watching_country.false_alarms import expected_false, normal_quantile
from aiqyn.signals.watching_country.judged_country import JudgedCountry
from aiqyn.signals.watching_country.settings import WatchSettings

USUAL = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
ALIKE = 1.25  # series within this factor stand for a usual number
OFTEN = 0.8
STEPS = 24  # halvings of the level's logarithm: to a millionth
STEP_OF_TIMES, MOST_TIMES = 0.1, 50.0


@dataclass(frozen=True, slots=True)
class SeenFrom:
    """What a signal takes in series alike.

    Attributes
    ----------
    dimensions : told of the series: 1 for a place, 2 for a form in a place
    weeks : of the window
    usual : persons that would be known of it by now if nothing changed
    persons : known, from which there is a signal
    times : the rise of the rate that is found in 8 of 10 cases; None over fifty
    """

    dimensions: int
    weeks: int
    usual: float
    persons: int
    times: float | None


def seen_from(judged: JudgedCountry, settings: WatchSettings) -> tuple[SeenFrom, ...]:
    """For the longest window: what a signal takes, by dimensions and by the usual number."""
    window = len(settings.windows) - 1
    sizes = np.maximum(judged.series.cells["size"].to_numpy(), 1)
    families = len(np.unique(sizes)) * len(settings.windows)
    predicted, found = judged.windows[window], list[SeenFrom]()
    for size in np.unique(sizes):
        mine = (sizes == size) & np.isfinite(predicted.mean)
        mean, phi = predicted.mean[mine], predicted.phi[mine]
        level = _level(mean, phi, families, settings)
        for usual, persons, times in _by_usual(mean, phi, level, settings):
            found.append(SeenFrom(int(size), settings.windows[window], usual, persons, times))
    return tuple(found)


def _level(mean: Floats, phi: Floats, families: int, settings: WatchSettings) -> float:
    """The largest p-value at which a lone series of a family is a signal."""
    low, high = -12.0, 0.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        false = families * expected_false(10**middle, mean, phi, settings.fewest_now)
        low, high = (middle, high) if false <= settings.largest_q else (low, middle)
    return float(10**low)


def _by_usual(
    mean: Floats, phi: Floats, level: float, settings: WatchSettings
) -> Iterator[tuple[float, int, float | None]]:
    z = normal_quantile(level)
    for usual in USUAL:
        alike = (mean >= usual / ALIKE) & (mean <= usual * ALIKE)
        if alike.any():
            spread = float(np.median(phi[alike]))
            least = max(int(upper_quantile(level, z, usual, spread)) + 1, settings.fewest_now)
            yield usual, least, _times(usual, spread, least)


def _times(usual: float, phi: float, least: int) -> float | None:
    """The smallest rise that reaches `least` often enough."""
    times = _first_rise(float(least), usual, phi)
    return round(times, 1) if times <= MOST_TIMES else None


@compiled
def _first_rise(least: float, usual: float, phi: float) -> float:
    times = 1.0
    while times <= MOST_TIMES and upper_tail(least, usual * times, phi) < OFTEN:
        times += STEP_OF_TIMES
    return times
