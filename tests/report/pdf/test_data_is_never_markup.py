"""Whatever stands in a label, a file name or a hash is printed, not obeyed."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from aiqyn.report.pdf import write_pdf
from aiqyn.report.pdf.letters import printable

from .conftest import stand_ins

HOSTILE = (
    '#panic("stop")',
    "#import sys: *",
    "*bold* _it_",
    "$x^2$",
    "@label",
    "\\u{41} \\",
    "= title",
    "[a] <b>",
    '"quote" `raw`',
    "// gone",
)


def with_region(model, name):
    labels = {**model.labels, "region": {**model.labels["region"], "XSA-02": _all(name)}}
    return replace(model, labels=labels)


def _all(name):
    keys = ("kk", "ru", "en", "kk_short", "ru_short", "en_short", "kk_loc", "ru_loc", "en_loc")
    return dict.fromkeys(keys, name)


def printed(model, lang="en"):
    reader = PdfReader(BytesIO(write_pdf(model, lang, stand_ins(model, lang))))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_markup_in_a_label_comes_back_letter_by_letter(samal):
    found = printed(with_region(samal, " ; ".join(HOSTILE)))
    for piece in HOSTILE:
        assert piece in found


def test_a_title_of_markup_stays_a_title(samal):
    labels = {**samal.labels, "country_in": {"XSA": _all("#eval(1) *in* $S$")}}
    assert "#eval(1) *in* $S$" in printed(replace(samal, labels=labels))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Әсемтау", "Әсемтау"),
        ("თბილისი"[:1], "[U+10D7]"),
        ("a\x00b\u202ec", "abc"),
        ("two\nlines", "two lines"),
        ("2 060 ₸ № « » – ✕", "2 060 ₸ № « » – ✕"),
    ],
)
def test_a_letter_without_a_glyph_is_written_by_its_number(given, shown):
    assert printable(given) == shown


def test_a_name_in_another_script_does_not_stop_the_report(samal):
    assert "[U+10D7][U+10D1]" in printed(with_region(samal, "თბ"))
