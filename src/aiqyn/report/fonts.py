"""The faces of the web page: Noto Sans and Noto Serif, cut down to our letters, as woff2.

Fonts are inputs, like the agencies' files: they come out of the pinned packages
``fontpkg-noto-sans`` and ``fontpkg-noto-serif``, never from the machine, and the same package
gives the same bytes.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont


@dataclass(frozen=True, slots=True)
class Face:
    """One face of the page: its CSS family, weight, and the package and file it is cut from."""

    family: str
    weight: int
    package: str
    file: str


FACES = (
    Face("Noto Sans", 400, "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    Face("Noto Sans", 700, "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    Face("Noto Serif", 400, "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf"),
)

# Latin, Cyrillic and the Kazakh letters of cyrillic-ext, then punctuation, ₸, № and our signs.
RANGES = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x400, 0x52F), (0x2010, 0x2027), (0x202F, 0x203A),
    (0x20AC, 0x20AC), (0x20B8, 0x20B8), (0x2116, 0x2116), (0x2190, 0x2193),
    (0x2212, 0x2212), (0x2260, 0x2265),
)  # fmt: skip
FEATURES = ("kern",)  # figures are tabular by default; our letters need no substitution
WIDTH = 100  # per cent: the upright width of the variable faces


def letters() -> Iterator[int]:
    """The code points that every face carries."""
    for first, last in RANGES:
        yield from range(first, last + 1)


@cache
def woff2(face: Face) -> bytes:
    """The face as woff2 bytes: our letters only, one weight, one width."""
    font = _instance(face)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


@cache
def font_faces() -> str:
    """The ``@font-face`` rules of the page, each with its font inside."""
    return "\n".join(_rule(face) for face in FACES)


def _rule(face: Face) -> str:
    data = base64.b64encode(woff2(face)).decode("ascii")
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-style:normal;'
        f"font-display:block;src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )


def _instance(face: Face) -> TTFont:
    from fontTools.varLib import instancer

    axes = {"wght": face.weight, "wdth": WIDTH}
    return instancer.instantiateVariableFont(_subset(face.package, face.file), axes)


@cache
def _subset(package: str, file: str) -> TTFont:
    """The variable font with our letters only; shared by its weights, for it is the slow step."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    source = files(package).joinpath("files", file).read_bytes()
    # The time of saving would be written into the file: the same font must give the same bytes.
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    options = subset.Options(layout_features=list(FEATURES), hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(letters()))
    cutter.subset(font)
    return font
