"""The act that a recorded form already names: a child recorded as sold was sold."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def with_implied_acts(table: pl.DataFrame) -> pl.DataFrame:
    """The records with `acts` where none were recorded and a form says one (``implies_act``).

    Acts that say anything stay as they are: ``["none"]`` and ``["unknown"]`` too.
    """
    import polars as pl

    if "forms" not in table.columns:
        return table
    said = pl.col("forms").list.eval(
        pl.element().replace_strict(_implied(), default=None, return_dtype=pl.String)
    )
    acts = said.list.drop_nulls().list.unique(maintain_order=True)
    implied = pl.when(acts.list.len() > 0).then(acts)
    own = [pl.col("acts")] if "acts" in table.columns else []
    return table.with_columns(pl.coalesce(*own, implied).alias("acts"))


@cache
def _implied() -> dict[str, str]:
    """Form -> act."""
    from aiqyn.standard import code_list

    return code_list("form").crosswalk("implies_act")
