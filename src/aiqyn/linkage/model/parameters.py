"""What a linkage learnt, as numbers: no settings, no database's words, nobody's data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused

Numbers = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Parameters:
    """The numbers of a model.

    Attributes
    ----------
    prior : probability that two records drawn at random are one person
    m, u : by comparison and level: share of pairs of one person, and of two, at that level
    untrained : ``comparison.level`` of numbers that the records could not teach
    """

    prior: float
    m: Numbers
    u: Numbers
    untrained: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Sorted, rounded to 12 digits."""
        told = {
            "prior": _short(self.prior),
            "m": {c: {k: _short(v) for k, v in levels.items()} for c, levels in self.m.items()},
            "u": {c: {k: _short(v) for k, v in levels.items()} for c, levels in self.u.items()},
            "untrained": list(self.untrained),
        }
        return json.dumps(told, indent=2, sort_keys=True) + "\n"


def read_parameters(path: str | Path) -> Parameters:
    """The numbers of a file that an earlier linkage wrote.

    Raises
    ------
    InputRefused (LINK-006) when the file holds no such numbers.
    """
    file = Path(path)
    try:
        told: Any = json.loads(file.read_text(encoding="utf-8"))  # Any: JSON
        numbers = {
            name: {c: {k: float(v) for k, v in levels.items()} for c, levels in told[name].items()}
            for name in ("m", "u")
        }
        prior = float(told["prior"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputRefused("LINK-006", file=file.name) from None
    return Parameters(prior, numbers["m"], numbers["u"], tuple(told.get("untrained", ())))


def _short(value: float) -> float:
    return float(f"{value:.12g}")
