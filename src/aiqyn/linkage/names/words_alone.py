"""Cells of one word of letters in one script: most cells are such.

They hold no alias, no initial and no second word, so nothing of that is looked for; and a word that
stands in capitals here and in small letters there is read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import polars as pl

from aiqyn.linkage.names.cells import word_key
from aiqyn.linkage.names.endings import (
    fathers_name,
    masculine,
    turkic_endings,
    with_patronymic_apart,
    without_last_i,
)
from aiqyn.linkage.names.scripts import CYRILLIC, LATIN
from aiqyn.linkage.names.sounds import name_keys
from aiqyn.linkage.names.tables import column
from aiqyn.linkage.names.variants import other_names

ALIASES = "\x1f"  # between other names, which may hold blanks; no letter, so it stands in no key
ONE_SCRIPT = f"^(?:{CYRILLIC.pattern}{{2,}}|{LATIN.pattern}{{2,}})$"


def words_alone(cells: pl.Series) -> pl.Series:
    """The word of each cell in small letters; null where the cell is anything else."""
    table = pl.DataFrame({"cell": cells}).with_row_index()
    alone = table.filter(pl.col("cell").str.contains(ONE_SCRIPT))
    small = "\n".join(alone["cell"].to_list()).casefold().split("\n") if alone.height else []
    alone = alone.with_columns(pl.Series("word", small, dtype=pl.String)).filter(
        pl.col("word").str.contains(ONE_SCRIPT),
        pl.col("word").str.len_chars() == pl.col("cell").str.len_chars(),
        ~pl.col("word").is_in(_no_names()),
    )
    return table.join(alone, on="index", how="left", maintain_order="left")["word"]


def word_keys(words: Sequence[str]) -> list[str]:
    """`cells.word_key` of words in small letters, many at once."""
    keys, ended = name_keys(words), turkic_endings()
    apart = [place for place, word in enumerate(words) if word.endswith(ended)]
    name_keys(part for place in apart for part in with_patronymic_apart(words[place]))
    for place in apart:
        keys[place] = word_key(words[place])
    return [masculine(key) for key in keys]


def other_keys(keys: Sequence[str]) -> list[str | None]:
    """Other names of one who has a key for a name, in alphabetical order; null where none is."""
    others = (other_names(key) for key in keys)
    return [
        ALIASES.join(sorted(o - {key, ""})) or None if o else None
        for key, o in zip(keys, others, strict=True)
    ]


def father_keys(keys: Sequence[str]) -> list[str]:
    """The father's name in patronymics."""
    return [fathers_name(key) or without_last_i(key) for key in keys]


@cache
def _no_names() -> tuple[str, ...]:
    """Words that stand for no name, or between two."""
    told = (*column("alias_words", "text"), *column("placeholders", "text"))
    return tuple(sorted({text.casefold() for text in told}))
