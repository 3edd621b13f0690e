"""A chart on the page: its pictures for each width, its legend, its words and its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from aiqyn.report.charts.drawing import Drawing
from aiqyn.report.html.grids import Grid, grid
from aiqyn.report.html.prose import Prose
from aiqyn.report.model import Chart

EFFECTS = ("event_study", "placebo_cloud", "power_curve")
# Narrow charts, whose table stands beside them.
BESIDE = ("pyramid", "tile_map", "dot_interval", "overlap", "model_shares", *EFFECTS)
MOST_BESIDE = 16  # rows; a longer table would be much taller than its chart
SMALL_TITLE = ("ten_persons",)
WIDTHS = ("page", "phone", "print")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the legend: the mark and its words."""

    mark: Markup
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart ready for its template.

    Attributes
    ----------
    pictures : width name -> SVG; only the one that fits the medium is shown.
    beside : whether the table stands beside the chart; under it, it opens.
    wide : whether the chart asks for the whole width of the page.
    """

    id: str
    kind: str
    title: str
    subtitle: Markup | None
    caption: Markup
    pictures: Mapping[str, Markup]
    legend: tuple[Key, ...]
    legend_title: str
    table: Grid | None
    beside: bool
    small_title: bool


def figure(
    chart: Chart, drawings: Mapping[str, Drawing], prose: Prose, *, gated: bool = False
) -> Figure:
    """The chart with the drawings that were made of it, by width; `gated`: beside its gate."""
    page = drawings.get("page")
    return Figure(
        chart.id,
        chart.kind,
        prose.plain(chart.title),
        prose.sentence(chart.subtitle) if chart.subtitle else None,
        prose.sentences(chart.caption),
        # Markup: the room of charts escapes the words that it draws.
        {width: Markup(drawings[width].svg) for width in WIDTHS if width in drawings},
        tuple(Key(Markup(key.svg), key.text) for key in page.legend) if page else (),
        page.legend_title if page else "",
        grid(chart.table, prose) if chart.table else None,
        chart.kind in BESIDE and not gated and len(chart.rows) <= MOST_BESIDE,
        chart.kind in SMALL_TITLE or bool(chart.extra.get("under_heading")),
    )
