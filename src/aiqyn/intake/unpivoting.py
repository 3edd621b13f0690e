"""Wide to long: one row per cell of the columns that `unpivot` names."""

from __future__ import annotations

import re

from aiqyn.intake.headings import Headings
from aiqyn.intake.mapping import Unpivot, UnpivotColumn
from aiqyn.intake.rows import FROM, Rows


def unpivoted(rows: Rows, rule: Unpivot) -> Rows:
    """The rows with ``$value``, the made columns, and `FROM`, the heading each came from."""
    import polars as pl

    parts = []
    for at, made in _chosen(rows.headings, rule).items():
        parts.append(
            rows.frame.with_columns(
                pl.col(str(at)).alias(f"${rule.value}"),
                pl.lit(rows.headings.shown(at)).alias(FROM),
                *(
                    pl.lit(made.get(name), dtype=pl.String).alias(f"${name}")
                    for name in rule.names
                    if name != rule.value
                ),
            )
        )
    if not parts:
        return Rows(rows.frame.clear(), rows.headings)
    long = pl.concat(parts).sort("@row", maintain_order=True)
    kept = long if rule.keep_empty else long.filter(pl.col(f"${rule.value}").is_not_null())
    return Rows(kept, rows.headings)


def _chosen(headings: Headings, rule: Unpivot) -> dict[int, dict[str, str]]:
    """Column -> the made columns' values."""
    chosen: dict[int, dict[str, str]] = {}
    for column in rule.columns:
        if column.heading and (at := headings.column(column.heading)) is not None:
            chosen.setdefault(at, dict(column.set))
        for at, text in enumerate(headings.texts if column.matching else ()):
            if made := _match(column, text):
                chosen.setdefault(at, made)
    return dict(sorted(chosen.items()))


def _match(column: UnpivotColumn, text: str) -> dict[str, str] | None:
    match = re.fullmatch(column.matching or "", text)
    return None if match is None else dict(column.set) | match.groupdict()
