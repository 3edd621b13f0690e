"""How a list writes a person's name, birth date and number down: scripts, slips, gaps, aliases."""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.demo.draws import Bools, Ints, Rng, choose, dates
from aiqyn.demo.names import SCRIPTS, Identities, book, spelled
from aiqyn.demo.tables import lists, truth

# Share of each script at each list: Kazakh, Russian, as in the passport, new Latin, by ear.
_SCRIPT_SHARES = {
    "police": (0.84, 0.16, 0.0, 0.0, 0.0),
    "prosecutors": (0.06, 0.94, 0.0, 0.0, 0.0),
    "courts": (0.68, 0.32, 0.0, 0.0, 0.0),
    "labour": (0.40, 0.60, 0.0, 0.0, 0.0),
    "border": (0.05, 0.05, 0.85, 0.05, 0.0),
    "shelter": (0.45, 0.55, 0.0, 0.0, 0.0),
    "hotline": (0.0, 0.0, 0.25, 0.25, 0.50),
    "iom": (0.0, 0.0, 0.55, 0.20, 0.25),
}


def identity_columns(
    rng: Rng, records: pl.DataFrame, who: Identities, row_of: Ints
) -> pl.DataFrame:
    """The identity columns of each record.

    Parameters
    ----------
    records : columns ``list``, ``person`` and ``date_detected``, one row a record
    who : identities; `row_of` is each record's place among them, shape (records,)

    Returns
    -------
    ``family_name``, ``given_name``, ``patronymic``, ``birth_date`` (text: a date or a year),
    ``national_number``; null where the list holds nothing.
    """
    told, n = truth()["identity"], records.height
    place = records["list"].cast(pl.Enum(lists())).to_physical().to_numpy().astype(np.int64)
    script = choose(rng, np.array([_SCRIPT_SHARES[name] for name in lists()]), place)
    given = np.where(
        rng.random(n) < told["alias"], rng.integers(0, _fewest(), n), who.given[row_of]
    )
    woman = who.woman[row_of]
    names = pl.DataFrame(
        {
            "family_name": _spell("family", who.family[row_of], woman, script),
            "given_name": _spell("given", given, woman, script),
            "patronymic": _spell("father", who.father[row_of], woman, script),
        }
    )
    names = names.with_columns(_slip(rng, names, c, told["typing_error"]) for c in names.columns)
    swapped = pl.Series(rng.random(n) < told["swapped_order"])
    nameless = pl.Series((rng.random(n) < 0.35) & (place == lists().index("hotline")))
    fatherless = pl.Series((rng.random(n) < told["patronymic_missing"]) | (script >= 2))
    return names.select(
        pl.when(nameless).then(None).when(swapped).then("given_name").otherwise("family_name")
        .alias("family_name"),
        pl.when(swapped).then("family_name").otherwise("given_name").alias("given_name"),
        pl.when(~fatherless).then("patronymic").alias("patronymic"),
        _birth(rng, who.birth[row_of], _met(records)),
        _number(rng, who.number.gather(row_of), place),
    )  # fmt: skip


def _fewest() -> int:
    return min(book("female")[1], book("male")[1])


def _spell(kind: str, place: Ints, woman: Bools, script: Ints) -> pl.Series:
    """Names by place in the book, sex and script, from books spelled once."""
    books = []
    for female in (True, False):
        name = {"given": "female" if female else "male"}.get(kind, kind)
        books += [spelled(name, female, s) for s in SCRIPTS]
    starts = np.cumsum([0, *(len(b) for b in books)])
    which = np.where(woman, 0, len(SCRIPTS)) + script
    return pl.concat(books).gather(starts[which] + place)


def _slip(rng: Rng, names: pl.DataFrame, name: str, share: float) -> pl.Series:
    """Typing errors: a letter lost, doubled, or two letters changed about."""
    n = names.height
    slips = pl.Series("slip", rng.random(n) < share)
    kind = pl.Series("kind", rng.integers(0, 3, n))
    at = pl.Series("at", 1 + (rng.random(n) * 5).astype(np.int64))
    text, head = pl.col(name), pl.col(name).str.slice(0, pl.col("at"))
    one, two = text.str.slice(pl.col("at"), 1), text.str.slice(pl.col("at") + 1, 1)
    rest = text.str.slice(pl.col("at") + 2)
    wrong = (
        pl.when(pl.col("kind") == 0)
        .then(pl.concat_str(head, two, rest))
        .when(pl.col("kind") == 1)
        .then(pl.concat_str(head, one, one, two, rest))
        .otherwise(pl.concat_str(head, two, one, rest))
    )
    frame = pl.DataFrame([names[name], slips, kind, at])
    return frame.select(pl.when("slip").then(wrong).otherwise(text).alias(name)).to_series()


def _met(records: pl.DataFrame) -> Ints:
    """The first day on which any list met the record's person, days since 1970."""
    first = records.select(pl.col("date_detected").min().over("person").to_physical())
    return first.to_series().to_numpy().astype(np.int64)


def _birth(rng: Rng, birth: Ints, met: Ints) -> pl.Series:
    """Dates of birth as text: some missing, some a year only, some a few days or a month off.

    Nobody writes that a newborn who stands before them is yet to be born: no day is after `met`.
    """
    told, n = truth()["identity"], len(birth)
    slip = np.where(rng.random(n) < 0.5, rng.integers(-9, 10, n), 30 * rng.integers(-2, 3, n))
    slipped = birth + np.where(rng.random(n) < told["birth_date_slip"], slip, 0)
    day = dates(np.minimum(slipped, met))
    fate = choose(
        rng,
        np.array([[1.0, told["year_of_birth_only"], told["birth_date_missing"]]]),
        np.zeros(n, dtype=np.int64),
    )
    frame = pl.DataFrame({"day": day, "fate": fate})
    text = (
        pl.when(pl.col("fate") == 0)
        .then(pl.col("day").dt.strftime("%d.%m.%Y"))
        .when(pl.col("fate") == 1)
        .then(pl.col("day").dt.strftime("%Y"))
    )
    return frame.select(text.alias("birth_date")).to_series()


def _number(rng: Rng, number: pl.Series, place: Ints) -> pl.Series:
    told, n = truth()["identity"], len(number)
    share = np.array([told["number_share"][name] for name in lists()])[place]
    frame = pl.DataFrame(
        {
            "number": number,
            "held": rng.random(n) < share,
            "slip": rng.random(n) < told["number_typing_error"],
            "at": rng.integers(3, 9, n),
            "digit": rng.integers(0, 10, n),
        }
    )
    wrong = pl.concat_str(
        pl.col("number").str.slice(0, pl.col("at")),
        pl.col("digit").cast(pl.String),
        pl.col("number").str.slice(pl.col("at") + 1),
    )
    held = pl.when("slip").then(wrong).otherwise("number")
    return frame.select(pl.when("held").then(held).alias("national_number")).to_series()
