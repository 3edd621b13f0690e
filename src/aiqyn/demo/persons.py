"""Everybody who was exploited in Samal, noticed or not: who, where, when, how.

A person belongs to the month in which the exploitation ended or could first be noticed
(``date_seen``). Beside the victims stand those whom agencies also record although an element of
the definition is absent: adults with no means, a newborn sold, somebody moved for no exploitation.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.demo.draws import (
    Bools,
    Floats,
    Ints,
    Rng,
    choose,
    choose_alike,
    choose_set,
    dates,
    days,
    names_of,
    without_parents,
    words_of,
)
from aiqyn.demo.rates import Cells, month_starts
from aiqyn.demo.tables import FORM_GROUPS, GROUPS, column, forms, regions, truth
from aiqyn.standard import code_list

AGE_GROUPS = ("0-5", "6-11", "12-14", "15-17", "18-24", "25-34", "35-44", "45+")
ACTS = tuple(truth()["acts"])
MEANS = (
    "force",
    "coercion",
    "abduction",
    "fraud",
    "deception",
    "abuse_of_power",
    "abuse_of_vulnerability",
    "payment_to_controller",
    "none",
)
CONTROL = tuple(truth()["control"])
_AGE_LOW = np.array([0, 6, 12, 15, 18, 25, 35, 45])
_AGE_WIDTH = np.array([6, 6, 3, 3, 7, 10, 10, 23])
ADOPTED = 0.5  # of the newborns sold: for an illegal adoption; the others for no exploitation
_SITUATIONS = ("exploited", "no_means", "no_purpose", "newborn_sold")
_BEYOND = np.array([[0.0, 0.82, 0.12, 0.06]])
_SPLIT = np.datetime64("2022-06-08", "D").astype(np.int64)  # Ghazhapsu leaves Ulybel


def draw_persons(rng: Rng, rates: Cells, victims: int) -> pl.DataFrame:
    """`victims` victims and the persons recorded beyond the definition, in order of month.

    Returns
    -------
    One row a person, facts as lists of codes, complete: ``person`` (0, 1, …), ``victim``,
    ``situation``, ``date_seen``, ``year``, ``region``, ``group``, ``sex``, ``age``, ``form_group``,
    ``forms``, ``acts``, ``means``, ``recruitment``, ``control``, ``sector``, ``relation``,
    ``citizenship``, ``region_origin``, ``country_exploitation``, ``date_start``, ``date_end``.
    """
    total = victims + round(victims * truth()["beyond_definition"])
    month, region, group, form = _place(rng, rates, total)
    situation = _situation(rng, total, victims)
    group = _grown_up(group, situation)
    kind = np.array([FORM_GROUPS.index(g) for g in column("forms", "form_group")])[form]
    form, kind = _adult_form(form, kind, group)
    seen = _day_seen(rng, rates, month)
    age = _age(rng, group, situation)
    foreign = choose_alike(rng, _countries(), total)
    start, end = _span(rng, seen, rates)
    patterned = _patterned(rng, seen, region, form)
    return pl.DataFrame(
        {
            "person": np.arange(total, dtype=np.uint32),
            "victim": situation == 0,
            "situation": words_of(situation, _SITUATIONS),
            "date_seen": dates(seen),
            "year": seen.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970,
            "region": words_of(_region_then(region, seen), regions()),
            "group": words_of(group, GROUPS),
            "sex": words_of(group // 2, ("female", "male")),
            "age": age.astype(np.int16),
            "form_group": words_of(kind, FORM_GROUPS),
            "forms": _forms(rng, form, group, situation),
            "acts": _acts(rng, situation),
            "means": _means(rng, kind, group, situation),
            "recruitment": _recruitment(rng, kind, patterned),
            "control": _control(rng, total),
            "sector": _sector(rng, kind, situation, patterned),
            "relation": words_of(
                choose_alike(rng, truth()["relation"], total), tuple(truth()["relation"])
            ),
            "citizenship": words_of(foreign, column("countries", "code")),
            **_places(rng, region, seen, foreign),
            "date_start": dates(start),
            "date_end": dates(end),
        }
    )


def _place(rng: Rng, rates: Cells, n: int) -> tuple[Ints, Ints, Ints, Ints]:
    flat = rates.rate.ravel()
    counts = rng.multinomial(n, flat / flat.sum())
    cell = np.repeat(np.arange(len(flat)), counts)
    month, region, group, form = np.unravel_index(cell, rates.rate.shape)
    return month, region, group, form


def _situation(rng: Rng, total: int, victims: int) -> Ints:
    situation = np.zeros(total, dtype=np.int64)
    beyond = rng.choice(total, size=total - victims, replace=False)
    situation[beyond] = choose(rng, _BEYOND, np.zeros(len(beyond), dtype=np.int64))
    return situation


def _grown_up(group: Ints, situation: Ints) -> Ints:
    """Only an adult can lack the means; a newborn is a child."""
    adult = np.where(np.isin(situation, [1, 2]), group // 2 * 2, group)
    return np.where(situation == 3, adult // 2 * 2 + 1, adult)


def _adult_form(form: Ints, kind: Ints, group: Ints) -> tuple[Ints, Ints]:
    """Forms that only a child can suffer turn into their adult neighbours."""
    grown = {
        "child_labour": "forced_labour",
        "child_soldiers": "armed_conflict",
        "child_sex_ring": "other_sexual",
        "illegal_adoption": "surrogacy",
    }
    for child, adult in grown.items():
        form = np.where(
            (form == forms().index(child)) & (group % 2 == 0), forms().index(adult), form
        )
    return form, kind


def _day_seen(rng: Rng, rates: Cells, month: Ints) -> Ints:
    edges = month_starts(rates.years)
    length = np.diff(edges)[month]
    return edges[month] + (rng.random(len(month)) * length).astype(np.int64)


def _region_then(region: Ints, seen: Ints) -> Ints:
    new, old = regions().index("XSA-12"), regions().index("XSA-06")
    return np.where((region == new) & (seen < _SPLIT), old, region)


def _age(rng: Rng, group: Ints, situation: Ints) -> Ints:
    told = truth()["ages"]
    share = np.array([[told[g].get(a, 0.0) for a in AGE_GROUPS] for g in GROUPS])
    band = choose(rng, share, group)
    age = _AGE_LOW[band] + (rng.random(len(band)) ** 1.2 * _AGE_WIDTH[band]).astype(np.int64)
    return np.where(situation == 3, 0, age)


def _countries() -> dict[str, float]:
    shares = (float(s) for s in column("countries", "share_of_victims"))
    return dict(zip(column("countries", "code"), shares, strict=True))


def _span(rng: Rng, seen: Ints, rates: Cells) -> tuple[Ints, Ints]:
    told = truth()["exploitation"]
    lasted = days(rng, 30 * told["median_months"], told["sigma"], len(seen))
    return seen - np.clip(lasted, 1, 3650), seen - rng.integers(0, 2, len(seen))


def _patterned(rng: Rng, seen: Ints, region: Ints, form: Ints) -> list[tuple[str, int, Bools]]:
    """For each planted pattern with a mark of its own: the fact, its code's place, the persons."""
    found = []
    for told in truth()["pattern"]:
        for fact in ("recruitment", "sector"):
            if fact in told:
                first, last = (np.datetime64(told[e], "D").astype(int) for e in ("from", "until"))
                inside = (seen >= first) & (seen <= last)
                inside &= region == regions().index(told["region"])
                inside &= np.isin(form, [forms().index(f) for f in told["forms"]])
                inside &= rng.random(len(seen)) < told[f"{fact}_share"]
                found.append((fact, list(truth()[fact]).index(told[fact]), inside))
    return found


