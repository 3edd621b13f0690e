"""The marks of a trend: a line for what was found, a band, arrows and gaps for the estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.charts.layout import spread
from aiqyn.report.charts.marks import Row, is_shown
from aiqyn.report.charts.palette import palette
from aiqyn.report.charts.runs import BOX, absent_boxes, absent_signs, unbroken
from aiqyn.report.model import ReportModel

ARROW = 0.14  # of the axis; how far the arrow of a lower bound reaches
CIRCLE = 20  # px; the room of a numbered circle
LABEL_STEP = 16  # px between two last values


def marks_of(
    rows: Sequence[Row],
    axis: Sequence[float],
    per_pixel: float,
    year_width: float,
    model: ReportModel,
) -> dict[str, list[Row]]:
    """The rows as datasets of the specification; `per_pixel` in persons, `year_width` in pixels."""
    own = {name: [r for r in rows if r["series"] == name] for name in ("found", "estimated")}
    bounds = [r for r in own["estimated"] if is_bound(r)]
    banded = [r for r in own["estimated"] if not is_bound(r)]
    found, estimated = unbroken(own["found"]), unbroken(banded)

    def amid(year: float) -> float:
        return _between(estimated, axis, year) - BOX / 2 * per_pixel

    return {
        "found": found,
        "estimated": estimated,
        "diamonds": [r for r in estimated if r["value"] is not None],
        "bounds": [
            {"year": r["year"], "low": r["low"], "high": min(r["low"] + ARROW * axis[-1], axis[-1])}
            for r in bounds
        ],
        "estimated_grid": _grid_through(estimated, axis),
        "ends": [
            *_ends(found, "petrol", 7),
            *_ends(estimated, "ochre_mark", 9),
            *_ends(bounds, "ochre_mark", 13, ("low",)),
        ],
        "boxes": [
            *absent_boxes(own["found"], per_pixel),
            *absent_boxes(own["estimated"], per_pixel, amid),
        ],
        "signs": [
            *absent_signs(own["found"], per_pixel, year_width, model),
            *absent_signs(own["estimated"], per_pixel, year_width, model, amid),
        ],
        "refused": [
            {
                "year": r["year"],
                "at": _between(estimated, axis, r["year"]) if r["series"] == "estimated" else 0,
            }
            for r in rows
            if r["state"] == "refused"
        ],
    }


def _grid_through(rows: Sequence[Row], axis: Sequence[float]) -> list[Row]:
    """Pieces of the grid over the band, so that its height can still be read."""
    return [
        {"year": a["year"], "year_to": b["year"], "at": at}
        for a, b in pairwise(rows)
        if a["run"] == b["run"]
        for at in axis
        if max(a["low"], b["low"]) < at < min(a["high"], b["high"])
    ]


def is_bound(row: Row) -> bool:
    """Whether an estimate is a lower bound: its upper end is not known."""
    return is_shown(row) and row["high"] is None and row["low"] is not None


def _ends(
    rows: Sequence[Row], role: str, size: int, ends: Sequence[str] = ("low", "high")
) -> list[Row]:
    colour = palette()["role"][role]
    return [
        {"year": row["year"], "at": row[end], "size": size, "colour": colour}
        for row in rows
        for end in ends
    ]


def _between(estimated: Sequence[Row], axis: Sequence[float], year: float) -> float:
    """The height of an absent estimate: half way between the shown years beside it."""
    before = [_middle(r) for r in estimated if r["year"] < year][-1:]
    after = [_middle(r) for r in estimated if r["year"] > year][:1]
    beside = before + after
    return float(sum(beside) / len(beside)) if beside else axis[-1] / 2


def last_values(rows: Sequence[Row], lang: str, per_pixel: float) -> list[Row]:
    """The value of the last year of each series, moved apart where they would touch."""
    final = max(row["year"] for row in rows)
    shown = sorted((row for row in rows if row["year"] == final and is_shown(row)), key=_middle)
    places = spread([_middle(row) / per_pixel for row in shown], LABEL_STEP)
    return [
        {
            "year": final,
            "at": place * per_pixel,
            "text": _printed(row, lang),
            "colour": palette()["series"][row["series"]]["colour"],
        }
        for row, place in zip(shown, places, strict=True)
    ]


def _middle(row: Row) -> float:
    """Where a row's number is printed: at its value, amid its range, or at its lower bound."""
    if row["value"] is not None:
        return float(row["value"])
    return float(row["low"] if row["high"] is None else (row["low"] + row["high"]) / 2)


def _printed(row: Row, lang: str) -> str:
    if row["value"] is None:
        return voice.between_text(row["low"], row["high"], "persons", lang)
    return words.number(row["value"], lang)


def changes_of(
    changes: Sequence[Mapping[str, Any]], top: float, per_pixel: float, year_width: float
) -> list[Row]:
    """Numbered circles at the top; one stands lower where two would touch."""
    placed: list[Row] = []
    for change in sorted(changes, key=lambda c: c["year"]):
        near = [p for p in placed if (change["year"] - p["year"]) * year_width < CIRCLE]
        level = min(set(range(len(near) + 1)) - {p["level"] for p in near})
        at = top - (3 + level * CIRCLE) * per_pixel
        placed.append({"year": change["year"], "level": level, "at": at, "zero": 0})
        placed[-1]["number"] = str(change["mark"])
    return placed
