"""What a simulation counts: how often intervals, and what the gate lets through, hold the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often the intervals of one level held the truth.

    Attributes
    ----------
    level : what the interval promises, 0.95 or 0.8
    given : tables on which the method gave an interval
    covered : of them with the truth between the limits; a limit that is not known bounds nothing
    open : of them with a limit that is not known
    """

    level: float
    given: int
    covered: int
    open: int

    @property
    def share(self) -> float | None:
        """Share covered; None when no interval was given."""
        return self.covered / self.given if self.given else None

    def bounds(self) -> tuple[float, float] | None:
        """The share's own 95 % interval: so much is left to chance."""
        return share_bounds(self.covered, self.given)


def share_bounds(hits: int, tries: int) -> tuple[float, float] | None:
    """95 % interval of a share (Clopper & Pearson 1934, Biometrika 26, 404-413); None of none."""
    from scipy.stats import beta

    if not tries:
        return None
    low = float(beta.ppf(0.025, hits, tries - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, tries - hits)) if hits < tries else 1.0
    return low, high


@dataclass(frozen=True, slots=True)
class Printed:
    """What the gate let the report print, and whether it was true.

    Attributes
    ----------
    given : tables by what could be printed of them: estimate, range, lower_bound
    true : of them with the truth between the printed ends; a bound has no upper end
    """

    given: Mapping[str, int]
    true: Mapping[str, int]

    @property
    def share(self) -> float | None:
        """Share true of all that was printed; None where nothing was."""
        return (
            sum(self.true.values()) / sum(self.given.values()) if any(self.given.values()) else None
        )

    def to_json(self) -> dict[str, Any]:  # Any: numbers and tables of them
        """``{"given", "true", "coverage", "coverage_bounds"}``."""
        bounds = share_bounds(sum(self.true.values()), sum(self.given.values()))
        told = {"given": dict(self.given), "true": dict(self.true), "coverage": self.share}
        return told | {"coverage_bounds": list(bounds) if bounds else None}


@dataclass(frozen=True, slots=True)
class MethodRecord:
    """What one method made of the tables.

    Attributes
    ----------
    method : code of the method
    answered, refused : tables with an estimate, and without one; each refusal's code and times
    bias : median of ``estimate / truth - 1``
    mean_bias, spread : mean and root mean square of the same; one wild estimate moves them
    coverages : at 95 % and at 80 %
    width : median of upper limit / lower limit at 95 %, where both are known
    """

    method: str
    answered: int
    refused: Mapping[str, int]
    bias: float | None
    mean_bias: float | None
    spread: float | None
    coverages: tuple[Coverage, ...]
    width: float | None

    def to_json(self) -> dict[str, Any]:  # Any: numbers, null and tables of them
        """``coverage95``, ``coverage95_bounds``, ``open95`` and so on, flat."""
        found: dict[str, Any] = {
            "method": self.method,
            "answered": self.answered,
            "refused": sum(self.refused.values()),
            "refusals": dict(self.refused),
            "bias": self.bias,
            "mean_bias": self.mean_bias,
            "spread": self.spread,
            "width95": self.width,
        }
        for c in self.coverages:
            name, bounds = f"{100 * c.level:.0f}", c.bounds()
            found |= {f"intervals{name}": c.given, f"coverage{name}": c.share}
            found |= {f"coverage{name}_bounds": list(bounds) if bounds else None}
            found |= {f"open{name}": c.open}
        return found
