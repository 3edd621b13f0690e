"""How areas are ranked: ``where/rules.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the file; each has its reason beside it there."""

    draws: int
    level: float
    apart: float
    smallest_mix: float
    printed: float


@cache
def load_rules() -> Rules:
    """The shipped rules."""
    place = files("aiqyn").joinpath("data", "prevention", "where", "rules.toml")
    told: dict[str, Any] = tomllib.loads(place.read_text(encoding="utf-8"))
    return Rules(**{name: value for part in told.values() for name, value in part.items()})
