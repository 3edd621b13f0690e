"""The marks of a chart of dots and intervals: whole ones, bounds, ranges, and those that leave."""

from __future__ import annotations

from collections.abc import Sequence

from aiqyn.report.charts.marks import Row, box_style, interval_of, is_shown, tops
from aiqyn.report.charts.palette import colour, palette
from aiqyn.report.charts.vega import rows_with_paint
from aiqyn.report.model import Chart

ROW = 20  # px; the height of a row's marks
BOX = 0.05  # of the axis; the length of the box of an absent value, whatever the value
ARROW = 0.16  # of the axis; how far the arrow of a lower bound reaches
BEYOND = 2.5  # printed intervals' upper ends; what ends farther leaves the plot as an arrow


def marks_of(rows: Sequence[Row], middles: Sequence[float], end: float) -> dict[str, list[Row]]:
    """The rows as datasets of the specification; `end` is where the axis stops."""
    placed = [_placed(row, at) for row, at in zip(rows, middles, strict=True)]
    shown = [row for row in placed if is_shown(row)]
    open_ = [row for row in shown if is_lower_bound(row)]
    closed = [
        {**row, **dict(zip(("low", "high"), interval_of(row), strict=True))}
        for row in shown
        if not is_lower_bound(row)
    ]
    whole = [row for row in closed if row["high"] <= end]
    cut = [row for row in closed if row["low"] < end < row["high"]]
    beyond = [{**row, "x": end} for row in (*closed, *open_) if row["low"] >= end]
    arrows = [
        *({**row, "x": min(row["low"] + ARROW * end, end)} for row in open_ if row["low"] < end),
        *({**row, "x": end} for row in cut),
    ]
    return {
        "intervals": [*whole, *({**row, "high": row["x"]} for row in arrows)],
        "ends": [
            *({**row, "x": row[e]} for row in whole for e in ("low", "high")),
            *({**row, "x": row["low"]} for row in arrows),
        ],
        "dots": [row for row in closed if row["value"] is not None and row["value"] <= end],
        "arrows": [*arrows, *beyond],
        "boxes": [
            _box(row, end) for row in placed if not is_shown(row) and row["state"] != "refused"
        ],
        "refused": [
            {"x": BOX * end / 2, "at": row["at"]} for row in placed if row["state"] == "refused"
        ],
    }


def highest(rows: Sequence[Row]) -> float:
    """The end of the axis: the highest mark, but not far beyond the printed interval."""
    main = [row["high"] for row in rows if row.get("main") and row.get("high")]
    bounds = [row["low"] / (1 - ARROW) for row in rows if is_lower_bound(row)]
    top = max([*tops(rows), *bounds], default=1)
    return min(top, BEYOND * main[0]) if main else top


def _placed(row: Row, at: float) -> Row:
    return {**{key: value for key, value in row.items() if key != "name"}, "at": at, **_look(row)}


def is_lower_bound(row: Row) -> bool:
    """Whether the row has a low end alone."""
    return row.get("low") is not None and row.get("high") is None


def _look(row: Row) -> Row:
    """The main row in its series' colour and heavier, the others in grey ink."""
    series = palette()["series"][row.get("series", "estimated")]
    main = bool(row.get("main"))
    own = series["colour"] if main or series["filled"] else colour("ink_2")
    return {
        "colour": own,
        "fill": own if series["filled"] else colour("paper"),
        "shape": series["shape"],
        "dash": series["dash"],
        "weight": 3 if main else 1.8,
        "size": 110 if main else 70,
    }


def band_of(chart: Chart, rows: Sequence[Row], pieces: Sequence[tuple[float, float]]) -> list[Row]:
    """The interval of the printed estimate behind the marks, with a line at its value.

    None where that estimate is hidden: its band would give it away.
    """
    main = next((row for row in rows if row.get("main")), {"state": "shown"})
    given = chart.extra.get("band") or main
    if not is_shown(main) or given.get("low") is None or given.get("high") is None:
        return []
    ends = {"low": given["low"], "high": given["high"], "value": main.get("value")}
    return [{**ends, "top": top, "bottom": bottom} for top, bottom in pieces]


def _box(row: Row, end: float) -> Row:
    edges = {"from": 0, "to": BOX * end, "top": row["at"] - ROW / 2, "bottom": row["at"] + ROW / 2}
    return {**edges, **rows_with_paint(box_style(row["state"]))}
