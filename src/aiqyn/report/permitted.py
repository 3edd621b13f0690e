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
        by_method=_lines(hidden.by_method, hidden),
        without_list=_lines(hidden.without_list, hidden),
        merged=_lines(hidden.merged, hidden),
        models=_lines(hidden.models, hidden),
        by_year=_years(hidden),
        groups={name: _groups(lines, hidden) for name, lines in hidden.groups.items()},
        change=hidden.change if publish in ("estimate", "range") else hidden.change.clear(),
        sdg=_sdg(hidden),
    )


def _lines(lines: Sequence[EstimateLine], hidden: HiddenEvidence) -> Lines:
    """Of a lower bound only the printed one: the others would tell of a higher total."""
    if hidden.publish == "lower_bound":
        return tuple(_bound(x, hidden.low) if x.main else _withheld(x) for x in lines)
    return tuple(_line(x, hidden.publish) for x in lines)


def _groups(lines: Sequence[EstimateLine], hidden: HiddenEvidence) -> Lines:
    """Under a lower bound each group has its own, which is no larger than the whole's."""
    if hidden.publish == "lower_bound":
        return tuple(_bound(x, _at_most(x.low, hidden.low)) for x in lines)
    return tuple(_line(x, hidden.publish) for x in lines)


def _years(hidden: HiddenEvidence) -> Lines:
    """Each year had a gate of its own; the report's year has this one."""
    own = str(hidden.year)
    others = (line.code != own for line in hidden.by_year)
    lines = (
        _bound(line, hidden.low) if hidden.publish == "lower_bound" else _line(line, hidden.publish)
        for line in hidden.by_year
    )
    return tuple(
        line if other else mine
        for line, mine, other in zip(hidden.by_year, lines, others, strict=True)
    )


def _line(line: EstimateLine, publish: Publish) -> EstimateLine:
    if publish == "nothing" or line.refused is not None:
        return _withheld(line)
    return replace(line, value=None) if publish == "range" else line


def _bound(line: EstimateLine, low: float | None) -> EstimateLine:
    refused = line.refused is not None
    return replace(_withheld(line), low=None if refused else low)


def _withheld(line: EstimateLine) -> EstimateLine:
    return replace(line, value=None, low=None, high=None, low80=None, high80=None)


def _at_most(low: float | None, whole: float | None) -> float | None:
    return low if low is not None and whole is not None and low <= whole else None


def _sdg(hidden: HiddenEvidence) -> pl.DataFrame:
    withheld = {
        "estimate": (),
        "range": VALUES,
        "lower_bound": (*VALUES, *UPPER),
        "nothing": (*VALUES, *UPPER, *LOWER),
    }[hidden.publish]
    estimated = pl.col("series") == ESTIMATED
    kept = hidden.sdg.with_columns(
        pl.when(estimated).then(None).otherwise(pl.col(name)).alias(name) for name in withheld
    )
    if hidden.publish != "lower_bound":
        return kept
    above = estimated & (pl.col("low") > hidden.low)
    return kept.with_columns(
        pl.when(above).then(None).otherwise(pl.col(name)).alias(name) for name in LOWER
    )
