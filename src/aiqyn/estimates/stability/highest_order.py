"""How the total moves with the highest-order term, which no table of capture histories shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import members
from aiqyn.words import number, say

GRID = (1 / 3, 1 / 2, 2 / 3, 1.0, 3 / 2, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class HighestOrderCurve:
    """Persons in all by the saturated model, as a function of the term that it leaves out.

    Attributes
    ----------
    observed, total : persons on a list; persons in all at a factor of 1 (no highest-order term)
    points : (factor on the dark figure, persons in all)
    spread : standard error of the log of the dark figure by the delta method; what chance leaves
    doubles, halves : factor at which the total is twice, or half; None where no factor above 0 does
    """

    observed: int
    total: float
    points: tuple[tuple[float, float], ...]
    spread: float
    doubles: float
    halves: float | None

    def at(self, factor: float) -> float:
        """Persons in all at a factor of the grid."""
        return dict(self.points)[factor]

    def text(self, lang: str = "en") -> str:
        """The curve's ends and the factor that doubles the total."""
        (f0, n0), (f1, n1) = self.points[0], self.points[-1]
        return say(
            "estimate.hidden.highest_order",
            lang,
            n=number(self.total, lang),
            f0=number(f0, lang, decimals=2),
            n0=number(n0, lang),
            f1=number(f1, lang, decimals=2),
            n1=number(n1, lang),
            doubles=number(self.doubles, lang, decimals=2),
        )

    def to_json(self) -> dict[str, Any]:  # Any: JSON
        """``{"estimate", "points": [{"factor", "estimate"}], "spread", "doubles", "halves"}``."""
        return {
            "estimate": self.total,
            "points": [{"factor": f, "estimate": n} for f, n in self.points],
            "spread": self.spread,
            "doubles": self.doubles,
            "halves": self.halves,
        }


def by_highest_order_term(
    table: CaptureTable, *, grid: Sequence[float] = GRID
) -> HighestOrderCurve:
    """Persons in all if the product of the odd histories over that of the even ones is off.

    Parameters
    ----------
    grid : factors above 0 on the dark figure; 1 is the assumption of no highest-order term

    Raises
    ------
    AnswerRefused (EST-050) when a history holds nobody: the saturated model then says nothing.

    Notes
    -----
    ``n0 = factor * prod(n of histories on an odd number of lists) / prod(n on an even number)``,
    ``factor = exp(+-u)`` with `u` the highest-order log-linear term of the table completed by
    `n0`; plus for an even number of lists, minus for an odd one. The factor is also the residual
    odds ratio of any two lists among the persons on no other list. The observed counts are
    fitted exactly whatever it is.

    References
    ----------
    Bishop, Fienberg & Holland (1975), Discrete Multivariate Analysis, eq. 6.4-27; Aleshin-Guendel,
    Sadinle & Wakefield (2024), Biometrics 80, ujad028; Dulce Rubio & Kennedy (2024),
    arXiv:2407.03539.
    """
    empty = [h for h in range(1, len(table.counts)) if not table.counts[h]]
    if empty:
        raise AnswerRefused("EST-050", n=len(empty), lists="×".join(table.names(empty[0])))
    seen = table.vector[1:]
    sign = np.array([1 if len(members(h)) % 2 else -1 for h in range(1, len(table.counts))])
    dark, observed = float(np.exp((sign * np.log(seen)).sum())), table.observed
    points = tuple((float(f), observed + f * dark) for f in grid)
    total, spread = observed + dark, float(np.sqrt((1 / seen).sum()))
    doubles, halves = (2 * total - observed) / dark, (total / 2 - observed) / dark
    return HighestOrderCurve(
        observed, total, points, spread, doubles, halves if halves > 0 else None
    )
