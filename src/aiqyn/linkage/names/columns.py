"""The columns of normal forms: each distinct cell is read once, then joined to its records."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from aiqyn.linkage.names.cells import Cell, read_cell, read_patronymic
from aiqyn.linkage.names.skeletons import skeleton

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
LISTS = ("words", "initials", "others", "family", "rest")
BETWEEN = "\x1f"  # no letter: it stands in no key
FIELDS = (*LISTS, "father", "script")


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
    read = {"given": read_cell, "surname": read_cell, "patronymic": read_patronymic}
    work = pl.DataFrame({"row": pl.int_range(records.height, eager=True)})
    for name, reader in read.items():
        empty = pl.Series(name, [None] * records.height, pl.String)
        texts = records[name].cast(pl.String) if name in records.columns else empty
        work = work.hstack(_cells(texts, name, reader))
    keys = work.with_columns(*_words()).select(*_texts(), _father(), _others(), _script())
    keys = keys.with_columns(_skeletons(keys, name) for name in ("given", "surname", "name"))
    return records.drop(KEYS, strict=False).hstack(keys.select(KEYS))


def _cells(texts: pl.Series, name: str, reader: Callable[[str | None], Cell]) -> pl.DataFrame:
    """The parts of each cell, in columns `given.words`, `given.father` and so on."""
    distinct = texts.unique()
    cells = [reader(text) for text in distinct.to_list()]
    table = pl.DataFrame({"text": distinct}).with_columns(
        pl.Series(f"{name}.{field}", _texts_of(cells, field), pl.String) for field in FIELDS
    )
    lists = [pl.col(f"{name}.{field}") for field in LISTS]
    table = table.with_columns(part.str.split(BETWEEN).fill_null([]) for part in lists)
    column = pl.DataFrame({"text": texts})
    joined = column.join(table, on="text", how="left", nulls_equal=True, maintain_order="left")
    return joined.drop("text")


def _texts_of(cells: Sequence[Cell], field: str) -> list[str | None]:
    """One part of each cell; several words in one text, as Polars splits faster than it copies."""
    if field in LISTS:
        return [BETWEEN.join(getattr(cell, field)) or None for cell in cells]
    return [getattr(cell, field) for cell in cells]


def _words() -> list[pl.Expr]:
    """Words of given name and surname; one cell for both is parted at the family name."""
    first, last = _count("given.words") == 0, _count("surname.words") == 0
    from_given = last & (_count("given.family") == 1)
    from_surname = first & (_count("surname.family") == 1)
    givens = (
        pl.when(from_given)
        .then("given.rest")
        .when(from_surname)
        .then("surname.rest")
        .when(first)
        .then(_initials().list.head(1))
        .otherwise("given.words")
    )
    surnames = (
        pl.when(from_given)
        .then("given.family")
        .when(from_surname)
        .then("surname.family")
        .otherwise("surname.words")
    )
    return [givens.alias("givens"), surnames.alias("surnames")]


def _texts() -> list[pl.Expr]:
    """The keys; an initial takes part in the whole name where only one word stands beside it."""
    words = pl.concat_list("given.words", "surname.words")
    first = pl.min_horizontal(pl.col(f"{n}.initials").list.first() for n in ("given", "surname"))
    lone = pl.when(words.list.len() == 1).then(first)
    whole = pl.concat_list(words, lone).list.drop_nulls()
    return [
        _text(pl.col("givens")).alias("given_key"),
        _text(pl.col("surnames")).alias("surname_key"),
        _text(whole.list.sort()).alias("name_sorted"),
    ]


def _initials() -> pl.Expr:
    return pl.concat_list("given.initials", "surname.initials")


def _count(column: str) -> pl.Expr:
    return pl.col(column).list.len()


def _father() -> pl.Expr:
    """The father's name: of its own column, of the other two, else an initial left over."""
    place = ((_count("given.words") == 0) & (_count("surname.words") < 2)).cast(pl.Int64)
    left = _initials().list.get(place, null_on_oob=True)
    return pl.coalesce("patronymic.father", "given.father", "surname.father", left).alias(
        "patronymic_key"
    )


def _others() -> pl.Expr:
    both = pl.concat_list("given.others", "surname.others")
    return both.list.unique().list.sort().alias("alias_keys")


def _script() -> pl.Expr:
    """The one script of all three cells, or mixed."""
    found = pl.concat_list("given.script", "surname.script", "patronymic.script").list.drop_nulls()
    kinds = found.list.unique()
    return (
        pl.when(kinds.list.len() > 1)
        .then(pl.lit("mixed"))
        .otherwise(kinds.list.first())
        .alias("script")
    )


def _text(words: pl.Expr) -> pl.Expr:
    joined = words.list.join(" ")
    return pl.when(joined != "").then(joined)


def _skeletons(keys: pl.DataFrame, name: str) -> pl.Series:
    column = keys["name_sorted" if name == "name" else f"{name}_key"]
    distinct = column.drop_nulls().unique().to_list()
    table = {key: skeleton(key) for key in distinct}
    bones = column.replace_strict(table, default=None, return_dtype=pl.String)
    return bones.alias(f"{name}_skeleton")
