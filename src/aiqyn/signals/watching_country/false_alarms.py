"""False alarms over all series together: how many are expected, and the share q.

The series of one length of window and one number of dimensions are a family; each family has the
same part of the false alarms, so the few margins are not drowned by the many cells. An alarm as
strong as series i is raised in its family at its p-value, and in every other family where the same
number of false ones is expected. The expected number over all families,

    v_i = families x sum over the family's series j of P(p_j <= p_i),

holds whatever the dependence between series, for it is a sum of expectations. The share of false
ones among alarms as strong or stronger is q = v / (distinct signals as strong or stronger)
(Y. Benjamini and Y. Hochberg, 1995; for whole counts J. F. Heyse, 2011). Overlapping counts rise
together, so it holds for them too (Y. Benjamini and D. Yekutieli, 2001); and as series that share
their persons are one signal in the denominator and all of them in v, it errs upwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from aiqyn.signals.series.judged import Floats
from aiqyn.signals.watching_country.predicted import Predicted, chance_of_alarm
from aiqyn.signals.watching_country.series_of_country import Integers
from aiqyn.signals.watching_country.settings import WatchSettings


@dataclass(frozen=True, slots=True)
class Alarm:
    """A series over its past.

    Attributes
    ----------
    window : which length of window
    cell : row of the series
    pvalue : of its window
    strength : v, expected false alarms among all series when all as strong are raised
    """

    window: int
    cell: int
    pvalue: float
    strength: float


def alarms(
    windows: Sequence[Predicted], sizes: Integers, settings: WatchSettings
) -> tuple[Alarm, ...]:
    """Every series as strong as `settings.expected` allows, strongest first.

    Parameters
    ----------
    windows : the series' latest window, for each length
    sizes : (cells,) number of dimensions of each series; the whole country's goes with 1
    """
    kinds = np.unique(sizes)
    families = len(kinds) * len(windows)
    found: list[Alarm] = []
    for place, predicted in enumerate(windows):
        pvalue = predicted.pvalue
        for size in kinds:
            mine = np.flatnonzero((sizes == size) & np.isfinite(predicted.mean))
            found += _family(place, mine, pvalue, predicted, families, settings)
    return tuple(sorted(found, key=lambda a: (a.strength, sizes[a.cell], a.window, a.cell)))


def _family(
    place: int,
    mine: Integers,
    pvalue: Floats,
    predicted: Predicted,
    families: int,
    settings: WatchSettings,
) -> list[Alarm]:
    """The family's alarms: from the smallest p-value up, until too many would be false."""
    found: list[Alarm] = []
    mean, phi = predicted.mean[mine], predicted.phi[mine]
    enough = mine[predicted.observed[mine] >= settings.fewest_now]
    for cell in enough[np.argsort(pvalue[enough], kind="stable")]:
        level = float(pvalue[cell])
        strength = families * expected_false(level, mean, phi, settings.fewest_now)
        if strength > settings.expected:
            break
        found.append(Alarm(place, int(cell), level, strength))
    return found


def expected_false(level: float, mean: Floats, phi: Floats, least: int) -> float:
    """Expected number of the series with a p-value of at most `level`, if nothing changed."""
    return chance_of_alarm(level * (1 + 1e-9), normal_quantile(level), float(least), mean, phi)


def normal_quantile(level: float) -> float:
    """Of 1 - `level`, as the tails of very large counts need it; at most 8.3."""
    return NormalDist().inv_cdf(1 - min(level, 0.5)) if level > 1e-16 else 8.3


def shares_of_false(strengths: Sequence[float]) -> tuple[float, ...]:
    """The share q of false ones for distinct signals, strongest first."""
    raw = np.array([v / (rank + 1) for rank, v in enumerate(strengths)])
    if not raw.size:
        return ()
    return tuple(np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1.0).tolist())
