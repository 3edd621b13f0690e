"""SDG 16.2.2 for the report, from printed numbers alone: detected, undetected, per 100,000.

The rows of a group are given where the number detected in it is printed and where it has an
estimate; without an estimate its row says that it was refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from aiqyn.observatory.hidden_part.group_histories import COARSE, SEXES
from aiqyn.observatory.hidden_part.passing_on import rounded
from aiqyn.report.hidden_evidence import EstimateLine, HiddenEvidence

ALL = "_all"
Group = tuple[str, str]  # dimension and code
Residents = Mapping[Group, int]
WHOLE: Group = (ALL, ALL)
CODES = {"sex": SEXES, "age_group": tuple(dict.fromkeys(COARSE.values()))}
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
    residents: Residents,
    groups: Mapping[Group, int] | None = None,
) -> pl.DataFrame:
    """Two rows, detected and undetected, of all and of each group; none where detected is hidden.

    Parameters
    ----------
    value : estimate of persons in all, where it may be printed
    detected : victims of the year on any record, the fewest and the most that the records allow
    residents : of the country in the year, and of its groups, where they are known
    groups : victims of the year in each group, as they are printed
    """
    if detected is None:
        return pl.DataFrame(schema=SCHEMA)
    fewest, most = map(float, detected)
    found = {"value": most, "low": fewest, "high": most}
    ends = {"value": value, "low": hidden.low, "high": hidden.high}
    dark = {name: _beyond(total, found[name], name) for name, total in ends.items()}
    rows = [
        _row("detected", ALL, found, residents.get(WHOLE)),
        _row("undetected", ALL, dark, residents.get(WHOLE)),
    ]
    for group, n in (groups or {}).items():
        line = _line(hidden, group)
        if line is not None:
            rows += _of_group(group, n, n * fewest / most if most else 0.0, line, residents)
    return pl.DataFrame(rows, schema=SCHEMA)


def groups_detected(sex_age: pl.DataFrame, year: int) -> dict[Group, int]:
    """Victims of the year by sex and of children and adults, as far as they are printed."""
    own = sex_age.filter(pl.col("year") == str(year), pl.col("n").is_not_null())
    found: dict[Group, int] = {}
    for name, other in (("sex", "age_group"), ("age_group", "sex")):
        margin = own.filter((pl.col(other) == ALL) & pl.col(name).is_in(CODES[name]))
        found |= {(name, code): n for code, n in margin.select(name, "n").iter_rows()}
    return found


def _line(hidden: HiddenEvidence, group: Group) -> EstimateLine | None:
    dimension, code = group
    return next((x for x in hidden.groups.get(dimension, ()) if x.code == code), None)


def _of_group(
    group: Group, most: int, fewest: float, line: EstimateLine, residents: Residents
) -> list[Mapping[str, Any]]:  # Any: a column of SCHEMA
    """A group's two rows; of those detected as large a share may be somebody else as of all."""
    goes_off = {"value": float(most), "low": fewest, "high": float(most)}
    ends = {"value": line.value, "low": line.low, "high": line.high}
    dark = {name: _beyond(total, goes_off[name], name) for name, total in ends.items()}
    counted = {"value": float(most), "low": None, "high": None}
    state = "refused" if line.refused else "shown"
    return [
        _row("detected", group[1], counted, residents.get(group)),
        _row("undetected", group[1], dark, residents.get(group), state),
    ]


def _beyond(total: float | None, detected: float, name: str) -> float | None:
    """Persons beyond those detected, never fewer than none; ends rounded outwards.

    The lower end of the estimate is that with the fewest persons detected, so these go off it.
    """
    if total is None:
        return None
    return rounded(max(0.0, total - detected), {"low": False, "high": True}.get(name))


def _row(
    series: str,
    code: str,
    numbers: Mapping[str, float | None],
    residents: int | None,
    state: str = "shown",
) -> Mapping[str, Any]:  # Any: a column of SCHEMA
    rates = {
        f"per_100k{'' if name == 'value' else '_' + name}": None
        if n is None or not residents
        else round(PER * n / residents, 2)
        for name, n in numbers.items()
    }
    return {"series": series, "code": code, **numbers, **rates, "state": state}
