"""The inside pages of early recognition: the digest of a week, the card of a signal."""

from __future__ import annotations

from aiqyn.report.early_signals.bar_chart import alarm_chart, sparkline
from aiqyn.report.early_signals.page import CardPage, DigestPage, Frame, Row
from aiqyn.report.early_signals.region_tiles import RegionTile, named_tiles, small_tiles
from aiqyn.report.early_signals.writing import card_html, digest_html, digest_pdf

__all__ = [
    "CardPage",
    "DigestPage",
    "Frame",
    "RegionTile",
    "Row",
    "alarm_chart",
    "card_html",
    "digest_html",
    "digest_pdf",
    "named_tiles",
    "small_tiles",
    "sparkline",
]
