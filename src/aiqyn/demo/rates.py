"""How many people are exploited in Samal: expected numbers by month × region × group × form.

Programmes, planted patterns, season and trend are factors of a cell, so their truth is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from aiqyn.demo.draws import Floats, Ints, dates
from aiqyn.demo.tables import FORM_GROUPS, GROUPS, column, forms, regions, rows, truth


@dataclass(frozen=True, slots=True)
class Cells:
    """The expected number of victims by month × region × group × form, and what moved it.

    Attributes
    ----------
    rate : relative numbers, shape (months, regions, groups, forms)
    first_day : first day of each month, days since 1970
    """

    rate: Floats
    first_day: Ints
    years: tuple[int, int]


def month_starts(years: tuple[int, int]) -> Ints:
    """First days of the months, and of the month after the last, in days since 1970."""
    first, last = years
    months = np.arange(f"{first}-01", f"{last + 1}-02", dtype="datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)


def cells(years: tuple[int, int]) -> Cells:
    """The truth's rates before anybody is drawn."""
    starts = month_starts(years)[:-1]
    months = starts.astype("datetime64[D]").astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(int) + 1970
    of_year = months.astype(int) % 12 + 1
    people = np.array([float(p) for p in column("regions", "population")])
    intensity = np.array([float(i) for i in column("region_truth", "intensity")])
    rate = np.ones((len(starts), len(people), len(GROUPS), len(forms())))
    rate *= _level(year)[:, None, None, None] * (people * intensity)[None, :, None, None]
    rate *= _groups(year)[:, None, :, None] * _forms(year)[:, None, :, :]
    rate *= _season(of_year)[:, None, None, :]
    for ratio, where in (*_programmes(starts), *_patterns(starts)):
        rate[where] *= ratio
    return Cells(rate, starts, years)


def _level(year: Ints) -> Floats:
    said = truth()["years"]["level"]
    slope = truth()["years"]["slope"]
    return np.array([said.get(str(y), 1.0 + slope * (y - 2025)) for y in year.tolist()])


def _groups(year: Ints) -> Floats:
    told = truth()["groups"]
    share = np.tile([told[g] for g in GROUPS], (len(year), 1))
    share[:, GROUPS.index("boys")] *= np.exp(told["boys_yearly_change"] * (year - 2025))
    shares: Floats = share / share.sum(axis=1, keepdims=True)
    return shares


def _forms(year: Ints) -> Floats:
    weight = np.array([[float(r[g]) for r in rows("forms")] for g in GROUPS])
    change = np.array([float(c) for c in column("forms", "yearly_change")])
    trended = weight[None] * np.exp(change[None, None] * (year[:, None, None] - 2025))
    shares: Floats = trended / trended.sum(axis=2, keepdims=True)
    return shares


def _season(of_year: Ints) -> Floats:
    wave = np.ones((len(of_year), len(forms())))
    for group, told in truth()["season"].items():
        height = told["amplitude"] * np.cos(2 * np.pi * (of_year - told["month"]) / 12)
        wave[:, np.array(column("forms", "form_group")) == group] = np.exp(height)[:, None]
    return wave


def _day(when: date) -> int:
    return int(np.datetime64(when, "D").astype(np.int64))


def _programmes(starts: Ints) -> list[tuple[float, Any]]:
    found = []
    group_of = np.array(column("forms", "form_group"))
    for told in truth()["programme"]:
        kinds = np.flatnonzero(np.isin(group_of, told["form_groups"]))
        groups = np.array([GROUPS.index(g) for g in told["groups"]])
        for region, start in told["starts"].items():
            months = np.flatnonzero(starts >= _day(start))
            where = np.ix_(months, _place(region), groups, kinds)
            found.append((told["rate_ratio"], where))
    return found


def _patterns(starts: Ints) -> list[tuple[float, Any]]:
    found = []
    for told in truth()["pattern"]:
        months = np.flatnonzero((starts >= _day(told["from"])) & (starts <= _day(told["until"])))
        kinds = np.array([forms().index(form) for form in told["forms"]])
        where = np.ix_(months, _place(told["region"]), np.arange(len(GROUPS)), kinds)
        found.append((told["rate_ratio"], where))
    return found


def _place(region: str) -> Ints:
    return np.array([regions().index(region)])


def expected(rates: Cells, victims: int) -> pl.DataFrame:
    """Expected victims by month, region, group and form group: the truth behind the counts."""
    scaled = rates.rate * (victims / rates.rate.sum())
    group_of = np.array(column("forms", "form_group"))
    by_group = np.stack([scaled[..., group_of == g].sum(axis=3) for g in FORM_GROUPS], axis=3)
    month, region, group, kind = (i.ravel() for i in np.indices(by_group.shape))
    return pl.DataFrame(
        {
            "month": dates(rates.first_day[month]),
            "region": np.array(regions())[region],
            "group": np.array(GROUPS)[group],
            "form_group": np.array(FORM_GROUPS)[kind],
            "expected": np.round(by_group.ravel(), 6),
        }
    )
