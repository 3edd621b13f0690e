"""The queue of pairs in doubt: both records side by side, no probability, an empty decision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake.open_file import open_file
from aiqyn.linkage.lists import SHOWN

DECISION = "decision"
PAIR = "pair"


def draw_queue(
    records: pl.DataFrame, pairs: pl.DataFrame, doubt: tuple[float, float], sample: int, seed: int
) -> pl.DataFrame:
    """Pairs to be judged, each on one row.

    Parameters
    ----------
    records : `record` (number), `sealed` and the columns of `SHOWN`
    pairs : `left`, `right`, `probability`, as the model scored them
    doubt : probabilities between which a pair is in doubt
    sample : pairs to be drawn; all of them where there are fewer

    Returns
    -------
    `pair` (its number in this queue), the columns of `SHOWN` as ``…_1`` and ``…_2`` and an empty
    `decision`. Sealed records are never in it, and nothing tells how likely the model holds a pair.

    Raises
    ------
    InputRefused (LINK-015) when no pair is in doubt.
    """
    low, high = doubt
    open_to_all = records.filter(~pl.col("sealed")).select(pl.col("record").cast(pl.Int64), *SHOWN)
    known = open_to_all["record"].implode()
    inside = pl.col("probability").is_between(low, high, closed="left")
    in_doubt = pairs.filter(inside, pl.col("left").is_in(known), pl.col("right").is_in(known))
    if not in_doubt.height or sample < 1:
        raise InputRefused("LINK-015")
    rng = np.random.default_rng(seed)
    drawn = in_doubt.sort("left", "right")[rng.permutation(in_doubt.height)[:sample]]
    sides = [
        drawn.select(pl.col(end).alias("record"))
        .join(open_to_all, on="record", how="left", maintain_order="left")
        .select(pl.col(*SHOWN).name.suffix(f"_{side}"))
        for side, end in ((1, "left"), (2, "right"))
    ]
    number = pl.int_range(1, drawn.height + 1, eager=True).alias(PAIR)
    return pl.concat([number.to_frame(), *sides], how="horizontal").with_columns(
        pl.lit(None, pl.String).alias(DECISION)
    )


def for_reader(queue: pl.DataFrame, reader: int, seed: int) -> pl.DataFrame:
    """The queue in an order of the reader's own, so that tiredness falls on other pairs."""
    rng = np.random.default_rng([seed, reader])
    return queue[rng.permutation(queue.height)]


def third_queue(reader_file: str | Path, pairs: Sequence[int]) -> pl.DataFrame:
    """The pairs that two readers left open, from the file of one of them, undecided again."""
    cells = open_file(Path(reader_file))[0].cells
    rows = cells[1:].rename(dict(zip(cells.columns, map(str, cells.row(0)), strict=True)))
    wanted = rows.filter(pl.col(PAIR).cast(pl.Int64, strict=False).is_in(list(pairs)))
    return wanted.with_columns(pl.lit(None, pl.String).alias(DECISION))
