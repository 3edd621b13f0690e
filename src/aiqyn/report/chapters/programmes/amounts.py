"""Numbers of effects as slots: as many decimals as matter, bounds that are not there in words."""

from __future__ import annotations

from datetime import date

from aiqyn.report.model import Count, Slot, Text, Words

TINY = 0.001


def amount(value: float | None) -> Slot:
    """An effect or one end of it; without an end, the words for that."""
    if value is None:
        return Words("effects.unbounded")
    if 0 < abs(value) < TINY:
        return Text("<0.001")
    return Count(value, decimals(value))


def decimals(value: float) -> int:
    """Three figures that matter, as on the card."""
    size = abs(value)
    if size == int(size) and size >= 1:
        return 0
    return 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3


def year_and_month(day: date) -> Slot:
    """``2022-07``: the same in every language."""
    return Text(f"{day.year}-{day.month:02d}")


def money(value: float, currency: str | None) -> tuple[Slot, Slot]:
    """Amount and currency (ISO 4217)."""
    return Count(round(value)), Text(currency or "")
