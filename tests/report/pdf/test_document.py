"""What a reader's program, a screen reader and a printer find in the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from pypdf.generic import IndirectObject

from aiqyn import words
from aiqyn.report.voice import text

LANGUAGES = ("kk", "ru", "en")
A4 = (595, 842)  # points
MARGIN = 20 * 72 / 25.4  # points


def whole_text(pdf) -> str:
    """Every page's text, with its spaces and line ends made one."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """The structure elements in reading order."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_says_its_title_its_language_and_that_it_is_tagged(opened, samal, lang):
    pdf = opened(lang)
    title = text(samal.chapters[0].title, lang, samal)
    assert pdf.metadata.title == title
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith(lang)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part>1<" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_thing_read_aloud_is_the_title_and_no_level_is_skipped(opened, lang):
    names = [str(e["/S"]) for e in elements(opened(lang).trailer["/Root"]["/StructTreeRoot"])]
    assert names[names.index("/Document") + 1] == "/H1"
    levels = [int(name[2]) for name in names if re.fullmatch(r"/H\d", name)]
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_has_the_words_that_replace_it(opened, samal, lang):
    from .conftest import charts_of

    tree = opened(lang).trailer["/Root"]["/StructTreeRoot"]
    told = [str(e["/Alt"]) for e in elements(tree) if e["/S"] == "/Figure" and "/Alt" in e]
    for chart in charts_of(samal):
        assert text(chart.alt, lang, samal) in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_are_tables_with_heads(opened, lang):
    names = [str(e["/S"]) for e in elements(opened(lang).trailer["/Root"]["/StructTreeRoot"])]
    assert names.count("/Table") >= 7
    assert names.count("/TH") > 20


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bookmarks_lead_to_the_contents_and_to_every_chapter(opened, samal, lang):
    marks = [str(mark.title) for mark in opened(lang).outline if not isinstance(mark, list)]
    assert words.say("page.contents", lang) in marks
    for chapter in samal.chapters[1:]:
        assert f"{chapter.number}. {text(chapter.title, lang, samal)}" in marks


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_font_is_inside_the_file(opened, lang):
    fonts = {}
    for page in opened(lang).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            descendant = font["/DescendantFonts"][0].get_object()
            fonts[str(font["/BaseFont"])] = descendant["/FontDescriptor"].get_object()
    assert fonts
    for name, descriptor in fonts.items():
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_come_back_as_they_went_in(opened, samal, lang):
    found = whole_text(opened(lang))
    for chapter in samal.chapters[1:]:
        assert text(chapter.title, lang, samal) in found
    told = re.sub(r"\s+", " ", words.say("report.callout.detection", lang))
    assert told in found


def test_a_kazakh_sentence_keeps_its_letters_and_its_spaces(opened):
    assert (
        "Жәбірленушілер көбірек анықталған өңірде іздеу жұмысы жақсырақ жүргізілуі мүмкін."
        in whole_text(opened("kk"))
    )


@pytest.mark.parametrize(
    ("lang", "figure", "table"),
    [
        ("kk", "4-сурет.", "4-кесте."),
        ("ru", "Рис. 4.", "Таблица 4."),
        ("en", "Figure 4.", "Table 4."),
    ],
)
def test_figures_and_tables_are_numbered_as_the_language_does(opened, lang, figure, table):
    found = whole_text(opened(lang)).replace("\u00a0", " ")
    assert figure in found
    assert table in found


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_nothing_of_the_furniture_is_left_in_english(opened, lang):
    found = whole_text(opened(lang))
    for word in ("Figure", "Table ", "Contents", "Chapter", "Symbols", "invented", "version"):
        assert word not in found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_page_is_a4_and_says_that_the_data_are_invented(opened, lang):
    for page in opened(lang).pages:
        assert sorted(map(round, page.mediabox[2:])) == list(A4)
        assert words.say("page.invented", lang) in page.extract_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_begins_outside_the_margins(opened, lang):
    for page in opened(lang).pages:
        places: list[tuple[float, str]] = []
        page.extract_text(
            visitor_text=lambda t, cm, tm, font, size, to=places: to.append(
                (tm[4] * cm[0] + cm[4], t)
            )
        )
        right = float(page.mediabox.width) - MARGIN
        written = [(x, t) for x, t in places if t.strip()]
        assert all(MARGIN - 1 <= x <= right for x, t in written)
