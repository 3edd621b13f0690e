"""CUSUM of standardised counts against a fixed or seasonal mean.

    C_t = max(0, C_{t-1} + z_t - k),   alarm when C_t >= h

The threshold is the count that would have brought C_t to h. Against a fixed mean the chart drifts
with the level of the series: prefer Farrington where years of history are there.

References: G. Rossi, L. Lampugnani and M. Marchi (1999), Stat. Med. 18:2111; D. A. Pierce and
D. W. Schafer (1986), J. Am. Stat. Assoc. 81:977. Answers are those of R surveillance 1.20.3,
`cusum`; its `anscombeNegBin` looks 2F1 up in a table, here it is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from aiqyn.signals.series.judged import Floats

Mean = float | Literal["glm"] | None
TRANSFORMATIONS = (
    "rossi",
    "standard",
    "anscombe",
    "anscombe2nd",
    "pearsonNegBin",
    "anscombeNegBin",
    "none",
)


@dataclass(frozen=True, slots=True)
class Cusum:
    """Settings by R's names and with R's defaults.

    `m` None is the mean of all earlier counts, "glm" a Poisson regression with one wave a year.
    """

    k: float = 1.04
    h: float = 2.26
    m: Mean = None
    trans: str = "standard"
    alpha: float = 0.1


def cusum(counts: Floats, mean: Floats, settings: Cusum) -> tuple[Floats, Floats]:
    """Threshold and alarm of one series without gaps; `mean` is each period's, in control."""
    z = _standardised(counts, mean, settings)
    chart = np.zeros(counts.size + 1)
    for t, step in enumerate(z - settings.k):
        chart[t + 1] = max(0.0, chart[t] + step)
    alarm = (chart[1:] >= settings.h).astype(np.float64)
    if settings.trans in ("anscombeNegBin", "none"):  # R gives what is left on the chart's scale
        upper = settings.h - chart[1:]
    else:
        upper = _count_at(settings.h + settings.k - chart[:-1], mean, settings)
    return np.maximum(np.nan_to_num(upper), 0.0), alarm


def _standardised(x: Floats, m: Floats, settings: Cusum) -> Floats:
    return np.asarray(_transformed(x, m, settings), dtype=np.float64)


def _transformed(x: Floats, m: Floats, settings: Cusum) -> Any:  # Any: numpy's powers
    match settings.trans:
        case "rossi":
            return (x - 3 * m + 2 * np.sqrt(x * m)) / (2 * np.sqrt(m))
        case "standard":
            return (x - m) / np.sqrt(m)
        case "anscombe":
            return 1.5 * (x ** (2 / 3) - m ** (2 / 3)) / m ** (1 / 6)
        case "anscombe2nd":
            return (x ** (2 / 3) - (m ** (2 / 3) - m ** (-1 / 3) / 9)) / (2 / 3 * m ** (1 / 6))
        case "pearsonNegBin":
            return (x - m) / np.sqrt(m + settings.alpha * m**2)
        case "anscombeNegBin":
            return _anscombe_negative_binomial(x, m, settings.alpha)
        case _:
            return x


def _count_at(z: Floats, m: Floats, settings: Cusum) -> Any:  # Any: numpy's powers
    """The count whose standardised value is `z`; where none is, NaN."""
    with np.errstate(invalid="ignore"):
        match settings.trans:
            case "rossi":
                root = np.sqrt(4 * m**2 + 2 * m**1.5 * z)
                return 2 * z * np.sqrt(m) + 5 * m - 2 * root
            case "standard":
                return np.ceil(np.sqrt(m) * z + m)
            case "anscombe":
                return np.maximum(2 / 3 * m ** (1 / 6) * z + m ** (2 / 3), 0) ** 1.5
            case "anscombe2nd":
                centre = m ** (2 / 3) - m ** (1 / 3) / 9
                return np.maximum(2 / 3 * m ** (1 / 6) * z + centre, 0) ** 1.5
            case _:
                return np.sqrt(m + settings.alpha * m**2) * z + m


def _anscombe_negative_binomial(x: Floats, m: Floats, alpha: float) -> Floats:
    from scipy.special import hyp2f1

    def stabilised(y: Floats) -> Floats:
        return np.asarray(1.5 * y ** (2 / 3) * hyp2f1(1 / 3, 2 / 3, 5 / 3, -alpha * y))

    return (stabilised(x) - stabilised(m)) / (m + alpha * m**2) ** (1 / 6)
