"""From estimates to what may leave: rounded, no more than the gate allows, from printed numbers.

An estimate passes when every number that it was made from is printed (see `pooling`): then it tells
nothing that the print does not. Where disclosure hides one of them, the year's estimates are held
back whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import ceil, floor, isfinite
from typing import Any

import polars as pl

from aiqyn.observatory.hidden_part.histories import BESIDE
from aiqyn.observatory.hidden_part.lines import LINES

STEP = 10  # persons; estimates are printed rounded to ten
ESTIMATE = "estimate_"  # tables that leave begin so
HELD_BACK = "OBS-026"
LISTED = "listed"  # persons on at least one list
PERSONS = ("low", "high")  # slots of a check that are numbers of persons
YEARS = ".residual.years"  # check that is made from the tables of other years too
WIDTH = ".width"  # check whose ratio tells the upper end to who knows the lower
LINE_TABLES = ("by_method", "without_list", "merged", "models", "by_year")
ENDS = ("value", "low", "high", "low80", "high80")
WITHHELD: Mapping[str, tuple[str, ...]] = {
    "estimate": (),
    "range": ("value",),
    "lower_bound": ("value", "high", "low80", "high80"),
    "nothing": (*ENDS, "method"),
}
# Beside a bound the other methods' lower ends would tell of a higher total.
OF_LINES = {"lower_bound": "nothing"}
Tables = Mapping[str, pl.DataFrame]


def passed_on(
    made: Tables,
    cleared: pl.DataFrame,
    opened: bool = False,
    kept: frozenset[int] = frozenset(),
) -> Tables:
    """The tables of estimates that may leave, each name behind ``estimate_``.

    Parameters
    ----------
    made : the tables of the stage `estimates`
    cleared : histories as they are printed: `year`, `history`, `n`, `status`
    opened : the histories would give away a hidden number elsewhere: then no year has an estimate
    kept : years that are printed as an earlier edition had them: an estimate made from what has
        come since would tell of it
    """
    every = set(made["gate"]["year"])
    held = every if opened else held_back(made["histories"], cleared) | (kept & every)
    gate = _gate(made["gate"], held)
    publish = dict(gate.select("year", "publish").iter_rows())
    lines = {name: _lines(made[name], publish, held) for name in LINE_TABLES}
    tables = {
        **lines,
        "by_year": _with_ends(lines["by_year"], gate),
        "by_method": _with_ends(lines["by_method"], gate),
        "gate": gate,
        "checks": _checks(made["checks"], publish, held),
        "change": _changes(made["change"], publish),
        "left_out": made["left_out"],
        "groups": made["groups"],
    }
    return {f"{ESTIMATE}{name}": table for name, table in tables.items()}


def held_back(histories: pl.DataFrame, cleared: pl.DataFrame) -> set[int]:
    """Years of which a number that the estimate was made from is not printed."""
    printed = cleared.with_columns(pl.col("year").cast(pl.Int64)).filter(status="shown")
    shown = set(printed.select("year", "history").iter_rows())
    alone = histories.filter(~pl.col("pooled") & (pl.col("history") != BESIDE))
    needed = set(alone.select("year", "history").iter_rows())
    pooled = histories.filter("pooled")["year"].unique()
    needed |= {(year, LISTED) for year in pooled}
    return {year for year, history in needed - shown}


def rounded(value: float | None, up: bool | None = None) -> float | None:
    """To ten persons: the nearest, or the next below or above for an end of a range."""
    if value is None or not isfinite(value):
        return None
    tens = value / STEP
    return float(STEP * (floor(tens + 0.5) if up is None else ceil(tens) if up else floor(tens)))


def _gate(gate: pl.DataFrame, held: set[int]) -> pl.DataFrame:
    rows = []
    for row in gate.iter_rows(named=True):
        if row["year"] in held:
            row = {"year": row["year"], "publish": "nothing", "refused": HELD_BACK}
        rows.append(_allowed(row, row["publish"]))
    return pl.DataFrame(rows, schema=gate.schema)


def _lines(lines: pl.DataFrame, publish: Mapping[int, str], held: set[int]) -> pl.DataFrame:
    rows = [
        _allowed(row, OF_LINES.get(publish[row["year"]], publish[row["year"]]))
        for row in lines.iter_rows(named=True)
        if row["year"] not in held
    ]
    return pl.DataFrame(rows, schema=LINES)


def _allowed(row: dict[str, Any], publish: str) -> dict[str, Any]:  # Any: a column
    """The row without what its year's gate withholds, rounded."""
    kept = {name: _end(name, row[name]) if name in ENDS else row[name] for name in row}
    return {**kept, **dict.fromkeys(name for name in WITHHELD[publish] if name in row)}


def _end(name: str, value: float | None) -> float | None:
    return rounded(value, {"low": False, "high": True}.get(name.rstrip("80")))


def _with_ends(lines: pl.DataFrame, gate: pl.DataFrame) -> pl.DataFrame:
    """The main line of a year with the ends that the gate prints, which are the wider ones."""
    chief = dict(gate.select("year", "method").iter_rows())
    ends = {year: (low, high) for year, low, high in gate.select("year", "low", "high").iter_rows()}
    rows = []
    for row in lines.iter_rows(named=True):
        if row["main"] or row["code"] == str(row["year"]):
            low, high = ends[row["year"]] if chief[row["year"]] else (None, None)
            row = {**row, "low": low, "high": high, "low80": None, "high80": None}
        rows.append(row)
    return pl.DataFrame(rows, schema=LINES)


def _changes(change: pl.DataFrame, publish: Mapping[int, str]) -> pl.DataFrame:
    """The changes between years that may both print an upper end."""
    told = {year for year, allowed in publish.items() if allowed in ("estimate", "range")}
    return change.filter(pl.col("year").is_in(told) & (pl.col("year") - 1).is_in(told))


def _checks(checks: pl.DataFrame, publish: Mapping[int, str], held: set[int]) -> pl.DataFrame:
    rows = [
        {**row, **_check(row["key"], json.loads(row["slots"]), publish[row["year"]], bool(held))}
        for row in checks.iter_rows(named=True)
        if row["year"] not in held
    ]
    return pl.DataFrame(rows, schema=checks.schema)


def _check(key: str, slots: dict[str, Any], publish: str, held: bool) -> dict[str, str]:
    """Its sentence with rounded numbers; without any where the gate withholds what they tell.

    Parameters
    ----------
    held : whether a year is held back: then a number made from all years would tell of its table
    """
    persons = set(PERSONS) & set(slots)
    told = (persons or key.endswith(WIDTH)) and publish in ("nothing", "lower_bound")
    if told or (held and key.endswith(YEARS)):
        return {"key": f"{key}.withheld", "slots": "{}"}
    ends = {name: rounded(slots[name], up=name == "high") for name in persons}
    return {"key": key, "slots": json.dumps({**slots, **ends})}
