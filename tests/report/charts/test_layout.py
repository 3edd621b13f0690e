"""Labels stand inside the picture, apart from one another, and are large enough to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest

from aiqyn.report.charts.lettering import text_width, wrap

SVG = "{http://www.w3.org/2000/svg}"
SMALLEST = 12  # px; LOOK §3
EASE = 1.5  # px that two boxes may touch: letters are lower than their line


@dataclass(frozen=True)
class Label:
    """A text of the picture and the box it takes, in pixels."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    def touches(self, other: Label) -> bool:
        """Whether the two boxes overlap."""
        return (
            self.left < other.right - EASE
            and other.left < self.right - EASE
            and self.top < other.bottom - EASE
            and other.top < self.bottom - EASE
        )


def moved(element):
    """The shift of an element's transform."""
    transform = element.get("transform", "")
    assert not re.search("rotate|scale|matrix", transform), "a chart's labels are horizontal"
    found = re.findall(r"translate\((-?[\d.]+),(-?[\d.]+)\)", transform)
    return sum(float(x) for x, _ in found), sum(float(y) for _, y in found)


def labels(element, x=0.0, y=0.0):
    """Every label below `element`; a halo and its text are one."""
    dx, dy = moved(element)
    x, y = x + dx, y + dy
    if element.tag == f"{SVG}text":
        yield box(element, x, y)
    if element.tag not in (f"{SVG}pattern", f"{SVG}defs"):
        for child in element:
            yield from labels(child, x, y)


def box(element, x, y):
    """The box of one text, from its baseline and the font's own widths."""
    size = float(element.get("font-size").removesuffix("px"))
    text = "".join(element.itertext())
    wide = text_width(text, size, bold=element.get("font-weight") == "bold")
    wide = float(element.get("textLength", wide))
    x, y = x + float(element.get("x", 0)), y + float(element.get("y", 0))
    left = x - {"middle": wide / 2, "end": wide}.get(element.get("text-anchor"), 0)
    return Label(text, left, left + wide, y - 0.72 * size, y + 0.2 * size, size)


CASES = [
    (kind, lang, width)
    for kind in (
        "trend_band", "pyramid", "ten_persons", "small_multiples",
        "tile_map", "verdict_bars", "dot_interval", "overlap", "model_shares",
    )
    for lang in ("kk", "ru", "en")
    for width in ("page", "phone", "print")
]  # fmt: skip


@pytest.mark.parametrize(("kind", "lang", "width"), CASES)
def test_labels_are_inside_apart_and_large_enough(drawings, kind, lang, width):
    drawing = drawings[kind, lang, width]
    found = list(dict.fromkeys(labels(ElementTree.fromstring(drawing.svg))))
    assert found
    for label in found:
        assert label.size >= SMALLEST
        assert label.left >= -1, label
        assert label.right <= drawing.width + 1, label
        assert label.top >= -1, label
        assert label.bottom <= drawing.height + 1, label
    touching = [(a.text, b.text) for i, a in enumerate(found) for b in found[:i] if a.touches(b)]
    assert not touching


def test_the_phone_picture_is_redrawn_not_shrunk(drawings):
    for (_, _, width), drawing in drawings.items():
        if width == "phone":
            assert drawing.width == 328
            assert 'viewBox="0 0 328 ' in drawing.svg


def test_a_digit_is_as_wide_as_the_font_says():
    # Noto Sans: every digit advances 572 of 1000 units, in both weights used here.
    assert text_width("0123456789", 100) == pytest.approx(572, abs=0.5)
    assert text_width("0123456789", 100, bold=True) == pytest.approx(572, abs=0.5)


def test_every_kazakh_letter_and_sign_is_in_the_font():
    missing = text_width("\ue000", 1000)  # a private letter, drawn as .notdef
    assert missing > 0
    for letter in "ӘәҒғҚқҢңӨөҰұҮүҺһІі№«»–₸…—×−":
        assert text_width(letter, 1000) != missing, letter


def test_a_label_wraps_between_words_and_never_inside_one():
    assert wrap("Принуждение к попрошайничеству", 135, 13, bold=True) == (
        "Принуждение к",
        "попрошайничеству",
    )
    assert wrap("құпияландырылған", 10, 13) == ("құпияландырылған",)
