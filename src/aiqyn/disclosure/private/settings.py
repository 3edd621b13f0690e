"""How a release's budget is shared out, and when its file would be false: synthetic.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers of synthetic.toml; their reasons stand there.

    Attributes
    ----------
    delta, budget : of a release; epsilon of all releases of one data set together
    shares : purpose -> share of a release's rho; they add up to 1
    rare, group : sigmas from which a code, and the merged rest, is believed
    triples : how many are chosen
    clique_cells : cells of the largest table measured
    components, steps : products of the mixture, steps of its fit
    one_way_limit, two_way_limit : total variation above which the gate refuses
    """

    delta: float
    budget: float
    shares: dict[str, float]
    rare: float
    group: float
    triples: int
    clique_cells: int
    components: int
    steps: int
    one_way_limit: float
    two_way_limit: float

    def __post_init__(self) -> None:
        if abs(sum(self.shares.values()) - 1) > 1e-9 or min(self.shares.values()) <= 0:
            raise ValueError("the shares of a release's rho add up to 1")


@cache
def shipped_settings() -> Settings:
    """The settings that are shipped."""
    source = files("aiqyn").joinpath("data", "disclosure", "synthetic.toml")
    found = tomllib.loads(source.read_text(encoding="utf-8"))
    gate = {f"{name}_limit": limit for name, limit in found["gate"].items()}
    return Settings(shares=found["shares"], **found["privacy"], **found["method"], **gate)
