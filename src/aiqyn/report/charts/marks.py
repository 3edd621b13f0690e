"""The marks of a chart: rows that are safe to draw, and how each state is drawn.

This is the gate of the room: a row whose state hides its value loses the value here, before any
scale, length or label is worked out, whatever the row was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

from aiqyn.report import voice
from aiqyn.report.charts.lettering import capital
from aiqyn.report.charts.palette import palette
from aiqyn.report.model import Chart, ReportModel, Sentence

Row = dict[str, Any]
STEPS = (1, 2, 2.5, 5, 10)
VISIBLE = ("shown", "zero")
NUMBERS = ("value", "low", "high", "shade", "estimate")
# What a hidden row keeps: where it stands and how it is drawn, nothing that was counted.
PLACES = (
    *("year", "series", "age_group", "sex", "group", "form_group", "region"),
    *("tile_row", "tile_col", "definition", "verdict", "code", "main", "refusal", "name", "lists"),
)


def safe_rows(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The rows with a `state`; a hidden row keeps only where it stands (`PLACES`)."""
    return [_safe(row) for row in rows]


def is_shown(row: Mapping[str, Any]) -> bool:
    """Whether the row may show its value (a true zero is a value)."""
    return row["state"] in VISIBLE


def box_style(state: str) -> Mapping[str, Any]:
    """How an absent value's box is drawn; a refusal is a cross, not a box."""
    style: Mapping[str, Any] = palette()["state"][state]
    return style


def ticks(top: float, about: int = 4, *, whole: bool = True) -> list[float]:
    """Round tick values from 0 to the first at or above `top`, about `about` steps."""
    rough = max(top, 1e-9) / about
    power = 10.0 ** floor(log10(rough))
    step = next(s * power for s in STEPS if s * power >= rough * 0.999)
    if whole:
        step = max(1, step if step == int(step) else ceil(step))
    return [round(i * step, 10) for i in range(ceil(top / step - 1e-9) + 1)] or [0]


def tops(rows: Iterable[Mapping[str, Any]]) -> list[float]:
    """The largest shown number of each row: its upper end, or its value."""
    ends = ([row.get("high"), row.get("value"), row.get("low")] for row in rows)
    return [max(present) for end in ends if (present := [v for v in end if v is not None])]


def row_name(row: Row, chart: Chart, lang: str, model: ReportModel) -> str:
    """What a row is called: its `name` (a slot or a sentence), or the label of its `code`."""
    name = row.get("name")
    if isinstance(name, Sentence):
        text = voice.text(name, lang, model)
    elif name is not None:
        text = voice.slot_text(name, lang, model)
    else:
        text = voice.label(chart.extra["code_list"], row["code"], lang, model)
    return capital(text)


def in_order(codes: Iterable[str], order: Sequence[str]) -> list[str]:
    """The distinct `codes` in the fixed `order`; the rest after them as they came."""
    seen = list(dict.fromkeys(codes))
    return [c for c in order if c in seen] + [c for c in seen if c not in order]


def interval_of(row: Mapping[str, Any]) -> tuple[float, float]:
    """Both ends of a shown row; its value where it has none."""
    value = row["value"]
    low, high = row.get("low"), row.get("high")
    return (value if low is None else low, value if high is None else high)


def _safe(row: Mapping[str, Any]) -> Row:
    state = row.get("state") or "shown"
    if state in VISIBLE:
        return {**row, "state": state}
    named = {key: value for key, value in row.items() if key in PLACES}
    return {**named, **dict.fromkeys(NUMBERS), "state": state}
