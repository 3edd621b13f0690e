"""What is expected of each place and period when nothing is unusual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from aiqyn.errors import AnswerRefused, InputRefused
from aiqyn.signals.scan.cases_and_places import CasesAndPlaces
from aiqyn.signals.series.judged import Caution, Floats

ScanMethod = Literal["eb-poisson", "pb-poisson", "permutation"]
ADDS_UP = 1e-3  # expectations made from the cases themselves add up to them, but for rounding


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected cases.

    Attributes
    ----------
    table : (places, periods)
    cautions : where they were had from
    """

    table: Floats
    cautions: tuple[Caution, ...] = ()


def expected_cases(data: CasesAndPlaces, method: ScanMethod) -> Expected:
    """What the method compares the cases with.

    ``eb-poisson`` takes the column `expected`, and without it what ``permutation`` takes.
    ``pb-poisson`` takes the total per period by share of population; or the column `expected` where
    that adds up to the cases (indirect standardisation) or stands alone, scaled to their total.
    ``permutation`` takes the product of margins, or the total per period by share of population.

    Raises
    ------
    AnswerRefused: no case at all (SIG-027). InputRefused: pb-poisson with neither column (SIG-026),
    cases where none can be expected (SIG-028).
    """
    if data.cases.sum() <= 0:
        raise AnswerRefused("SIG-027")
    found = _by_method(data, method)
    if ((found.table <= 0) & (data.cases > 0)).any():
        place, period = np.argwhere((found.table <= 0) & (data.cases > 0))[0]
        raise InputRefused("SIG-028", place=data.places[place], period=data.periods[period])
    return found


def _by_method(data: CasesAndPlaces, method: ScanMethod) -> Expected:
    if method == "eb-poisson" and data.expected is not None:
        return Expected(data.expected)
    if method == "eb-poisson":
        return Expected(_from_the_cases(data), (Caution("SIG-124"),))
    if method == "permutation":
        return Expected(_from_the_cases(data))
    return _given_the_total(data)


def _from_the_cases(data: CasesAndPlaces) -> Floats:
    if data.population is not None:
        return by_population(data.cases, data.population)
    margins = np.outer(data.cases.sum(axis=1), data.cases.sum(axis=0))
    return np.asarray(margins / data.cases.sum())


def by_population(cases: Floats, population: Floats) -> Floats:
    """The total, in equal parts by period, and within one by share of its population.

    A rise over the whole land is no part of it, and shows; where it should not, take the method
    `permutation` without a population.
    """
    people = population.sum(axis=0)
    share = np.divide(population, people, out=np.zeros_like(population), where=people > 0)
    return np.asarray(share * (cases.sum() / share.sum()))


def _given_the_total(data: CasesAndPlaces) -> Expected:
    given, total = data.expected, data.cases.sum()
    if given is None and data.population is None:
        raise InputRefused("SIG-026")
    if given is not None and given.sum() > 0:
        adds_up = abs(given.sum() - total) <= ADDS_UP * total
        if adds_up or data.population is None:
            return Expected(given * (total / given.sum()))
    assert data.population is not None
    told = () if given is None else (Caution("SIG-125"),)
    return Expected(by_population(data.cases, data.population), told)
