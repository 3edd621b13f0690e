"""Years in a line: where a series is unbroken, and how an absent year is marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiqyn.report.charts.layout import expression, thinned
from aiqyn.report.charts.marks import Row, box_style, is_shown, sign
from aiqyn.report.charts.vega import rows_with_paint

BOX = 16  # px; the height of the box of an absent value, whatever the value
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
            value = row["value"]
            low, high = (value if row.get(end) is None else row[end] for end in ("low", "high"))
            kept = {"year": row["year"], "value": value, "low": low, "high": high}
            numbered.append({**kept, "run": run})
        before = row["year"]
    return numbered


def absent_box(row: Mapping[str, Any], per_pixel: float) -> Row:
    """The box of an absent year: it stands on the axis and is as high as any other."""
    edges = {"from": 0, "to": BOX * per_pixel, "text": sign(row["state"])}
    return {"year": row["year"], **edges, **rows_with_paint(box_style(row["state"]))}


def year_axis(years: Sequence[int], plot: float) -> dict[str, Any]:
    """Ticks and labels of the years, as many as fit side by side in `plot` pixels."""
    shown = thinned(range(min(years), max(years) + 1), int(plot // YEAR_ROOM))
    return {"year_ticks": shown, "year_labels": expression({y: str(y) for y in shown})}
