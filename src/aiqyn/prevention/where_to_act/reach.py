"""Target groups: their part of the expected number, how many a channel reaches, at what cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.where_to_act.ranks import Floats


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach a target group.

    Attributes
    ----------
    group : code of the target group
    share : of the group's residents in an area whom it reaches
    cost : of one person reached, in `currency`
    labels : language -> words
    source : who said so
    """

    code: str
    group: str
    share: float
    cost: float
    currency: str
    labels: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Groups:
    """Target groups of a country.

    Attributes
    ----------
    recorded : group -> persons recorded in the whole country
    residents : (area, group) -> residents
    """

    recorded: Mapping[str, float]
    residents: Mapping[tuple[str, str], float]


def shares(groups: Groups, draws: int, least: float, rng: np.random.Generator) -> Floats:
    """Draws of each group's part of the people harmed; shape (draws, groups).

    Multinomial counts with Jeffreys' prior. The mix of the recorded is taken for that of all, and
    for the same in every area.
    """
    counts = np.array(list(groups.recorded.values())) + least
    return np.asarray(rng.dirichlet(counts, size=draws))


def among_reached(expected: Floats, channel: Channel) -> Floats:
    """Draws of the people harmed among those whom the channel reaches."""
    return expected * channel.share


def cost_of_one(expected: Floats, residents: float, channel: Channel) -> Floats:
    """Draws of the cost for each person harmed who is reached."""
    reached = among_reached(expected, channel)
    return residents * channel.share * channel.cost / reached[reached > 0]


def quantiles(draws: Floats, level: float) -> tuple[float, float, float]:
    """Median and the interval of the draws."""
    tail = (1 - level) / 2
    low, middle, high = np.quantile(draws, [tail, 0.5, 1 - tail])
    return float(middle), float(low), float(high)


def known_groups(groups: Groups, area: str) -> Sequence[str]:
    """Groups whose residents are known in the area."""
    return [g for g in groups.recorded if (area, g) in groups.residents]
