"""What the cells of a column say, part by part, as texts: each distinct cell is read once.

A list for every record would cost more than the reading. So the words of a cell are one text with
a blank between them (no key of a word holds one), and most records need no list at all.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from aiqyn.linkage.names.cells import as_patronymic, read_cell
from aiqyn.linkage.names.scripts import CYRILLIC
from aiqyn.linkage.names.sounds import name_keys
from aiqyn.linkage.names.words_alone import ALIASES, father_keys, other_keys, word_keys, words_alone

WORD = r"[^\s,;.()\[\]{}«»„“”\"/\\|:_\-\u2010-\u2015]+"  # in a cell, roughly: keys are got ready
SCRIPTS = {"cyrillic": 1, "latin": 2, "mixed": 4, "other": 8}  # a bit each


def cell_parts(texts: pl.Series, name: str, *, patronymic: bool = False) -> pl.DataFrame:
    """The parts of each cell, one row a text.

    Returns
    -------
    `NAME.words, NAME.initials` (keys with blanks between), `NAME.count` (of words),
    `NAME.family, NAME.rest` (where one word of several is a family name), `NAME.others` (with
    `ALIASES` between), `NAME.father`, `NAME.script` (bits of `SCRIPTS`). Null where there is none.
    """
    told = pl.DataFrame({"text": texts.drop_nulls().unique()})
    told = told.with_columns(words_alone(told["text"]).alias("word"))
    words = _of_words(told["word"].drop_nulls().unique(), patronymic)
    cells = _of_cells(told.filter(pl.col("word").is_null())["text"], patronymic)
    table = pl.concat([cells, told.join(words, on="word").drop("word")], how="diagonal")
    joined = pl.DataFrame({"text": texts}).join(table, on="text", how="left", maintain_order="left")
    parts = joined.select(pl.exclude("text").name.prefix(f"{name}."))
    return parts.with_columns(pl.col(f"{name}.count", f"{name}.script").fill_null(0))


def _of_words(words: pl.Series, patronymic: bool) -> pl.DataFrame:
    """What words alone say; only what a word can say has a column."""
    keys = pl.Series("words", word_keys(words.to_list()), dtype=pl.String)
    distinct = keys.unique()
    told = father_keys if patronymic else other_keys
    by_key = pl.DataFrame({"words": distinct, "told": _texts(told(distinct.to_list()))})
    cyrillic = words.str.contains(f"^{CYRILLIC.pattern}")
    script = pl.when(cyrillic).then(SCRIPTS["cyrillic"]).otherwise(SCRIPTS["latin"])
    table = pl.DataFrame({"word": words, "words": keys}).join(
        by_key, on="words", how="left", maintain_order="left"
    )
    found = table.with_columns(script.cast(pl.Int32).alias("script"))
    named = pl.col("words").replace("", None)
    if patronymic:
        father = pl.when(named.is_not_null()).then("told").alias("father")
        return found.select("word", father, "script")
    count = named.is_not_null().cast(pl.Int32).alias("count")
    return found.select(
        "word", named, count, named.alias("rest"), pl.col("told").alias("others"), "script"
    )


def _of_cells(texts: pl.Series, patronymic: bool) -> pl.DataFrame:
    """What any cells say."""
    written = texts.str.normalize("NFC").str.extract_all(WORD)
    name_keys(written.explode().drop_nulls().unique().to_list())
    cells = [read_cell(text) for text in texts.to_list()]
    if patronymic:
        cells = [as_patronymic(cell) for cell in cells]
    return pl.DataFrame(
        {
            "text": texts,
            "words": _joined([cell.words for cell in cells]),
            "count": pl.Series([len(cell.words) for cell in cells], dtype=pl.Int32),
            "initials": _joined([cell.initials for cell in cells]),
            "family": _joined([cell.family for cell in cells]),
            "rest": _joined([cell.rest for cell in cells]),
            "others": _joined([cell.others for cell in cells], ALIASES),
            "father": _texts([cell.father for cell in cells]),
            "script": pl.Series(
                [SCRIPTS[cell.script] if cell.script else 0 for cell in cells], dtype=pl.Int32
            ),
        }
    )


def script_named(bits: pl.Expr) -> pl.Expr:
    """The script of some bits; `mixed` where there are several."""
    named = {bit: script for script, bit in SCRIPTS.items()}
    told = {n: named.get(n, "mixed") for n in range(1, sum(SCRIPTS.values()) + 1)}
    return bits.replace_strict(told, default=None, return_dtype=pl.String)


def _joined(words: Sequence[Sequence[str]], between: str = " ") -> pl.Series:
    """The words of each cell as one text; null where there is none."""
    return _texts([w[0] if len(w) == 1 else between.join(w) or None for w in words])


def _texts(texts: Sequence[str | None]) -> pl.Series:
    return pl.Series(texts, dtype=pl.String)
