"""What a chart becomes: a picture, the specification behind it, and the words that replace it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class LegendKey:
    """One line of the legend: a small picture of the mark, and its words."""

    svg: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn chart.

    Attributes
    ----------
    svg : the picture; text stays text, ids are this chart's own.
    spec : the Vega-Lite specification in the reader's language; empty for charts drawn by hand.
    alt : the finding and its interval in words.
    legend : the keys in the order of the marks; they stand above the chart, outside the picture.
    legend_title : words before the keys, or empty.
    signs : keys of the ways in which values of this chart are absent.
    width, height : size of the picture in pixels.
    """

    svg: str
    spec: Mapping[str, Any]
    alt: str
    legend: tuple[LegendKey, ...] = ()
    legend_title: str = ""
    signs: tuple[LegendKey, ...] = ()
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a module of one kind of chart hands back before it is framed.

    `body` is SVG drawn by hand, or None where `spec` is drawn by Vega-Lite.
    """

    width: int
    height: int
    spec: Mapping[str, Any] = field(default_factory=dict)
    body: str | None = None
    left: float = 0
    top: float = 0
