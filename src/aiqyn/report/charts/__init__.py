"""The charts of the report: seven kinds, three languages, three widths, and the interval mark.

The names below are fetched when first asked for, so that ``import aiqyn.report.charts`` costs
nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiqyn.report.charts.chart import draw
    from aiqyn.report.charts.drawing import Drawing, LegendKey
    from aiqyn.report.charts.key_figure import interval_mark

__all__ = ["Drawing", "LegendKey", "draw", "interval_mark"]

_HOME = {
    "Drawing": "drawing",
    "LegendKey": "drawing",
    "draw": "chart",
    "interval_mark": "key_figure",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"aiqyn.report.charts.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