def _forms(rng: Rng, form: Ints, group: Ints, situation: Ints) -> pl.Series:
    """The main form and, for some, a second; ``none`` where there was no exploitation."""
    codes = (*forms(), "none")
    n, servitude = len(form), forms().index("servitude")
    other = choose(rng, np.ones((1, 6)), np.zeros(n, dtype=np.int64))
    second = np.array([forms().index(f) for f in _SECOND])[other]
    has_second = rng.random(n) < truth()["second_form"]["share"]
    marriage = (form == forms().index("forced_marriage")) & (rng.random(n) < 0.6)
    second = np.where(marriage, servitude, second)
    mask = (1 << form) | np.where(has_second | marriage, 1 << second, 0)
    adopted = (situation == 3) & (rng.random(n) < ADOPTED)
    mask = np.where(np.isin(situation, [2, 3]), 1 << (len(codes) - 1), mask)
    mask = np.where(adopted, 1 << forms().index("illegal_adoption"), mask)
    mask = without_parents(mask, codes, code_list("form").parent)
    return names_of(np.where(situation == 1, 1 << form, mask), codes)


_SECOND = (
    "forced_prostitution",
    "forced_labour",
    "domestic_servitude",
    "forced_begging",
    "debt_bondage",
    "drug_trade",
)


