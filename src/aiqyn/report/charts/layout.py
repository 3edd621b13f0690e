"""Places on the sheet: room for labels, ticks that fit, labels that do not touch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf
from typing import Any

from aiqyn.report.charts.lettering import widest, wrap
from aiqyn.report.charts.palette import type_size


def type_sizes() -> dict[str, int]:
    """The sizes of type as places of a specification."""
    return {name: type_size(name) for name in ("label", "small", "line")}


def label_width(texts: Sequence[str], size: float | None = None, *, bold: bool = False) -> int:
    """Whole pixels that the widest of `texts` takes."""
    return ceil(widest(texts, size or type_size("label"), bold=bold))


def expression(labels: Mapping[float, str]) -> str:
    """A Vega expression that gives each tick its ready-made label."""
    ready = {
        f"{value + 0:g}" if abs(value) < 1e6 else f"{value:.0f}": text
        for value, text in labels.items()
    }
    return f"({json.dumps(ready, ensure_ascii=False)})[datum.value]"


def thinned(years: Sequence[int], at_most: int) -> list[int]:
    """At most `at_most` years, evenly spaced, counted back so that the last is always there."""
    if len(years) <= at_most:
        return list(years)
    steps = len(years) - 1
    even = [s for s in range(1, steps + 1) if steps % s == 0 and steps // s + 1 <= at_most]
    step = even[0] if even and steps // even[0] >= 1 else steps
    return list(years[::-1][::step][::-1])


def spread(places: Sequence[float], step: float, end: float = inf) -> list[float]:
    """Sorted `places` moved so that neighbours stand at least `step` apart, none beyond `end`."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + step) if moved else place)
    limit = end
    for at in reversed(range(len(moved))):
        moved[at] = min(moved[at], limit)
        limit = moved[at] - step
    return moved


@dataclass(frozen=True, slots=True)
class RowPlan:
    """Where the rows of a chart with long labels stand, in pixels of the plot.

    Attributes
    ----------
    column : width of the label column left of the plot; 0 where labels stand over their rows.
    tops : the upper edge of each row's marks.
    labels : one entry a line of text, ``{"at": middle of the line, "text": the words}``.
    height : of the plot.
    """

    column: int
    tops: tuple[float, ...]
    labels: tuple[dict[str, Any], ...]
    height: int


def row_plan(
    names: Sequence[str], *, content: float, gap: float, head: float, room: float, stacked: bool
) -> RowPlan:
    """Rows of `content` px with `gap` px between them, labels beside or (`stacked`) over them."""
    size, step = type_size("label"), type_size("line")
    lines = [wrap(name, room, size) for name in names]
    column = 0 if stacked else label_width([line for block in lines for line in block]) + 12
    tops, labels, y = [], [], head
    for block in lines:
        tall = len(block) * step
        top = y + tall + 2 if stacked else y + max(0.0, (tall - content) / 2)
        first = y + step / 2 if stacked else top + content / 2 - (tall - step) / 2
        labels += [{"at": first + i * step, "text": line} for i, line in enumerate(block)]
        tops.append(top)
        under = 0.0 if stacked else max(0.0, (tall - content) / 2)
        y = top + content + under + gap
    return RowPlan(column, tuple(tops), tuple(labels), ceil(y))


def lines_above(lines: Sequence[str], foot: float) -> list[dict[str, Any]]:
    """Lines of a heading over a plot: ``{"text", "dy"}``, the last one `foot` px above it."""
    step, last = type_size("line"), len(lines) - 1
    return [{"text": line, "dy": -foot - (last - i) * step} for i, line in enumerate(lines)]
