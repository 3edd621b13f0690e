"""Clusters among points, event by event: the surveillance of Assunção & Correa.

For each event k a cylinder is kept: all within `radius` of it, since it. A rise by the factor
``1 + epsilon`` within it has the likelihood ratio ``(1 + epsilon)^N exp(-epsilon mu)``, with `N`
events inside and ``mu`` expected if place and time are independent; their sum over k is watched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from aiqyn.errors import UsageRefused
from aiqyn.signals.scan.places_near import over_the_plane
from aiqyn.signals.series.judged import Floats

Apart = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True, slots=True)
class PointAlarm:
    """The statistic after each event, and the first alarm.

    Attributes
    ----------
    statistic : (events,)
    alarm : index, from 0, of the event at which it first exceeds the threshold; None if never
    centre : index of the event whose cylinder is then the likeliest
    """

    statistic: Floats
    alarm: int | None = None
    centre: int | None = None


def watch_points(
    at: Floats, radius: float, epsilon: float, threshold: float, *, apart: Apart = over_the_plane
) -> PointAlarm:
    """Watch events in order of time.

    Parameters
    ----------
    at : (events, 2) positions, in order of time
    radius : in the unit that `apart` measures in
    epsilon : the rise to be noticed, 0.2 for a fifth more
    threshold : about the number of events between two false alarms
    apart : distances of positions; `over_the_sphere` for radians, in km

    References
    ----------
    Assunção & Correa (2009), Surveillance to detect emerging space-time clusters, Comput. Stat.
    Data Anal. 53, 2817-2830.
    """
    if radius <= 0 or epsilon <= 0 or threshold <= 0:
        raise UsageRefused("SIG-029")
    statistic = np.zeros(len(at))
    for k, ratios in enumerate(_ratios(at, radius, epsilon, apart)):
        statistic[k:] += ratios
    over = np.flatnonzero(statistic > threshold)
    if not len(over):
        return PointAlarm(statistic)
    first = int(over[0])
    until = zip(range(first + 1), _ratios(at, radius, epsilon, apart), strict=False)
    then = [ratios[first - k] for k, ratios in until]
    return PointAlarm(statistic, first, int(np.argmax(then)))


def _ratios(at: Floats, radius: float, epsilon: float, apart: Apart) -> Iterator[Floats]:
    """For each event the likelihood ratios of its cylinder after itself and each later one."""
    events = np.arange(len(at))
    for k in events:
        until = (apart(at, at[k]) <= radius).cumsum()  # near k, of the events up to n
        inside = (until - until[k] + 1)[k:]  # of these, not before k
        expected = until[k:] * (events[k:] - k + 1) / (events[k:] + 1)
        yield np.asarray(np.exp(inside * np.log1p(epsilon) - epsilon * expected))


def inside_and_expected(
    at: Floats, radius: float, centre: int, until: int, apart: Apart = over_the_plane
) -> tuple[int, float]:
    """Events within the cylinder of `centre` up to the event `until`, and how many expected."""
    near = apart(at[: until + 1], at[centre]) <= radius
    return int(near[centre:].sum()), float(near.sum() * (until - centre + 1) / (until + 1))
