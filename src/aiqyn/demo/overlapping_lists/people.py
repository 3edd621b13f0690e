"""Who the persons are: names by their places in the books, sex, birth, citizenship, region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.demo.draws import Bools, Ints, Rng, choose, choose_alike
from aiqyn.demo.overlapping_lists import name_books
from aiqyn.demo.overlapping_lists.settings import origins, toml
from aiqyn.demo.tables import column
from aiqyn.demo.tables import rows as demo_rows

YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class People:
    """Invented persons, one place an array each.

    Attributes
    ----------
    origin : index of `origins`
    woman : whether the names take the feminine form
    born : day of birth, days since 1970
    family, given, father : places in the books of names; `given` in the book of the person's sex
    other_family, other_given : the names of an alias or a marriage
    father_way : which of the two ways of forming the patronymic is the person's own
    citizenship : place in countries.csv of the demo
    region : place in regions.csv of the demo
    """

    origin: Ints
    woman: Bools
    born: Ints
    family: Ints
    given: Ints
    father: Ints
    other_family: Ints
    other_given: Ints
    father_way: Ints
    citizenship: Ints
    region: Ints

    def __len__(self) -> int:
        return len(self.origin)


def today() -> int:
    """The day on which ages are told, days since 1970."""
    return int(np.datetime64(toml("population")["on"], "D").astype(np.int64))


def ages(born: Ints) -> Ints:
    """Completed years."""
    return ((today() - born) / YEAR).astype(np.int64)


def draw_people(rng: Rng, n: int) -> People:
    """`n` persons; a few share surname, father and region with the one before."""
    told = toml("population")
    kin = np.arange(n) - ((rng.random(n) < told["people"]["siblings"]) & (np.arange(n) > 0))
    share = {name: origin["share"] for name, origin in told["origins"].items()}
    origin = choose_alike(rng, share, n)[kin]
    woman = rng.random(n) < told["people"]["women"]
    return People(
        origin=origin,
        woman=woman,
        born=_births(rng, n),
        family=name_books.draw(rng, "family", origin)[kin],
        given=_given(rng, origin, woman),
        father=name_books.draw(rng, "male", origin)[kin],
        other_family=name_books.draw(rng, "family", origin),
        other_given=_given(rng, origin, woman),
        father_way=(rng.random(n) < 0.5).astype(np.int64)[kin],
        citizenship=_citizenships(rng, origin),
        region=_regions(rng, n)[kin],
    )


def _given(rng: Rng, origin: Ints, woman: Bools) -> Ints:
    female, male = (name_books.draw(rng, kind, origin) for kind in ("female", "male"))
    return np.where(woman, female, male)


def _births(rng: Rng, n: int) -> Ints:
    shares = toml("population")["people"]["ages"]
    bounds = np.array([[int(x) for x in group.split("-")] for group in shares])
    low, high = bounds[choose_alike(rng, shares, n)].T
    lived = low + rng.random(n) * (high + 1 - low)
    days: Ints = np.floor(lived * YEAR).astype(np.int64)
    return today() - days


def _citizenships(rng: Rng, origin: Ints) -> Ints:
    told = toml("population")["origins"]
    codes = column("countries", "code")
    shares = [[told[name]["citizenship"].get(code, 0.0) for code in codes] for name in origins()]
    return choose(rng, np.array(shares), origin)


def _regions(rng: Rng, n: int) -> Ints:
    residents = {row["code"]: float(row["population"]) for row in demo_rows("regions")}
    return choose_alike(rng, residents, n)
