"""Which verdicts can fall together on one person: what a reader of the laws knows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import polars as pl

from aiqyn.standard import classify, code_list

AGES = (10.0, 30.0, None)  # years: a child and an adult under every law, and an age not known


def verdict_combinations(verdicts: pl.DataFrame, definitions: Sequence[str]) -> pl.DataFrame:
    """The combinations of verdicts that can occur: a column a definition, a row a combination.

    Laws nest. Who is a victim under the narrow one is a victim under the wide one, and so the
    numbers under one definition bound those under another; the attack must know it.

    Parameters
    ----------
    verdicts : output of `assess`; what occurred belongs to what can occur.

    Notes
    -----
    Judged are all records with at most one act, means and purpose. More of them add no combination
    under the four laws that are shipped (tried with pairs); one that did would stand in `verdicts`.
    """
    names = list(definitions)
    occurred = _side_by_side(verdicts.rename({"person_id": "id"}), names)
    possible = _side_by_side(classify(_records(), names), names)
    return pl.concat([occurred, possible]).unique().sort(names)


def _side_by_side(verdicts: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    wide = verdicts.select("id", "definition", "verdict").pivot(
        "definition", index="id", values="verdict"
    )
    return wide.select(names).unique()


def _records() -> pl.DataFrame:
    acts, means = (_single(code_list(name).codes()) for name in ("act", "means"))
    purposes = _single(code_list("form").frame["purpose"].drop_nulls().unique().sort().to_list())
    lists = pl.List(pl.String)
    schema: dict[str, pl.DataType] = {"age": pl.Float64(), "acts": lists}
    schema |= {"means": lists, "purposes": lists}
    rows = list(product(AGES, acts, means, purposes))
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_row_index("id").with_columns(pl.col("id").cast(pl.String))


def _single(codes: Sequence[str]) -> list[list[str] | None]:
    """Not recorded, recorded as absent, and each code by itself."""
    return [None, ["none"], *([code] for code in codes if code != "none")]