def _acts(rng: Rng, situation: Ints) -> pl.Series:
    mask = choose_set(rng, np.array([list(truth()["acts"].values())]), 0 * situation)
    return names_of(np.where(situation == 3, 1 << ACTS.index("sale"), mask), ACTS)


def _means(rng: Rng, kind: Ints, group: Ints, situation: Ints) -> pl.Series:
    told = truth()["means"]
    share = np.array([[told[g].get(m, 0.0) for m in MEANS] for g in FORM_GROUPS])
    mask = choose_set(rng, share, kind)
    absent = 1 << MEANS.index("none")
    child = (group % 2 == 1) & (rng.random(len(kind)) < truth()["means_of_child"]["none"])
    return names_of(np.where(child | np.isin(situation, [1, 3]), absent, mask), MEANS)


def _recruitment(rng: Rng, kind: Ints, marked: list[tuple[str, int, Bools]]) -> pl.Series:
    told = truth()["recruitment"]
    share: Floats = np.array([[told[c][g] for c in told] for g in FORM_GROUPS])
    chosen = choose(rng, share, kind)
    for fact, code, inside in marked:
        chosen = np.where(inside & (fact == "recruitment"), code, chosen)
    return words_of(chosen, tuple(told))


def _control(rng: Rng, n: int) -> pl.Series:
    share = np.array([list(truth()["control"].values())])
    mask = choose_set(rng, share, np.zeros(n, dtype=np.int64))
    return names_of(without_parents(mask, CONTROL, code_list("control").parent), CONTROL)


def _sector(
    rng: Rng, kind: Ints, situation: Ints, marked: list[tuple[str, int, Bools]]
) -> pl.Series:
    """The sector of those exploited in labour; nothing for the others."""
    codes = tuple(truth()["sector"])
    chosen = choose_alike(rng, truth()["sector"], len(kind))
    for fact, code, inside in marked:
        chosen = np.where(inside & (fact == "sector"), code, chosen)
    labour = (kind == FORM_GROUPS.index("labour")) & (situation < 2)
    return pl.Series([*codes, None]).gather(np.where(labour, chosen, len(codes)))


def _places(rng: Rng, region: Ints, seen: Ints, foreign: Ints) -> dict[str, pl.Series]:
    """Where the person comes from, and where the exploitation was."""
    told, n = truth()["exploitation"], len(region)
    people = {r: float(p) for r, p in zip(regions(), column("regions", "population"), strict=True)}
    elsewhere = choose_alike(rng, people, n)
    origin = np.where(rng.random(n) < told["moved_share"], elsewhere, region)
    origin = np.where(foreign > 0, len(regions()), _region_then(origin, seen))
    abroad = (foreign == 0) & (rng.random(n) < told["abroad_share"])
    neighbour = np.where(abroad, 1 + choose(rng, np.array([[4.0, 2, 3, 1]]), 0 * region), 0)
    return {
        "region_origin": pl.Series([*regions(), None]).gather(origin),
        "country_exploitation": words_of(neighbour, column("countries", "code")),
    }
