"""What a method says of each period and unit."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that the reader of the answer must know: a code of the catalogue and its slots."""

    code: str
    slots: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """Thresholds and alarms; rows are the judged periods, columns the units; NaN = no answer.

    Attributes
    ----------
    rows : (periods,) rows of the table that were judged, from 0
    upperbound : (periods, units) threshold, in counts (or the chart's statistic, with `ret` value)
    alarm : (periods, units) 1, 0 or NaN
    expected, phi, slope, pvalue, score, error : Farrington's, of the same shape; None elsewhere.
        `pvalue` is the upper tail of the fitted distribution at the count, whatever limit54;
        `error` the standard error of the log of the expected count.
    cautions : of the run
    """

    rows: NDArray[np.int64]
    upperbound: Floats
    alarm: Floats
    expected: Floats | None = None
    phi: Floats | None = None
    slope: Floats | None = None
    pvalue: Floats | None = None
    score: Floats | None = None
    error: Floats | None = None
    cautions: tuple[Caution, ...] = ()
