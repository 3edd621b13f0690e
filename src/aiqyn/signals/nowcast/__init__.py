"""Reporting delay: how many of the last days' events are still to be reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiqyn.lazy_names import lazily

if TYPE_CHECKING:
    from aiqyn.signals.nowcast.day_totals import NowcastDay, nowcast_days
    from aiqyn.signals.nowcast.line_list import LineList, known_reports, read_line_list

__all__ = ["LineList", "NowcastDay", "known_reports", "nowcast_days", "read_line_list"]

__getattr__ = lazily(
    __name__,
    {
        "LineList": "line_list",
        "NowcastDay": "day_totals",
        "known_reports": "line_list",
        "nowcast_days": "day_totals",
        "read_line_list": "line_list",
    },
)
