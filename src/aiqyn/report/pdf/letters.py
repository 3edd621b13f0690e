"""Which letters the faces of the PDF can show; the rest are written by their number.

PDF/UA-1 refuses a letter without a glyph. A name from a file must not be able to stop the report.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from aiqyn.report.charts.lettering import font_folder

SIGNS = "✕✓◆◇●■▸→←≥≤"  # ✕ is drawn by the template, the others stand in DejaVu Sans Mono
SPACES = {"\t": " ", "\n": " ", "\r": " "}
SILENT = ("Cc", "Cf", "Co", "Cs", "Cn")  # control, format, private, surrogate, unassigned


def printable(text: str) -> str:
    """`text` with every letter that no face has as ``[U+10D0]``; silent ones are left out."""
    return text if _known().issuperset(text) else "".join(map(_shown, text))


def _shown(letter: str) -> str:
    if letter in SPACES:
        return SPACES[letter]
    if unicodedata.category(letter) in SILENT:
        return ""
    return letter if letter in _known() else f"[U+{ord(letter):04X}]"


@cache
def _known() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(next(font_folder().glob("NotoSans[[]*.ttf")), lazy=True) as font:
        letters = {chr(code) for code in font.getBestCmap()}
    return frozenset(a for a in letters if unicodedata.category(a) not in SILENT) | set(SIGNS)
