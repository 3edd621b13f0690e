"""The columns of normal forms: each distinct cell is read once, then joined to its records."""

from __future__ import annotations

import polars as pl

from aiqyn.linkage.names.cell_parts import cell_parts, script_named
from aiqyn.linkage.names.skeletons import in_order, skeletons
from aiqyn.linkage.names.words_alone import ALIASES

KEYS = (
    "given_key",
    "surname_key",
    "patronymic_key",
    "name_sorted",
    "given_skeleton",
    "surname_skeleton",
    "name_skeleton",
    "alias_keys",
    "script",
)


def with_name_keys(records: pl.DataFrame) -> pl.DataFrame:
    """The records with the normal forms of their names; rows and their order stay.

    Parameters
    ----------
    records : any of `given`, `surname`, `patronymic`, as text; a missing column counts as empty

    Returns
    -------
    `given_key, surname_key, patronymic_key` (the father's name); `name_sorted`: the words of given
    name and surname in alphabetical order, so that an exchange of columns does not matter;
    `given_skeleton, surname_skeleton, name_skeleton`: consonants; `alias_keys` (list): keys of
    other names the person may stand under; `script`: cyrillic, latin, mixed, other. Null where
    nothing is known; `alias_keys` is then empty.
    """
    empty = pl.Series([None] * records.height, dtype=pl.String)
    parts = [
        cell_parts(
            records[n].cast(pl.String) if n in records.columns else empty,
            n,
            patronymic=n == "patronymic",
        )
        for n in ("given", "surname", "patronymic")
    ]
    work = pl.concat(parts, how="horizontal").with_columns(*_words(), _initials())
    keys = work.select(*_texts(), _father(), _others(), _script(), _two_words())
    keys = keys.with_columns(
        _skeletons(keys["given_key"], "given_skeleton"),
        _skeletons(keys["surname_key"], "surname_skeleton"),
    )
    keys = keys.with_columns(_whole_skeletons(keys))
    return records.drop(KEYS, strict=False).hstack(keys.select(KEYS))


def _words() -> list[pl.Expr]:
    """Words of given name and surname; one cell for both is parted at the family name."""
    first, last = pl.col("given.count") == 0, pl.col("surname.count") == 0
    from_given = last & pl.col("given.family").is_not_null()
    from_surname = first & pl.col("surname.family").is_not_null()
    givens = (
        pl.when(from_given)
        .then("given.rest")
        .when(from_surname)
        .then("surname.rest")
        .when(first)
        .then(pl.coalesce(_first("given"), _first("surname")))
        .otherwise("given.words")
    )
    surnames = (
        pl.when(from_given)
        .then("given.family")
        .when(from_surname)
        .then("surname.family")
        .otherwise("surname.words")
    )
    return [givens.alias("given_key"), surnames.alias("surname_key")]


def _texts() -> list[pl.Expr]:
    """The keys; an initial takes part in the whole name where only one word stands beside it."""
    words = pl.col("given.words"), pl.col("surname.words")
    lone = pl.when(pl.sum_horizontal("given.count", "surname.count") == 1).then(
        pl.min_horizontal(_first("given"), _first("surname"))
    )
    few = pl.max_horizontal("given.count", "surname.count") <= 1
    many = pl.when(~few).then(pl.concat_str(*words, separator=" ", ignore_nulls=True))
    sorted_words = many.str.split(" ").list.sort().list.join(" ")
    whole = pl.when(few).then(in_order(*(pl.coalesce(w, lone) for w in words)))
    return [
        pl.col("given_key"),
        pl.col("surname_key"),
        whole.otherwise(sorted_words).alias("name_sorted"),
    ]


def _initials() -> pl.Expr:
    both = pl.concat_str("given.initials", "surname.initials", separator=" ", ignore_nulls=True)
    return pl.when(both != "").then(both).str.split(" ").alias("initials")


def _first(name: str) -> pl.Expr:
    """The first initial of a cell."""
    return pl.col(f"{name}.initials").str.splitn(" ", 2).struct.field("field_0")


def _father() -> pl.Expr:
    """The father's name: of its own column, of the other two, else an initial left over."""
    place = ((pl.col("given.count") == 0) & (pl.col("surname.count") < 2)).cast(pl.Int64)
    left = pl.col("initials").list.get(place, null_on_oob=True)
    return pl.coalesce("patronymic.father", "given.father", "surname.father", left).alias(
        "patronymic_key"
    )


def _others() -> pl.Expr:
    """Other names of both cells, each once, in alphabetical order."""
    given, surname = pl.col("given.others"), pl.col("surname.others")
    both = given.is_not_null() & surname.is_not_null()
    joined = pl.when(both).then(given + ALIASES + surname).str.split(ALIASES)
    alone = pl.coalesce(given, surname).str.split(ALIASES).fill_null([])
    return pl.when(both).then(joined.list.unique().list.sort()).otherwise(alone).alias("alias_keys")


def _script() -> pl.Expr:
    """The one script of all three cells, or mixed."""
    bits = [pl.col(f"{n}.script").fill_null(0) for n in ("given", "surname", "patronymic")]
    return script_named(bits[0] | bits[1] | bits[2]).alias("script")


def _two_words() -> pl.Expr:
    """Whether given name and surname are a word each and nothing else."""
    return ((pl.col("given.count") == 1) & (pl.col("surname.count") == 1)).alias("two_words")


def _skeletons(keys: pl.Series, name: str) -> pl.Series:
    """The skeletons of a column: each distinct key once."""
    found = pl.DataFrame({"key": keys.unique()}).with_columns(skeletons(pl.col("key")).alias(name))
    table = pl.DataFrame({"key": keys})
    return table.join(found, on="key", how="left", maintain_order="left")[name]


def _whole_skeletons(keys: pl.DataFrame) -> pl.Series:
    """The skeletons of whole names; of two words from those of the words."""
    two, name = keys["two_words"], "name_skeleton"
    both = keys.select(in_order(pl.col("given_skeleton"), pl.col("surname_skeleton")).alias(name))
    others = _skeletons(keys["name_sorted"].set(two, None), name)
    return pl.select(pl.when(two).then(both[name]).otherwise(others).alias(name)).to_series()
