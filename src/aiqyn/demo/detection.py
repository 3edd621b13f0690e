"""Who is noticed by which list, and when: eight lists that depend on one another.

Each list notices by itself with a chance that depends on region, form, sex and age, citizenship and
a visibility of the person that all lists share; then one list leads to the next by referral. Those
whom a shelter found by itself are seldom reported to the police: a negative dependence.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from aiqyn.demo.draws import Bools, Floats, Ints, Rng
from aiqyn.demo.tables import FORM_GROUPS, GROUPS, column, lists, regions, rows, truth

AVOIDS_POLICE = 0.55  # the police notices one found by a shelter that much more seldom
SPREAD_DAYS = 25  # days within which lists notice the same person by themselves


def notice(rng: Rng, persons: pl.DataFrame) -> pl.DataFrame:
    """Which list noticed whom.

    Returns
    -------
    One row a person and list: ``person``, ``list``, ``date_detected`` (by this list), ``led_by``
    (the list that referred the person, null when noticed by itself); sorted by list and person.
    """
    visibility = rng.standard_normal(persons.height)
    seen = persons["date_seen"].to_physical().to_numpy().astype(np.int64)
    day = np.full((len(lists()), persons.height), -1, dtype=np.int32)
    led = np.full((len(lists()), persons.height), -1, dtype=np.int8)
    for place in _own_order():
        chance = _chance(persons, rows("lists")[place], visibility, seen)
        if lists()[place] == "police":
            chance = np.where(day[lists().index("shelter")] >= 0, chance * AVOIDS_POLICE, chance)
        own = rng.random(persons.height) < chance
        when = seen + rng.integers(0, SPREAD_DAYS, persons.height)
        day[place] = np.where(own, np.minimum(when, _year_end(seen)), -1)
    _refer(rng, persons, day, led)
    return _long(day, led)


def _own_order() -> list[int]:
    """Shelters first: what they find changes whom the police hears of."""
    return sorted(range(len(lists())), key=lambda place: lists()[place] != "shelter")


def _chance(persons: pl.DataFrame, told: dict[str, str], visibility: Floats, seen: Ints) -> Floats:
    by_form = np.array([float(told[g]) for g in FORM_GROUPS])
    by_group = np.array([float(told[g]) for g in GROUPS])
    noticing = np.array([float(x) for x in column("region_truth", "noticing")])
    logit = np.full(persons.height, float(told["base"]))
    logit += by_form[_index(persons["form_group"], FORM_GROUPS)]
    logit += by_group[_index(persons["group"], GROUPS)]
    logit += noticing[_index(persons["region"], regions())]
    logit += float(told["foreigner"]) * (persons["citizenship"] != "XSA").to_numpy()
    logit += float(told["visibility"]) * visibility
    logit += _learning(persons) + _changes(persons, told["list"], seen)
    chance: Floats = 1 / (1 + np.exp(-logit))
    return np.where(_kept(persons, told), chance, 0.0)


def _index(words: pl.Series, codes: tuple[str, ...]) -> Ints:
    return words.cast(pl.Enum(codes)).to_physical().to_numpy().astype(np.int64)


def _learning(persons: pl.DataFrame) -> Floats:
    """Agencies slowly learn to notice: the logit rises every year."""
    rise: Floats = truth()["detection"]["yearly_rise"] * (persons["year"].to_numpy() - 2025.0)
    return rise


def _changes(persons: pl.DataFrame, name: str, seen: Ints) -> Floats:
    """Campaigns, screening, and programmes that bring more people into view."""
    shift = np.zeros(persons.height)
    region = persons["region"]
    for told in rows("detection_changes"):
        if told["logit"] and name in told["agency"].split():
            places = regions() if told["region"] == "_all" else tuple(told["region"].split())
            until = date.fromisoformat(told["until"]) if told["until"] else date.max
            inside = _between(seen, date.fromisoformat(told["date"]), until)
            shift += float(told["logit"]) * (inside & region.is_in(places).to_numpy())
    for told_programme in truth()["programme"]:
        for place, start in told_programme["starts"].items():
            inside = _between(seen, start, date.max) & (region == place).to_numpy()
            shift += told_programme["detection_logit"] * inside
    return shift


def _between(seen: Ints, first: date, last: date) -> Bools:
    low, high = (int(np.datetime64(d, "D").astype(np.int64)) for d in (first, last))
    return (seen >= low) & (seen <= high)


def _kept(persons: pl.DataFrame, told: dict[str, str]) -> Bools:
    """Whether the list was kept in the person's year at all."""
    year = persons["year"].to_numpy()
    stopped = (year == 2020) & (told["kept_2020"] == "0")
    kept: Bools = (year >= int(told["first_year"])) & ~stopped
    return kept


def _year_end(seen: Ints) -> Ints:
    year = seen.astype("datetime64[D]").astype("datetime64[Y]")
    return (year + 1).astype("datetime64[D]").astype(np.int64) - 1


def _refer(
    rng: Rng,
    persons: pl.DataFrame,
    day: np.ndarray,
    led: np.ndarray,
) -> None:
    """One list leads to the next, in the order of referrals.csv; changes `day` and `led`."""
    for told in rows("referrals"):
        source, target = lists().index(told["from_list"]), lists().index(told["to_list"])
        goes = (day[source] >= 0) & (rng.random(persons.height) < float(told["probability"]))
        goes &= (day[target] < 0) & _kept(persons, rows("lists")[target])
        lag = np.rint(rng.exponential(float(told["mean_days"]), persons.height)).astype(np.int32)
        day[target] = np.where(goes, day[source] + lag, day[target])
        led[target] = np.where(goes, source, led[target])


def _long(day: NDArray[np.int32], led: NDArray[np.int8]) -> pl.DataFrame:
    place, person = np.nonzero(day >= 0)
    leader = led[place, person].astype(np.int64)
    names = pl.Series([*lists(), None], dtype=pl.String)
    return pl.DataFrame(
        {
            "person": person.astype(np.uint32),
            "list": names.gather(place),
            "date_detected": pl.Series(day[place, person], dtype=pl.Int32).cast(pl.Date),
            "led_by": names.gather(np.where(leader < 0, len(lists()), leader)),
        }
    )
