from __future__ import annotations

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from aiqyn.report.fonts import FACES, font_faces, woff2

# The test string of the look: every face and weight must hold it.
LETTERS = "Ә ә Ғ ғ Қ қ Ң ң Ө ө Ұ ұ Ү ү Һ һ І і № « » – ₸ − … · “ ” ’ ‑"


@pytest.mark.parametrize("face", FACES, ids=lambda face: f"{face.family} {face.weight}")
def test_every_face_holds_every_kazakh_letter(face):
    letters = TTFont(BytesIO(woff2(face))).getBestCmap()
    assert [c for c in LETTERS if ord(c) not in letters] == []


@pytest.mark.parametrize("face", FACES, ids=lambda face: f"{face.family} {face.weight}")
def test_a_face_is_one_weight_and_light(face):
    font = TTFont(BytesIO(woff2(face)))
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == face.weight
    assert len(woff2(face)) < 45_000


def test_the_same_package_gives_the_same_bytes():
    from aiqyn.report import fonts

    first = woff2(FACES[2])
    fonts.woff2.cache_clear()
    fonts._subset.cache_clear()
    assert woff2(FACES[2]) == first


def test_each_face_is_declared_with_its_font_inside():
    rules = font_faces()
    assert rules.count("@font-face") == len(FACES)
    assert rules.count("url(data:font/woff2;base64,") == len(FACES)
