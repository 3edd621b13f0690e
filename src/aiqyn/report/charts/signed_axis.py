"""An axis that goes through zero: round ticks on either side, numbers with a true minus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from aiqyn import words as catalogue
from aiqyn.report.charts.marks import STEPS


@dataclass(frozen=True, slots=True)
class SignedAxis:
    """Values from the first tick to the last, drawn from pixel `start` to pixel `end`."""

    ticks: tuple[float, ...]
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value; what lies beyond the axis stands at its end."""
        low, high = self.ticks[0], self.ticks[-1]
        inside = min(max(value, low), high)
        return self.start + (inside - low) / (high - low) * (self.end - self.start)

    def text(self, tick: float, lang: str) -> str:
        """The tick's number."""
        step = self.ticks[1] - self.ticks[0]
        decimals = max(0, ceil(-log10(step))) if step < 1 else int(step != round(step))
        return catalogue.number(tick, lang, decimals=decimals)


def signed_axis(
    values: Sequence[float], start: float, end: float, about: int = 4, farthest: float | None = None
) -> SignedAxis:
    """The axis that holds the values and zero, with `about` steps, none beyond `farthest`."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if farthest is not None:
        low, high = max(low, -farthest), min(high, farthest)
    rough = max(high - low, 1e-9) / about
    power = 10.0 ** floor(log10(rough))
    step = next(s * power for s in STEPS if s * power >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    last = max(last, first + 1)
    return SignedAxis(tuple(round(i * step, 10) for i in range(first, last + 1)), start, end)
