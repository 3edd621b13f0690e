"""One row a period, in order, without gaps: repeated rows are taken once, missing ones put in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.signals.series.judged import Caution

LONGEST_GAP = 3  # years; a longer one is a wrong year or date, not a gap


def in_order(
    table: pl.DataFrame, units: Sequence[str], freq: int
) -> tuple[pl.DataFrame, tuple[Caution, ...]]:
    """The table by period, and cautions on rows that were repeated, moved or put in.

    Raises
    ------
    InputRefused: one period twice with different counts (SIG-004); a gap of more than
    `LONGEST_GAP` years (SIG-005).
    """
    keys = ["date"] if "date" in table.columns else ["year", "period"]
    once = table.unique(subset=[*keys, *units], keep="first", maintain_order=True)
    if once.select(keys).is_duplicated().any():
        at = once.filter(once.select(keys).is_duplicated())
        raise InputRefused("SIG-004", year=at["year"][0], period=at["period"][0])
    cautions = []
    if once.height < table.height:
        cautions.append(Caution("SIG-101", {"n": table.height - once.height}))
    ordered = once.sort(keys)
    if not ordered.select(keys).equals(once.select(keys)):
        cautions.append(Caution("SIG-102"))
    filled = _without_gaps(ordered, freq)
    if filled.height > ordered.height:
        cautions.append(Caution("SIG-103", {"n": filled.height - ordered.height}))
    return filled, tuple(cautions)


def _without_gaps(table: pl.DataFrame, freq: int) -> pl.DataFrame:
    """The table with a row of nulls for each missing period."""
    rows: list[dict[str, Any]] = []  # Any: cells of a table
    for row in table.iter_rows(named=True):
        steps = _steps(rows[-1], row, freq) if rows else 1
        if steps > LONGEST_GAP * freq:
            raise InputRefused("SIG-005", year=row["year"], period=row["period"])
        for _ in range(steps - 1):
            rows.append(_following(rows[-1], freq))
        rows.append(row)
    return pl.DataFrame(rows, schema=table.schema, orient="row")


def _steps(before: dict[str, Any], row: dict[str, Any], freq: int) -> int:
    """Periods from one row to the next."""
    if "date" in row:
        return _apart(before["date"], row["date"], freq)
    years = row["year"] - before["year"]
    ends = max(freq, before["period"])  # a 53rd week, a 366th day
    first = ends - before["period"] + row["period"] + freq * (years - 1)
    steps = row["period"] - before["period"] if years == 0 else first
    if "t" in row and before.get("t") is not None and row["t"] is not None:
        steps = max(steps, row["t"] - before["t"])
    return max(1, int(steps))


def _apart(before: date, day: date, freq: int) -> int:
    """Periods from one date to the next."""
    if freq == 12:
        return max(1, 12 * (day.year - before.year) + day.month - before.month)
    return max(1, round((day - before).days / (7 if freq == 52 else 1)))


def _following(row: dict[str, Any], freq: int) -> dict[str, Any]:
    """The period after `row`, nothing known of it."""
    made: dict[str, Any] = dict.fromkeys(row)
    if "date" in row:
        made["date"] = _next_day(row["date"], freq)
    last = row["period"] >= freq
    made["year"], made["period"] = row["year"] + last, 1 if last else row["period"] + 1
    if row.get("t") is not None:
        made["t"] = row["t"] + 1
    return made


def _next_day(day: date, freq: int) -> date:
    if freq == 12:
        return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
    return day + timedelta(days=7 if freq == 52 else 1)
