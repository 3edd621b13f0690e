"""How a hand spells: its habits, then its letters. The tables of a scheme, no rule of their own."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from aiqyn.demo.draws import Bools, Ints
from aiqyn.demo.overlapping_lists.settings import Scheme, rows


@cache
def letters(scheme: Scheme, hand: str) -> dict[str, str]:
    """What the hand writes for each letter or group of letters, the longest first."""
    told = {row["letter"]: row[hand] for row in rows(f"letters_{scheme}")}
    return dict(sorted(told.items(), key=lambda pair: -len(pair[0])))


@cache
def habits(scheme: Scheme, hand: str, sometimes: bool) -> tuple[tuple[str, str], ...]:
    """The hand's habits as (pattern, replacement), in order; occasional ones only `sometimes`."""
    wanted = ("always", "sometimes") if sometimes else ("always",)
    return tuple(
        (row["pattern"], row["replacement"])
        for row in rows(f"habits_{scheme}")
        if hand in row["hands"].split("|") and row["when"] in wanted
    )


def respell(names: pl.Series, scheme: Scheme, hand: str, *, sometimes: bool) -> pl.Series:
    """Names in small letters as the hand spells them."""
    spelled = names.unique(maintain_order=True)
    told = spelled.str.to_lowercase()
    for pattern, replacement in habits(scheme, hand, sometimes):
        told = told.str.replace_all(pattern, replacement)
    table = letters(scheme, hand)
    made = pl.DataFrame({"name": spelled, "told": told}).with_columns(
        pl.col("told").str.replace_many(list(table), list(table.values()), leftmost=True)
    )
    frame = pl.DataFrame({"name": names})
    joined = frame.join(made, on="name", how="left", maintain_order="left")
    return joined["told"].alias(names.name)


def respelled(names: pl.DataFrame, scheme: Scheme, hand: Ints, sometimes: Bools) -> pl.DataFrame:
    """Every column of `names`, each row in its own hand (index of the scheme's hands)."""
    which = hand * 2 + sometimes
    parts = []
    for kind in np.unique(which).tolist():
        part, own = names.filter(pl.Series(which == kind)), hand_names(scheme)[kind // 2]
        parts.append(part.select(respell(c, scheme, own, sometimes=kind % 2 == 1) for c in part))
    order = np.argsort(which, kind="stable")
    back = pl.Series(np.argsort(order, kind="stable"))
    return pl.concat(parts).select(pl.all().gather(back))


@cache
def hand_names(scheme: Scheme) -> tuple[str, ...]:
    """The hands of a scheme, in the order of its table of letters."""
    return tuple(name for name in rows(f"letters_{scheme}")[0] if name != "letter")
