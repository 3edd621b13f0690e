"""What a window would hold if nothing had changed, with all that is not known of it.

The reported number is negative binomial. Its mean is itself uncertain: gamma, with the events of
the history behind it as shape, and one more, for then without overdispersion

    P(X >= x | history y) = P(X >= x | X + Y = x + y)

is the exact conditional test of two Poisson rates (J. Przyborowski and H. Wilenski, 1940), which
is wrong no more often than it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.count_tails import upper_quantile, upper_tail
from aiqyn.signals.series.judged import Floats


@dataclass(frozen=True, slots=True)
class Predicted:
    """The latest window of each series.

    Attributes
    ----------
    observed : (cells,) persons reported so far
    expected : (cells,) mean of what would be reported by now
    mean, phi : (cells,) of the predictive negative binomial: variance phi x mean
    """

    observed: Floats
    expected: Floats
    mean: Floats
    phi: Floats

    @property
    def pvalue(self) -> Floats:
        """(cells,) chance of as many or more."""
        return tails(self.observed, self.mean, self.phi)

    def bounds(self, cell: int) -> tuple[int, int]:
        """Where the middle 95 % would lie."""
        mean, phi = float(self.mean[cell]), float(self.phi[cell])
        return quantile(0.975, mean, phi), quantile(0.025, mean, phi)


def predictive(
    observed: Floats,
    expected: Floats,
    phi: Floats,
    error: Floats,
    share: Floats,
    spread: float,
    periods: int,
) -> Predicted:
    """From a fit to the distribution of the reported number.

    Parameters
    ----------
    expected : fitted mean of what is reported by now; 0 after a silent history
    phi : dispersion of whole windows; what is reported of them is thinned to `share`
    error : standard error of the log of the fitted mean
    spread : relative standard deviation of the share
    periods : of the history
    """
    silent = ~(expected > 0)
    events = np.where(silent, 0.0, 1 / np.maximum(error, 1e-6) ** 2)
    rate = np.where(silent, share / periods, expected / np.maximum(events, 1e-9))
    mean = rate * (events + 1)
    thinned = 1 + (np.where(silent, 1.0, phi) - 1) * share
    return Predicted(
        observed, np.where(silent, mean, expected), mean, thinned + rate + mean * spread**2
    )


def quantile(tail: float, mean: float, phi: float) -> int:
    """The smallest count that is passed with a chance of at most `tail`."""
    return int(upper_quantile(tail, NormalDist().inv_cdf(1 - tail), mean, phi))


@compiled
def tails(counts: Floats, means: Floats, phis: Floats) -> Floats:
    """P(X >= count) of each negative binomial."""
    found = np.empty(counts.size)
    for i in range(counts.size):
        found[i] = upper_tail(counts[i], means[i], phis[i])
    return found


@compiled
def chance_of_alarm(level: float, z: float, least: float, means: Floats, phis: Floats) -> float:
    """Expected number of series with a p-value of at most `level`, each as its distribution has it.

    A count is whole, so the smallest one that is rare enough is often much rarer (R. E. Tarone,
    1990; P. B. Gilbert, 2005). `least` is the smallest count that is looked at; `z` the normal
    quantile of 1 - `level`.
    """
    total = 0.0
    for i in range(means.size):
        first = max(upper_quantile(level, z, means[i], phis[i]) + 1, least)
        total += upper_tail(first, means[i], phis[i])
    return total
