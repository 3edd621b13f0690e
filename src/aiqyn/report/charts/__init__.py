"""The charts of the report: nine kinds, three languages, three widths.

The names below are fetched when first asked for, so that ``import aiqyn.report.charts`` costs
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.report.charts.chart import draw
    from aiqyn.report.charts.drawing import Drawing, LegendKey

__all__ = ["Drawing", "LegendKey", "draw"]

_HOME = {
    "Drawing": "drawing",
    "LegendKey": "drawing",
    "draw": "chart",
}

__getattr__ = lazily(__name__, _HOME)
