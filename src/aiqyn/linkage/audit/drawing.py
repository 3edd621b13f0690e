"""Who is searched for by hand: persons drawn by lot, each of their records on a row of its own.

The rows say nothing of what the linkage held: no key of a person, and an order drawn by lot. So the
searcher cannot follow it, and pairs that blocking never looked at are found as well as the others.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.linkage.lists import SHOWN

ANSWER = "answer"


def draw_audit(records: pl.DataFrame, sample: int, seed: int) -> pl.DataFrame:
    """The rows to be searched by hand.

    Parameters
    ----------
    records : `list`, `record_id`, `person_id`, `sealed` and what the searcher needs
    sample : persons to be drawn, each as likely as any other; all of them where there are fewer

    Returns
    -------
    The columns of `SHOWN` and an empty `answer`. A sealed record never shows, nor a person of whom
    only sealed records exist.

    Raises
    ------
    InputRefused (LINK-010) when there is nobody to draw.
    """
    open_to_all = records.filter(~pl.col("sealed"))
    persons = open_to_all["person_id"].unique().sort()
    if not len(persons) or sample < 1:
        raise InputRefused("LINK-010", n=sample)
    rng = np.random.default_rng(seed)
    drawn = persons.gather(rng.permutation(len(persons))[:sample])
    rows = open_to_all.filter(pl.col("person_id").is_in(drawn.implode())).sort("list", "record_id")
    shuffled = rows[rng.permutation(rows.height)]
    return shuffled.select(*SHOWN, pl.lit(None, pl.String).alias(ANSWER))
