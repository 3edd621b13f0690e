"""Clusters among points, event by event: the surveillance of Assunção & Correa.

For each event k a cylinder is kept: all within `radius` of it, since it. A rise by the factor
``1 + epsilon`` within it has the likelihood ratio ``(1 + epsilon)^N exp(-epsilon mu)``, with `N`
events inside and ``mu`` expected if place and time are independent; their sum over k is watched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.errors import UsageRefused
from aiqyn.signals.series.judged import Floats


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


def watch_points(at: Floats, radius: float, epsilon: float, threshold: float) -> PointAlarm:
    """Watch events in order of time.

    Parameters
    ----------
    at : (events, 2) positions, in order of time, in the unit of `radius`
    epsilon : the rise to be noticed, 0.2 for a fifth more
    threshold : about the number of events between two false alarms

    References
    ----------
    Assunção & Correa (2009), Surveillance to detect emerging space-time clusters, Comput. Stat.
    Data Anal. 53, 2817-2830.
    """
    if radius <= 0 or epsilon <= 0 or threshold <= 0:
        raise UsageRefused("SIG-029")
    ratios = _ratios(at, radius, epsilon)
    statistic = ratios.sum(axis=0)
    over = np.flatnonzero(statistic > threshold)
    if not len(over):
        return PointAlarm(statistic)
    first = int(over[0])
    return PointAlarm(statistic, first, int(ratios[:, first].argmax()))


def _ratios(at: Floats, radius: float, epsilon: float) -> Floats:
    """(k, n) likelihood ratio of the cylinder of event k after event n; 0 before it."""
    events = np.arange(len(at))
    near = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1)) <= radius
    until = near.cumsum(axis=1)  # near k, of the events up to n
    inside = until - (until[events, events] - 1)[:, None]  # of these, not before k
    since = events[None, :] - events[:, None] + 1
    expected = until * since / (events + 1)[None, :]
    ratios = (1 + epsilon) ** inside.astype(np.float64) * np.exp(-epsilon * expected)
    return np.asarray(np.where(since > 0, ratios, 0.0))
