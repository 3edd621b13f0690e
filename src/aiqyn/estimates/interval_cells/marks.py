"""What a suppressed count says: ``<5`` is 0 to 4, ``1-4`` is 1 to 4, ``x`` says nothing."""

from __future__ import annotations

import re

BELOW = re.compile(r"<\s*(\d{1,4})")
AT_MOST = re.compile(r"(?:≤|<=)\s*(\d{1,4})")
RANGE = re.compile(r"(\d{1,4})\s*[-–—]\s*(\d{1,4})")
WITHOUT_BOUNDS = {"x", "х", "c", "с", "s", "*", "**", "***", "..", "...", "…"}  # both alphabets
WIDEST = 1000  # numbers in a range; wider ones are no suppression


def bounds(cell: str) -> tuple[int, int] | None:
    """Fewest and most persons that a mark of suppression allows; None where it names no bounds.

    ``<5`` is read as in `docs/methods/less_than_five.md`: in another office's table zeros may be
    hidden too. An office that prints zeros as 0 writes ``1-4``.

    Examples
    --------
    >>> bounds("<5"), bounds("≤ 4"), bounds("1-4"), bounds("x")
    ((0, 4), (0, 4), (1, 4), None)
    """
    if found := BELOW.fullmatch(cell):
        return _sound(0, int(found[1]) - 1)
    if found := AT_MOST.fullmatch(cell):
        return _sound(0, int(found[1]))
    if found := RANGE.fullmatch(cell):
        return _sound(int(found[1]), int(found[2]))
    return None


def is_mark(cell: str) -> bool:
    """Whether the cell stands for a number that somebody withheld."""
    return cell[:1] in set("<>≤≥") or cell.casefold() in WITHOUT_BOUNDS or bool(RANGE.match(cell))


def _sound(low: int, high: int) -> tuple[int, int] | None:
    return (low, high) if low <= high < low + WIDEST else None
