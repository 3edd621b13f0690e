"""The name of each record as its list writes it: whose name, in which hand, what went wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from aiqyn.demo.draws import Bools, Ints, Rng, choose_alike
from aiqyn.demo.overlapping_lists.hands import hand_names, respelled
from aiqyn.demo.overlapping_lists.name_books import book
from aiqyn.demo.overlapping_lists.people import People
from aiqyn.demo.overlapping_lists.settings import Scheme, scheme, toml
from aiqyn.demo.overlapping_lists.slips import slipped

COLUMNS = ("given", "surname", "patronymic")


def written_names(
    rng: Rng, people: People, who: Ints, name: str, how: Scheme
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Names and the marks of what was done to them.

    Parameters
    ----------
    who : the person of each record of the list `name`, shape (records,)
    how : the scheme

    Returns
    -------
    ``given, surname, patronymic`` (null where missing); and ``hand, script`` with a truth value
    each for ``alias, other_family, diminutive, swapped, in_one, one_name, slip_given`` ….
    """
    told, n = scheme(how), len(who)
    hand, shown = _hands(rng, how, name, n)
    words, marks = _words(rng, people, who, told["names"])
    clean = respelled(words, how, hand, rng.random(n) < told["names"]["sometimes"])
    wrong = clean.with_columns(
        slipped(rng, clean[column], told["slips"][column], told["slips"]["kinds"])
        for column in COLUMNS
    )
    slips = (pl.Series(f"slip_{column}", wrong[column] != clean[column]) for column in COLUMNS)
    flags = _flags(rng, n, told["names"], ("swapped", "in_one", "one_name"))
    marks = marks.with_columns(*shown, *slips, *flags)
    return _laid_out(rng, wrong, marks, name, told["names"]), marks


def _hands(rng: Rng, how: Scheme, name: str, n: int) -> tuple[Ints, list[pl.Series]]:
    told, named = scheme(how), hand_names(how)
    drawn = choose_alike(rng, told["hands"][name], n)
    hand = np.array([named.index(x) for x in told["hands"][name]])[drawn]
    words = pl.Series("hand", named).gather(hand)
    return hand, [words, words.replace_strict(told["scripts"]).alias("script")]


def _flags(rng: Rng, n: int, told: dict[str, Any], names: tuple[str, ...]) -> list[pl.Series]:
    return [pl.Series(name, rng.random(n) < told[name]) for name in names]


def _words(
    rng: Rng, people: People, who: Ints, told: dict[str, Any]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The names that the list was told, in their own letters."""
    n, woman = len(who), people.woman[who]
    marks = pl.DataFrame(_flags(rng, n, told, ("alias", "other_family", "diminutive")))
    given = np.where(marks["alias"], people.other_given[who], people.given[who])
    family = np.where(marks["other_family"], people.other_family[who], people.family[who])
    form = np.where(marks["diminutive"], 1 + rng.integers(0, 3, n), 0)
    way = people.father_way[who] ^ (rng.random(n) < told["other_father"])
    words = {
        "given": _of_sex(woman, given, form, "female", "male"),
        "surname": _gather("family", ("man", "woman"), family, woman.astype(np.int64)),
        "patronymic": _gather("male", _FATHERS, people.father[who], 2 * way + woman),
    }
    return pl.DataFrame(words), marks


_FATHERS = ("father_0_man", "father_0_woman", "father_1_man", "father_1_woman")
_SHORT = ("name", "short_0", "short_1", "short_2")


def _of_sex(woman: Bools, place: Ints, form: Ints, female: str, male: str) -> pl.Series:
    """Given names, each from the book of its sex."""
    parts = [
        _gather(kind, _SHORT, place[of], form[of]) for kind, of in ((female, woman), (male, ~woman))
    ]
    order = np.concatenate([np.flatnonzero(woman), np.flatnonzero(~woman)])
    return pl.concat(parts).gather(np.argsort(order, kind="stable"))


def _gather(kind: str, columns: tuple[str, ...], place: Ints, column: Ints) -> pl.Series:
    """For each row one of several columns of a book."""
    names = book(kind)
    return pl.concat([names[name] for name in columns]).gather(column * names.height + place)


def _laid_out(
    rng: Rng, names: pl.DataFrame, marks: pl.DataFrame, name: str, told: dict[str, Any]
) -> pl.DataFrame:
    """In the list's columns: order, gaps, capitals."""
    n, row = names.height, toml("lists")["lists"][name]
    gaps = pl.Series("gap", rng.random(n) < row["patronymic_missing"])
    upper = pl.Series("upper", rng.random(n) < row["upper_case"])
    decomposed = pl.Series("decomposed", rng.random(n) < told["decomposed"])
    frame = pl.concat([names, marks.select("swapped", "in_one", "one_name")], how="horizontal")
    frame = frame.with_columns(gaps, upper, decomposed).with_columns(_order())
    return frame.select(_capitals(pl.col(column)).alias(column) for column in COLUMNS)


def _order() -> list[pl.Expr]:
    given, family, father = (pl.col(column) for column in COLUMNS)
    father = pl.when(~pl.col("gap") & (father != "")).then(father)
    one = pl.concat_str(family, given, father, separator=" ", ignore_nulls=True)
    swapped, in_one, alone = (pl.col(mark) for mark in ("swapped", "in_one", "one_name"))
    return [
        pl.when(in_one)
        .then(one)
        .when(swapped & ~alone)
        .then(family)
        .otherwise(given)
        .alias("given"),
        pl.when(in_one | alone)
        .then(None)
        .when(swapped)
        .then(given)
        .otherwise(family)
        .alias("surname"),
        pl.when(~in_one).then(father).alias("patronymic"),
    ]


def _capitals(name: pl.Expr) -> pl.Expr:
    """Each word with a capital, or all capitals; accents as signs of their own where marked."""
    word = pl.element()
    big = pl.concat_str(word.str.slice(0, 1).str.to_uppercase(), word.str.slice(1))
    plain = name.str.split(" ").list.eval(big).list.join(" ")
    cased = pl.when("upper").then(name.str.to_uppercase()).otherwise(plain)
    return pl.when("decomposed").then(cased.str.normalize("NFD")).otherwise(cased)
