"""What the cells of a column say, part by part, as texts: each distinct cell is read once.

A list for every record would cost more than the reading. So the words of a cell are one text with
a blank between them (no key of a word holds one), and most records need no list at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from aiqyn.linkage.names.cells import Cell

ALIASES = "\x1f"  # between other names, which may hold blanks; no letter, so it stands in no key
SCRIPTS = {"cyrillic": 1, "latin": 2, "mixed": 4, "other": 8}  # a bit each


def cell_parts(texts: pl.Series, name: str, reader: Callable[[str | None], Cell]) -> pl.DataFrame:
    """The parts of each cell, one row a text.

    Returns
    -------
    `NAME.words, NAME.initials` (keys with blanks between), `NAME.count` (of words),
    `NAME.family, NAME.rest` (where one word of several is a family name), `NAME.others` (with
    `ALIASES` between), `NAME.father`, `NAME.script` (bits of `SCRIPTS`). Null where there is none.
    """
    distinct = texts.drop_nulls().unique()
    cells = [reader(text) for text in distinct.to_list()]
    table = pl.DataFrame(
        {
            "text": distinct,
            f"{name}.words": _joined([cell.words for cell in cells]),
            f"{name}.count": pl.Series([len(cell.words) for cell in cells], dtype=pl.Int32),
            f"{name}.initials": _joined([cell.initials for cell in cells]),
            f"{name}.family": _joined([cell.family for cell in cells]),
            f"{name}.rest": _joined([cell.rest for cell in cells]),
            f"{name}.others": _joined([cell.others for cell in cells], ALIASES),
            f"{name}.father": pl.Series([cell.father for cell in cells], dtype=pl.String),
            f"{name}.script": pl.Series(
                [SCRIPTS[cell.script] if cell.script else 0 for cell in cells], dtype=pl.Int32
            ),
        }
    )
    joined = pl.DataFrame({"text": texts}).join(table, on="text", how="left", maintain_order="left")
    return joined.drop("text").with_columns(pl.col(f"{name}.count", f"{name}.script").fill_null(0))


def script_named(bits: pl.Expr) -> pl.Expr:
    """The script of some bits; `mixed` where there are several."""
    named = {bit: script for script, bit in SCRIPTS.items()}
    told = {n: named.get(n, "mixed") for n in range(1, sum(SCRIPTS.values()) + 1)}
    return bits.replace_strict(told, default=None, return_dtype=pl.String)


def _joined(words: Sequence[Sequence[str]], between: str = " ") -> pl.Series:
    """The words of each cell as one text; null where there is none."""
    texts = [w[0] if len(w) == 1 else between.join(w) or None for w in words]
    return pl.Series(texts, dtype=pl.String)
