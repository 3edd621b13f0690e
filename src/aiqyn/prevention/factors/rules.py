"""When the association is answered and with what assumptions: ``factors/rules.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from aiqyn.prevention.factors.model_input import Priors


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the file; each has its reason beside it there."""

    areas: int
    cells_a_factor: int
    persons: int
    share_known: float
    carried_years: int
    offsets: int
    level: float
    correlation: float
    priors: Priors


@cache
def load_rules() -> Rules:
    """The shipped rules."""
    place = files("aiqyn").joinpath("data", "prevention", "factors", "rules.toml")
    told: dict[str, Any] = tomllib.loads(place.read_text(encoding="utf-8"))
    parts = ("least", "gaps", "draws", "together")
    plain = {name: value for part in parts for name, value in told[part].items()}
    return Rules(**plain, priors=Priors(**told["prior"]))
