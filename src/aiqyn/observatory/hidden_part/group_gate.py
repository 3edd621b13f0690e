"""What may be printed of one group: its interval, widened as the whole's was, and never more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiqyn.estimates import CaptureTable, Subgroups
from aiqyn.estimates.gate.printed_range import dark_factors
from aiqyn.estimates.gate.rules import gate_rules
from aiqyn.estimates.log_linear.stepwise_choice import choose
from aiqyn.estimates.results import Interval
from aiqyn.estimates.subgroups.answer import Part
from aiqyn.observatory.hidden_part.lines import Row
from aiqyn.observatory.hidden_part.passing_on import rounded


@dataclass(frozen=True, slots=True)
class WholeGate:
    """What the whole prints, and how its interval became the range that it prints.

    Attributes
    ----------
    publish, low, high : of the gate of the year
    below, above : factors on the persons on no list at either end: dependence that no table shows
    shrunk, grown : factors on the ends after that: records that may be somebody else's, and modes
    """

    publish: str
    low: float
    high: float | None
    below: float
    above: float | None
    shrunk: float
    grown: float


def whole_gate(table: CaptureTable, found: Subgroups, gate: Mapping[str, object]) -> WholeGate:
    """The gate of the year, and how far its ends lie from those of the groups' own table."""
    below, above = dark_factors(table, choose(table.vector[None], len(table.lists)).terms[0],
                                gate_rules())  # fmt: skip
    interval = next(i for i in found.intervals if i.level == 0.95)
    low, high = float(str(gate["low"])), gate["high"]
    own_low = _end(interval.low, table.observed, below)
    own_high = _end(interval.high, table.observed, above)
    top = None if high is None else float(str(high))
    return WholeGate(
        str(gate["publish"]),
        low,
        top,
        below,
        above,
        min(1.0, low / own_low) if own_low else 1.0,
        max(1.0, top / own_high) if top and own_high else 1.0,
    )


def group_line(year: int, part: Part, whole: WholeGate) -> Row:
    """The group's line: an upper end and a number only where the whole has them."""
    interval = part.interval(0.95) or Interval(0.95, None, None)
    low = _end(interval.low, part.observed, whole.below)
    high = _end(interval.high, part.observed, whole.above)
    bottom = None if low is None else min(low * whole.shrunk, whole.low)
    publish, top = whole.publish, None
    if publish in ("estimate", "range") and high is not None and whole.high is not None:
        top = min(high * whole.grown, whole.high)
    if top is None or not bottom or top / bottom > gate_rules().widest_printed_range:
        publish, top = "lower_bound", None
    value = part.estimate if publish == "estimate" else None
    return {
        "year": year,
        "code": part.code,
        "value": rounded(value),
        "low": rounded(bottom, up=False),
        "high": rounded(top, up=True),
        "main": False,
    }


def _end(limit: float | None, observed: int, factor: float | None) -> float | None:
    """An end of an interval with its persons on no list multiplied."""
    if limit is None or factor is None:
        return None
    return observed + factor * max(0.0, limit - observed)
