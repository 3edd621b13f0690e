"""The report prints the threshold that the office chose, in every medium and language."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader
from small_evidence import cleared, evidence

from aiqyn import words
from aiqyn.report import compose
from aiqyn.report.charts import draw
from aiqyn.report.html import write_html
from aiqyn.report.pdf import write_pdf
from aiqyn.report.rendering import WIDTHS, charts_of

SMALL_UNDER_FIVE = {
    "kk": ("<5", "1–4", "төрт"),
    "ru": ("<5", "от 1 до 4", "четырёх человек"),
    "en": ("<5", "1 to 4", "one to four"),
}
SMALL_UNDER_TEN = {"kk": "1–9 адам", "ru": "от 1 до 9 чел.", "en": "1 to 9 persons"}


def written(threshold: int, lang: str) -> dict[str, str]:
    """What a reader of a small year reads, by medium; every chart that can has a small value."""
    groups = {("sexual",): 70, ("labour",): "small", ("_all",): 120}
    regions = {("R-1",): 100, ("R-2",): "small", ("R-3",): "small", ("_all",): 124}
    tables = {
        **evidence().tables,
        "victims_form_group": cleared("victims_form_group", ("form_group",), groups),
        "victims_region": cleared("victims_region", ("region",), regions),
    }
    model = compose(evidence(threshold=threshold, tables=tables))
    drawings = {
        chart.id: {width: draw(chart, model, lang, width=width) for width in WIDTHS}
        for chart in charts_of(model)
    }
    pdf = PdfReader(BytesIO(write_pdf(model, lang, drawings)))
    drawn = [drawing for widths in drawings.values() for drawing in widths.values()]
    media = {
        "html": re.sub(r"<style>.*?</style>", "", write_html(model, lang, drawings), flags=re.S),
        "pdf": " ".join(page.extract_text() for page in pdf.pages),
        "svg": " ".join(drawing.svg for drawing in drawn),
        "legend": " ".join(key.text for drawing in drawn for key in drawing.signs),
    }
    return {name: re.sub(r"\s+", " ", unescape(text)) for name, text in media.items()}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_threshold_of_ten_is_what_the_reader_reads(lang):
    media = written(10, lang)
    for name, text in media.items():
        assert "<10" in text, name
        assert not [old for old in SMALL_UNDER_FIVE[lang] if old in text], name
    assert SMALL_UNDER_TEN[lang] in media["html"]
    assert SMALL_UNDER_TEN[lang] in media["pdf"]
    assert "9" in media["legend"]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_threshold_of_five_reads_as_the_published_tables_do(lang):
    media = written(5, lang)
    sign, most, _ = SMALL_UNDER_FIVE[lang]
    assert all(sign in text for text in media.values())
    assert all(most in media[name] for name in ("html", "pdf", "legend"))


def test_the_hatched_box_is_as_long_as_the_threshold_whatever_it_hides():
    def length(threshold: int, state: str) -> set[float]:
        model = compose(evidence(threshold=threshold))
        chart = next(c for c in charts_of(model) if c.kind == "pyramid")
        rows = tuple(
            {**row, "state": state, "value": None, "low": None, "high": None}
            if row["state"] == "small"
            else row
            for row in chart.rows
        )
        spec = draw(replace(chart, rows=rows), model, "en").spec
        return {abs(box["length"]) for box in spec["datasets"]["boxes"]}

    assert length(5, "small") == length(5, "hidden") == {5}
    assert length(10, "small") == length(10, "hidden") == {10}
