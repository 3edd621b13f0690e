"""The report's pages in Debian's Chromium, opened as a reader does: from a folder, no server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from aiqyn.report.charts import draw
from aiqyn.report.html import write_html
from aiqyn.report.model import Chart, ReportModel

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = ("page", "phone", "print")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    missing = pytest.mark.skip(reason=f"{CHROMIUM} is not on this machine")
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(missing)


def _sample() -> ReportModel:
    path = Path(__file__).parents[1] / "report" / "sample_report.py"
    spec = spec_from_file_location("sample_report", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    model: ReportModel = module.sample_model()
    return model


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample report in three languages, its charts drawn."""
    model, folder = _sample(), tmp_path_factory.mktemp("published")
    charts = [b for chapter in model.chapters for b in chapter.blocks if isinstance(b, Chart)]
    for lang in model.meta.languages:
        drawings = {
            chart.id: {width: draw(chart, model, lang, width=width) for width in WIDTHS}
            for chart in charts
        }
        page = write_html(model, lang, drawings)
        (folder / f"report.{lang}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, folder: Path) -> Iterator[Callable[..., Any]]:
    """Language (and width, place, scripts) -> the page opened; its requests stand in `asked`."""
    contexts = []

    def open_page(lang: str, *, width: int = 1280, at: str = "", scripts: bool = True) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto((folder / f"report.{lang}.html").as_uri() + at)
        return page

    yield open_page
    for context in contexts:
        context.close()
