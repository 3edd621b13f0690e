"""SDG 16.2.2: victims detected and, by estimate, undetected, and per 100,000 residents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiqyn.report.hidden_evidence import HiddenEvidence
from aiqyn.report.model import (
    Cell,
    Column,
    Label,
    Slot,
    State,
    Table,
    Text,
    Words,
    Year,
    sentence,
)
from aiqyn.standard import code_list

DETECTED, UNDETECTED = "detected", "undetected"
HOMES = ("sex", "age_group", "form_group", "region")  # code lists of the groups


def sdg_table(hidden: HiddenEvidence) -> tuple[Table, ...]:
    """A row a group, with both series side by side; nothing where there is no row."""
    if not hidden.sdg.height:
        return ()
    rows = hidden.sdg.to_dicts()
    codes = dict.fromkeys(row["code"] for row in rows)
    by_code = {code: {r["series"]: r for r in rows if r["code"] == code} for code in codes}
    title = sentence("report.hidden.sdg", year=Year(hidden.year))
    note = sentence("report.hidden.sdg.note")
    total = [_row(code, by_code[code]) for code in codes if code == "_all"]
    parts = [_row(code, by_code[code]) for code in codes if code != "_all"]
    shown = (tuple(parts), tuple(total)) if parts else (tuple(total), ())
    return (Table("hidden_sdg", title, _columns(), *shown, note=note),)


def _columns() -> tuple[Column, ...]:
    return (
        Column("group", sentence("report.column.group"), "label"),
        Column("detected", sentence("report.hidden.column.detected"), "count"),
        Column("detected_rate", sentence("report.column.per_100k"), "rate"),
        Column("undetected", sentence("report.hidden.column.undetected"), "count", estimated=True),
        Column("between", sentence("report.column.interval"), "interval", of="undetected"),
        Column("undetected_rate", sentence("report.column.per_100k"), "rate", estimated=True),
        Column("rate_between", sentence("report.column.interval"), "interval",
               of="undetected_rate"),
    )  # fmt: skip


def _row(code: str, series: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    cells = {}
    for name in (DETECTED, UNDETECTED):
        row = series.get(name)
        cells[name] = _cell(row, "value", "low", "high")
        rate = _cell(row, "per_100k", "per_100k_low", "per_100k_high")
        no_residents = rate.state == "refused" and cells[name].state == "shown"
        cells[f"{name}_rate"] = Cell(None, "unknown") if no_residents else rate
    return {"id": Text(code), "group": _name(code), **cells}


def _cell(row: Mapping[str, Any] | None, *names: str) -> Cell:
    if row is None:
        return Cell(None, "not_asked")
    value, low, high = (row[name] for name in names)
    state: State = row["state"]
    if state not in ("shown", "zero"):
        return Cell(None, state)
    if value is None and low is None:
        return Cell(None, "refused" if row["series"] == UNDETECTED else "unknown")
    return Cell(value, state, low, high)


def _name(code: str) -> Slot:
    if code == "_all":
        return Words("report.all")
    home = next((name for name in HOMES if code in code_list(name).codes()), "region")
    return Label(home, code)
