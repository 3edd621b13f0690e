"""What the gate withholds is taken out of the hidden number's evidence before any chapter reads it.

The evidence should hold nothing that may not be printed. This is the second lock: a value that
slipped through can reach neither a sentence nor a chart, neither a table nor the model's JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from aiqyn.report.hidden_evidence import EstimateLine, HiddenEvidence, Publish

Lines = tuple[EstimateLine, ...]
VALUES = ("value", "per_100k")
UPPER = ("high", "per_100k_high")
LOWER = ("low", "per_100k_low")
ESTIMATED = "undetected"  # the series of SDG 16.2.2 that is an estimate


def permitted(hidden: HiddenEvidence) -> HiddenEvidence:
    """The same evidence, with no more of an estimate in it than its gate lets through."""
    publish = hidden.publish
    return replace(
        hidden,
        low=None if publish == "nothing" else hidden.low,
        high=hidden.high if publish in ("estimate", "range") else None,
        by_method=_lines(hidden.by_method, publish),
        without_list=_lines(hidden.without_list, publish),
        merged=_lines(hidden.merged, publish),
        models=_lines(hidden.models, publish),
        by_year=_years(hidden, publish),
        groups={name: _lines(lines, publish) for name, lines in hidden.groups.items()},
        change=hidden.change if publish in ("estimate", "range") else hidden.change.clear(),
        sdg=_sdg(hidden.sdg, publish),
    )


def _lines(lines: Sequence[EstimateLine], publish: Publish) -> Lines:
    return tuple(_line(line, publish) for line in lines)


def _line(line: EstimateLine, publish: Publish) -> EstimateLine:
    if publish == "nothing" or line.refused is not None:
        ends = dict.fromkeys(("value", "low", "high", "low80", "high80"))
        return replace(line, **ends)  # type: ignore[arg-type]
    if publish == "lower_bound":
        return replace(line, value=None, high=None, low80=None, high80=None)
    return replace(line, value=None) if publish == "range" else line


def _years(hidden: HiddenEvidence, publish: Publish) -> Lines:
    """Each year had a gate of its own; the report's year has this one."""
    own = str(hidden.year)
    return tuple(_line(x, publish if x.code == own else "estimate") for x in hidden.by_year)


def _sdg(table: pl.DataFrame, publish: Publish) -> pl.DataFrame:
    withheld = {
        "estimate": (),
        "range": VALUES,
        "lower_bound": (*VALUES, *UPPER),
        "nothing": (*VALUES, *UPPER, *LOWER),
    }[publish]
    estimated = pl.col("series") == ESTIMATED
    return table.with_columns(
        pl.when(estimated).then(None).otherwise(pl.col(name)).alias(name)
        for name in withheld
        if name in table.columns
    )
