"""Invented names: two halves of a stem that look invented, and their spellings in five scripts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from aiqyn.demo.draws import Bools, Ints, Rng
from aiqyn.demo.tables import rows, truth

SCRIPTS = ("kk", "ru", "passport", "latin", "by_ear")
COLUMNS = ("family_name", "given_name", "patronymic", "birth_date", "national_number")
_VOWELS = "аәеёиоөуұүыіэюяйь"


@dataclass(frozen=True, slots=True)
class Identities:
    """Who the persons are, by places in the name books.

    Attributes
    ----------
    family, given, father : place of the family name, given name, father's name, shape (persons,)
    woman : whether the names take the feminine ending
    birth : day of birth, days since 1970
    number : the national number of Samal ("XS" and eight digits), null for foreigners
    """

    family: Ints
    given: Ints
    father: Ints
    woman: Bools
    birth: Ints
    number: pl.Series


@cache
def book(kind: str) -> tuple[tuple[str, ...], int]:
    """Every name of a kind (family, female, male) in Kazakh spelling; how many are Kazakh."""
    names: list[str] = []
    counted = 0
    for origin in ("kazakh", "russian"):
        halves = [r for r in rows("names_halves") if r["kind"] == kind and r["origin"] == origin]
        first = [r["text"] for r in halves if r["half"] == "first"]
        second = [r["text"] for r in halves if r["half"] == "second"]
        names += [a + b for a in first for b in second]
        counted = counted or len(names)
    return tuple(names), counted


@cache
def _letters(script: str) -> dict[str, str]:
    return {r["kk"]: r[script] for r in rows("letters")}


def respell(name: str, script: str) -> str:
    """A name in Kazakh letters, written in another script's letters."""
    if script == "kk":
        return name
    letters = _letters(script)
    text = "".join(letters.get(sign, sign) for sign in name.lower())
    return text[:1].upper() + text[1:]


def _family_form(stem: str, woman: bool, kazakh: bool) -> str:
    """Kazakh stems take -ов, -ев or nothing (every third); Russian ones only the feminine -а."""
    if not kazakh:
        return stem + ("а" if woman else "")
    if len(stem) % 3 == 0:
        return stem
    ending = "ев" if stem[-1] in _VOWELS else "ов"
    stem = stem.removesuffix("й")
    return stem + ending + ("а" if woman else "")


def _father_form(name: str, woman: bool, kazakh: bool, script: str) -> str:
    if kazakh and script in ("kk", "latin"):
        return respell(name + ("қызы" if woman else "ұлы"), script)
    if name.endswith("и"):
        return respell(name + ("евна" if woman else "евич"), script)
    stem = name[:-1] if name[-1] in _VOWELS else name
    return respell(stem + ("овна" if woman else "ович"), script)


@cache
def spelled(kind: str, woman: bool, script: str) -> pl.Series:
    """The whole book in one script; `kind` family, female, male or father."""
    names, kazakh = book("male" if kind == "father" else kind)
    told = []
    for place, name in enumerate(names):
        if kind == "father":
            told.append(_father_form(name, woman, place < kazakh, script))
        elif kind == "family":
            told.append(respell(_family_form(name, woman, place < kazakh), script))
        else:
            told.append(respell(name, script))
    return pl.Series(told)


def name_persons(rng: Rng, persons: pl.DataFrame) -> Identities:
    """Give each person (columns sex, age, date_seen, citizenship) an invented identity."""
    n = persons.height
    woman = (persons["sex"] == "female").to_numpy()
    russian = rng.random(n) < truth()["identity"]["russian_type_names"]
    seen = persons["date_seen"].to_physical().to_numpy().astype(np.int64)
    lived = persons["age"].to_numpy() * 365.2425 + rng.random(n) * 364
    serial = (persons["person"].to_numpy().astype(np.int64) * 48_271 + 11) % 99_999_989
    number = pl.Series(serial).cast(pl.String).str.zfill(8)
    own = persons["citizenship"] == "XSA"
    frame = pl.DataFrame({"own": own, "number": number})
    return Identities(
        family=_pick(rng, "family", russian),
        given=np.where(woman, _pick(rng, "female", russian), _pick(rng, "male", russian)),
        father=_pick(rng, "male", russian),
        woman=woman,
        birth=seen - np.ceil(lived).astype(np.int64),
        number=frame.select(pl.when("own").then(pl.lit("XS") + pl.col("number"))).to_series(),
    )


def _pick(rng: Rng, kind: str, russian: Bools) -> Ints:
    """A place in the book; common names are commoner (the square of a uniform draw)."""
    names, kazakh = book(kind)
    skewed = rng.random(len(russian)) ** 1.6
    among_kazakh = (skewed * kazakh).astype(np.int64)
    among_russian = kazakh + (skewed * (len(names) - kazakh)).astype(np.int64)
    return np.where(russian, among_russian, among_kazakh)


def family_names(rng: Rng, woman: Bools) -> pl.Series:
    """Invented family names in Russian spelling, one a person."""
    russian = rng.random(len(woman)) < truth()["identity"]["russian_type_names"]
    both = pl.concat([spelled("family", True, "ru"), spelled("family", False, "ru")])
    place = _pick(rng, "family", russian)
    return both.gather(place + np.where(woman, 0, len(both) // 2))
