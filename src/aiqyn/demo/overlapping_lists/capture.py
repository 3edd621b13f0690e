"""Which lists a person is on: visibility of one's own, and lists that lead to one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from aiqyn.demo.draws import Bools, Floats, Ints, Rng
from aiqyn.demo.overlapping_lists.people import People, ages
from aiqyn.demo.overlapping_lists.settings import lists, toml


@dataclass(frozen=True, slots=True)
class Overlap:
    """How the lists overlap.

    Attributes
    ----------
    shares : share of all persons on each list
    pairs : log odds that the earlier list of a pair adds to the later one
    heterogeneity : standard deviation of a person's own visibility, on the logit
    duplicates : share of a list's persons who are written down once more on it
    """

    shares: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    heterogeneity: float
    duplicates: float

    def __post_init__(self) -> None:
        unknown = {*self.shares, *(x for pair in self.pairs for x in pair)} - set(lists())
        if unknown or set(self.shares) != set(lists()):
            raise ValueError(f"lists are {', '.join(lists())}")
        if not all(0 < share < 1 for share in self.shares.values()) or not 0 <= self.duplicates < 1:
            raise ValueError("shares lie between 0 and 1")


def usual_overlap() -> Overlap:
    """The overlap of ``lists.toml``."""
    told = toml("lists")
    pairs = {tuple(pair.split("+")): odds for pair, odds in told["overlap"]["pairs"].items()}
    return Overlap(
        shares={name: row["share"] for name, row in told["lists"].items()},
        pairs=pairs,
        heterogeneity=told["overlap"]["heterogeneity"],
        duplicates=told["overlap"]["duplicates"],
    )


def listed(rng: Rng, people: People, overlap: Overlap) -> Bools:
    """Who is on which list, shape (persons, lists).

    Notes
    -----
    logit P(on list j) = a_j + visibility + effects of sex, age, citizenship + the pairs' log odds
    for the earlier lists that hold the person; a_j is set so that the shares are met on average.
    """
    n, names = len(people), lists()
    visible = overlap.heterogeneity * rng.standard_normal(n)
    on = np.zeros((n, len(names)), dtype=np.bool_)
    for j, name in enumerate(names):
        score = visible + _effects(people, name)
        for i, earlier in enumerate(names[:j]):
            odds = overlap.pairs.get((earlier, name), 0.0) + overlap.pairs.get((name, earlier), 0.0)
            score = score + odds * on[:, i]
        on[:, j] = rng.random(n) < _logistic(score + _intercept(score, overlap.shares[name]))
    return on


def entries(rng: Rng, on: Bools, duplicates: float) -> Ints:
    """The persons of a list, one a record: again for who is written down twice or more often."""
    again = written = np.flatnonzero(on)
    while len(again):
        again = again[rng.random(len(again)) < duplicates]
        written = np.concatenate([written, again])
    return written


def _effects(people: People, name: str) -> Floats:
    told = toml("lists")["lists"][name]["effects"]
    child, foreigner = ages(people.born) < 18, people.citizenship != 0
    told_of = told["woman"] * people.woman + told["child"] * child
    return np.asarray(told_of + told["foreigner"] * foreigner, dtype=np.float64)


def _intercept(score: Floats, share: float) -> float:
    """The a for which the mean of logistic(a + score) is `share`, by halving."""
    low, high = -20.0, 20.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _logistic(score + middle).mean() < share else (low, middle)
    return (low + high) / 2


def _logistic(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-x)), dtype=np.float64)
