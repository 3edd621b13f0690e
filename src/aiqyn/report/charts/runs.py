"""Years in a line: where a series is unbroken, and how an absent year is marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiqyn.report import voice
from aiqyn.report.charts.layout import expression, label_width, thinned
from aiqyn.report.charts.marks import Row, box_style, interval_of, is_shown
from aiqyn.report.charts.vega import rows_with_paint
from aiqyn.report.model import ReportModel

Foot = Callable[[float], float]

BOX = 16  # px; the height of the box of an absent value, whatever the value
WIDEST_BOX = 14  # px
SIGN_AIR = 4  # px between two signs
SIGN_STEP = 14  # px from one level of signs to the next
YEAR_ROOM = 40  # px that the label of a year takes


def unbroken(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The shown rows of one series, in order of years, numbered by `run`.

    A new run begins after an absent year, so that no line is drawn across it. Both ends of the
    interval are there; where a row had none, they are its value.
    """
    run, numbered, before = 0, [], None
    for row in sorted(rows, key=lambda r: r["year"]):
        if not is_shown(row) or (before is not None and row["year"] != before + 1):
            run += 1
        if is_shown(row):
            low, high = interval_of(row)
            kept = {"year": row["year"], "value": row["value"], "low": low, "high": high}
            numbered.append({**kept, "run": run})
        before = row["year"]
    return numbered


def on_the_axis(year: float) -> float:
    """Where boxes stand unless told otherwise: on zero."""
    return 0.0


def absent_boxes(
    rows: Sequence[Mapping[str, Any]], per_pixel: float, foot: Foot = on_the_axis
) -> list[Row]:
    """Boxes of absent years, each as high as any other; `foot` gives their lower edge by year."""
    return [
        {
            "year": row["year"],
            "from": foot(row["year"]),
            "to": foot(row["year"]) + BOX * per_pixel,
            **rows_with_paint(box_style(row["state"])),
        }
        for row in rows
        if not is_shown(row) and row["state"] != "refused"
    ]


def absent_signs(
    rows: Sequence[Mapping[str, Any]],
    per_pixel: float,
    year_width: float,
    model: ReportModel,
    foot: Foot = on_the_axis,
) -> list[Row]:
    """Signs over those boxes: one for neighbours of one state, a step higher where two touch.

    `per_pixel` is the height of a pixel in units of the axis, `year_width` of a year in pixels.
    """
    placed: list[Row] = []
    for state, first, last in _stretches(rows):
        year, text = (first + last) / 2, voice.sign(state, model)
        room = (label_width([text]) + SIGN_AIR) / year_width
        near = {s["level"] for s in placed if year - s["year"] < (room + s["room"]) / 2}
        level = min(set(range(len(near) + 1)) - near)
        at = foot(year) + (BOX + 3 + level * SIGN_STEP) * per_pixel
        placed.append({"year": year, "at": at, "text": text, "level": level, "room": room})
    return [{key: s[key] for key in ("year", "at", "text")} for s in placed]


def _stretches(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int]]:
    """State, first and last year of each stretch of neighbouring years with one absence."""
    found: list[tuple[str, int, int]] = []
    for row in sorted(rows, key=lambda r: r["year"]):
        if is_shown(row) or row["state"] == "refused":
            continue
        if found and found[-1][0] == row["state"] and found[-1][2] == row["year"] - 1:
            found[-1] = (row["state"], found[-1][1], row["year"])
        else:
            found.append((row["state"], row["year"], row["year"]))
    return found


def box_width(year_width: float) -> float:
    """Pixels across the box of an absent year, so that neighbours do not touch."""
    return max(4.0, min(WIDEST_BOX, year_width - 3))


def year_axis(years: Sequence[int], plot: float) -> dict[str, Any]:
    """Ticks and labels of the years, as many as fit side by side in `plot` pixels."""
    shown = thinned(range(min(years), max(years) + 1), int(plot // YEAR_ROOM))
    return {"year_ticks": shown, "year_labels": expression({y: str(y) for y in shown})}
