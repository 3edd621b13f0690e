"""The chapter on the number nobody recorded in a browser, under each verdict of the gate."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiqyn.report import compose
from aiqyn.report.charts import draw
from aiqyn.report.html import write_html
from aiqyn.report.rendering import WIDTHS, charts_of

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

import small_hidden
from small_evidence import evidence

CASES = [("estimate", "kk"), ("range", "ru"), ("lower_bound", "en"), ("nothing", "kk")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one page a verdict."""
    folder = tmp_path_factory.mktemp("hidden")
    for verdict, lang in CASES:
        model = compose(evidence(hidden=small_hidden.VERDICTS[verdict]()))
        drawings = {
            chart.id: {width: draw(chart, model, lang, width=width) for width in WIDTHS}
            for chart in charts_of(model)
        }
        (folder / f"{verdict}.html").write_text(write_html(model, lang, drawings), "utf-8")
    return folder


@pytest.fixture
def opened(chromium, pages) -> Iterator:
    """Verdict and width -> the page with every box open."""
    contexts = []

    def open_(verdict: str, width: int):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.goto((pages / f"{verdict}.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("verdict", [verdict for verdict, _ in CASES])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(opened, verdict, width):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(verdict, width)
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_gate_stands_beside_the_chart_on_a_wide_page_and_under_it_on_a_phone(opened):
    def boxes(width: int):
        page = opened("estimate", width)
        chart = page.locator("#chart-hidden_methods").bounding_box()
        return chart, page.locator(".gate").bounding_box()

    chart, gate = boxes(1280)
    assert gate["x"] >= chart["x"] + chart["width"]
    chart, gate = boxes(360)
    assert gate["y"] >= chart["y"] + chart["height"]
