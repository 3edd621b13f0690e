"""Estimates by group from printed tables alone, each no further than the gate of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from aiqyn.errors import AiqynError
from aiqyn.estimates import Subgroups, by_stratum
from aiqyn.estimates.gate.rules import gate_rules
from aiqyn.observatory.estimate_settings import EstimateSettings
from aiqyn.observatory.hidden_part.group_gate import WholeGate, group_line, whole_gate
from aiqyn.observatory.hidden_part.group_histories import DIMENSIONS, Dimension
from aiqyn.observatory.hidden_part.group_tables import PREFIX
from aiqyn.observatory.hidden_part.lines import LINES, Row
from aiqyn.observatory.hidden_part.printed_groups import PrintedGroups, printed_groups

COST = "EST-190"  # printing the groups by list would cost other numbers, or give them away
THIN = "EST-191"  # too few printed persons on two lists
LISTS = PREFIX.rstrip("_")  # histories of all victims
GROUPS = {"dimension": pl.String, **LINES}


def group_lines(
    shown: Mapping[str, pl.DataFrame],
    wanted: Mapping[str, tuple[str, ...]],
    gate: Mapping[str, object],
    settings: EstimateSettings,
) -> pl.DataFrame:
    """One line a group, or the code of its refusal; none where the whole prints nothing.

    Parameters
    ----------
    shown : the tables that are printed
    wanted : dimension -> its groups in the order of the code list
    gate : row of the report's year of `estimate_gate`, as it leaves
    """
    if gate["publish"] == "nothing" or gate["low"] is None:
        return pl.DataFrame(schema=GROUPS)
    rows = [
        {"dimension": dimension.name, **row}
        for dimension in DIMENSIONS
        if dimension.name in wanted
        for row in _dimension(shown, dimension, wanted[dimension.name], gate, settings)
    ]
    return pl.DataFrame(rows, schema=GROUPS).with_columns(pl.col("main").fill_null(False))


def _dimension(
    shown: Mapping[str, pl.DataFrame],
    dimension: Dimension,
    codes: tuple[str, ...],
    gate: Mapping[str, object],
    settings: EstimateSettings,
) -> Iterator[Row]:
    table = shown.get(f"{PREFIX}{dimension.name}")
    year = int(str(gate["year"]))
    if table is None:
        yield from (_refused(year, code, COST) for code in codes)
        return
    lists = shown[LISTS].filter(pl.col("year") == str(year)).select("history", "n")
    own = table.filter(pl.col("year") == str(year))  # beside it may stand a year printed again
    printed = printed_groups(own, dimension.name, dict(lists.iter_rows()))
    told = [code for code in codes if printed.twice(code) >= gate_rules().least_overlap]
    lines: dict[str, Row] = {}
    for group in [[code] for code in told] if dimension.many else [told]:
        if group:
            lines |= _estimated(printed, group, dimension, gate, settings)
    yield from (lines.get(code) or _refused(year, code, THIN) for code in codes)


def _estimated(
    printed: PrintedGroups,
    told: list[str],
    dimension: Dimension,
    gate: Mapping[str, object],
    settings: EstimateSettings,
) -> dict[str, Row]:
    """Lines of the groups that are told apart; everybody else stands together as one group."""
    year = int(str(gate["year"]))
    try:
        table = printed.stratified(told)
        if table is None:
            return {code: _refused(year, code, COST) for code in told}
        found = by_stratum(table, whole="table", boot=settings.part_boot, seed=settings.seed)
    except AiqynError as refusal:
        return {code: _refused(year, code, refusal.code) for code in told}
    whole = whole_gate(table.whole, found, gate)
    return {code: _line(year, found, code, whole) for code in told}


def _line(year: int, found: Subgroups, code: str, whole: WholeGate) -> Row:
    part = found.part(code)
    if part.refusal is not None:
        return _refused(year, code, part.refusal.code)
    return group_line(year, part, whole)


def _refused(year: int, code: str, why: str) -> Row:
    return {"year": year, "code": code, "refused": why, "main": False}
