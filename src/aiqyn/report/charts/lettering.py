"""How wide a text is in Noto Sans, and where it breaks: measured from the font, not the machine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

STACK = (
    "'Noto Sans', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"  # LOOK §3
)
FAMILY = "Noto Sans"


@cache
def font_folder() -> Path:
    """The folder of the pinned package that holds the variable Noto Sans."""
    import fontpkg_noto_sans

    return Path(str(fontpkg_noto_sans.__file__)).parent / "files"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The advance width of `text` in pixels at `size` pixels."""
    advances, unit = _advances(700 if bold else 400)
    return float(sum(advances(letter) for letter in text) * size / unit)


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """`text` in lines no wider than `room` pixels; a single word is never broken."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def capital(text: str) -> str:
    """`text` with a capital at its beginning, inside a quotation mark too."""
    at = 1 if text[:1] in "«“" else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def widest(texts: Sequence[str], size: float, *, bold: bool = False) -> float:
    """The width in pixels of the widest of `texts`; 0 where there are none."""
    return max((text_width(text, size, bold=bold) for text in texts), default=0.0)


@cache
def _advances(weight: int) -> tuple[Any, int]:
    """A function letter -> advance in font units, and the units of one em."""
    from fontTools.ttLib import TTFont

    font = TTFont(next(font_folder().glob("NotoSans[[]*.ttf")), lazy=True)
    glyphs, letters = font.getGlyphSet(location={"wght": weight}), font.getBestCmap()

    @cache
    def advance(letter: str) -> float:
        return float(glyphs[letters.get(ord(letter), ".notdef")].width)

    return advance, int(font["head"].unitsPerEm)
