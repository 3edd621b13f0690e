"""Rows that print a cell again with the same number: taken once, and told.

Accepted and refused rows make up the rows that were read. A row that contradicts another refuses
the whole file, for nobody knows which of them is true.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiqyn import words

CODE = "DISC-037"


def rows_told(accepted: int, again: Sequence[int]) -> dict[str, Any]:  # Any: JSON
    """How many rows were read, taken and set aside, and which; nothing where none repeats.

    Parameters
    ----------
    accepted : cells, each of one row
    again : rows of the file that repeat a cell; the heading is row 1
    """
    if not again:
        return {}
    counts = {"read": accepted + len(again), "accepted": accepted, "refused": len(again)}
    return {**counts, "cautions": [{"code": CODE, "rows": list(again)}]}


def with_caution(text: str, again: Sequence[int], lang: str) -> str:
    """The text, and which rows were set aside, if any."""
    if not again:
        return text
    told = (CODE, f"{CODE}.mend")
    return "\n".join([text, *(words.say(k, lang, rows=", ".join(map(str, again))) for k in told)])
