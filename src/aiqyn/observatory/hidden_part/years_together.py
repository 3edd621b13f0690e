"""Years with the same lists judged together: what one year is too thin to show, several show.

People who differ in how easily they are found do so every year. The gate tests each year for it; a
year that passes by chance would print an upper end that its neighbours belie. So the score tests of
the years are added up, and what they say together holds for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from aiqyn.estimates import Gate, GateCheck
from aiqyn.estimates.gate.judging import STRICTER
from aiqyn.estimates.gate.rules import gate_rules
from aiqyn.observatory.hidden_part.estimating import Judged

RESIDUAL = "estimate.gate.check.residual"
TOGETHER = f"{RESIDUAL}.years"


def judged_together(years: Sequence[Judged]) -> tuple[Judged, ...]:
    """Each year with the check of all years that had its lists; one year alone stays as it is."""
    return tuple(
        replace(of, gate=_closed(of.gate, [x for x in years if x.lists == of.lists]))
        for of in years
    )


def together(scores: Sequence[float]) -> float:
    """Sum of independent standard scores in standard errors.

    References
    ----------
    Stouffer, Suchman, DeVinney, Star & Williams (1949), The American Soldier, vol. 1, p. 45.

    Examples
    --------
    >>> together([1.0, 1.0, 1.0, 1.0])
    2.0
    """
    return sum(scores) / sqrt(len(scores))


def _closed(gate: Gate, years: Sequence[Judged]) -> Gate:
    scores = [z for of in years if (z := _score(of.gate)) is not None]
    if len(scores) < 2:
        return gate
    most = gate_rules().largest_residual
    z = together(scores)
    slots = {"z": z, "most": most, "n": len(scores)}
    if z <= most:
        return replace(gate, checks=(*gate.checks, GateCheck("passed", TOGETHER, slots)))
    publish = STRICTER[max(STRICTER.index(gate.publish), STRICTER.index("lower_bound"))]
    checks = (*gate.checks, GateCheck("not_for", TOGETHER, slots))
    return replace(gate, publish=publish, high=None, checks=checks)


def _score(gate: Gate) -> float | None:
    """The score of the year's own test; None where there was none."""
    found = (c.slots["z"] for c in gate.checks if c.key.startswith(RESIDUAL) and "z" in c.slots)
    return next(found, None)
