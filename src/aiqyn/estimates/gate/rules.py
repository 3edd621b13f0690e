"""The thresholds of the gate of publication, as `gate.toml` has them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds of `gate.toml`; see there for their reasons."""

    least_overlap: int
    widest_for_estimate: float
    widest_for_range: float
    largest_move: float
    odds_ratio_low: float
    odds_ratio_high: float
    widest_printed_estimate: float
    widest_printed_range: float
    largest_residual: float
    least_fit: float
    farthest_within_list: float


@cache
def gate_rules() -> Rules:
    """The thresholds that ship with the package."""
    text = files("aiqyn").joinpath("data", "estimates", "gate.toml").read_text(encoding="utf-8")
    return Rules(**tomllib.loads(text))
