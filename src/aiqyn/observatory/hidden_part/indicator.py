"""SDG 16.2.2 for the report, from printed numbers alone: detected, undetected, per 100,000."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from aiqyn.observatory.hidden_part.passing_on import rounded
from aiqyn.report.hidden_evidence import HiddenEvidence

ALL = "_all"
PER = 100_000  # residents
NUMBERS = ("value", "low", "high", "per_100k", "per_100k_low", "per_100k_high")
SCHEMA = {
    "series": pl.String,
    "code": pl.String,
    **dict.fromkeys(NUMBERS, pl.Float64),
    "state": pl.String,
}


def indicator(
    hidden: HiddenEvidence,
    value: float | None,
    detected: tuple[int, int] | None,
    residents: int | None,
) -> pl.DataFrame:
    """Two rows, detected and undetected; none where the number detected is hidden.

    Parameters
    ----------
    value : estimate of persons in all, where it may be printed
    detected : victims of the year on any record, the fewest and the most that the records allow
    residents : of the country in the year; None where not known
    """
    if detected is None:
        return pl.DataFrame(schema=SCHEMA)
    fewest, most = map(float, detected)
    found = {"value": most, "low": fewest, "high": most}
    ends = {"value": value, "low": hidden.low, "high": hidden.high}
    dark = {name: _beyond(total, found[name], name) for name, total in ends.items()}
    rows = [
        _row("detected", found, residents),
        _row("undetected", dark, residents),
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def _beyond(total: float | None, detected: float, name: str) -> float | None:
    """Persons beyond those detected, never fewer than none; ends rounded outwards.

    The lower end of the estimate is that with the fewest persons detected, so these go off it.
    """
    if total is None:
        return None
    return rounded(max(0.0, total - detected), {"low": False, "high": True}.get(name))


def _row(
    series: str, numbers: Mapping[str, float | None], residents: int | None
) -> Mapping[str, Any]:  # Any: a column of SCHEMA
    rates = {
        f"per_100k{'' if name == 'value' else '_' + name}": None
        if n is None or not residents
        else round(PER * n / residents, 2)
        for name, n in numbers.items()
    }
    return {"series": series, "code": ALL, **numbers, **rates, "state": "shown"}
