"""The report model to files: a web page and a PDF in each language, and the model itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

from aiqyn.report.model import Chart, ReportModel

if TYPE_CHECKING:
    from aiqyn.report.charts import Drawing
    from aiqyn.report.charts.palette import Width

WIDTHS: tuple[Width, ...] = ("page", "phone", "print")
Drawings = Mapping[str, Mapping[str, "Drawing"]]


def render(
    model: ReportModel,
    languages: Sequence[str],
    advance: Callable[[float, str], None] = lambda done, what: None,
) -> dict[str, bytes]:
    """File name -> content: ``report.<lang>.html``, ``report.<lang>.pdf`` and ``report.json``.

    A second process draws each chart once in each language and width, and sets the PDFs; this one
    cuts the fonts of the page meanwhile, which takes as long. The bytes do not depend on it.
    """
    from aiqyn.report.fonts import font_faces
    from aiqyn.report.html import write_html

    pages = {"report.json": model.to_json().encode()}
    advance(0.0, ", ".join(languages))
    with ProcessPoolExecutor(1, get_context("spawn"), _end_with_parent) as worker:
        printed = worker.map(_printed, [model] * len(languages), languages)
        font_faces()
        for place, (lang, (drawings, pdf)) in enumerate(zip(languages, printed, strict=True), 1):
            pages[f"report.{lang}.html"] = write_html(model, lang, drawings).encode()
            pages[f"report.{lang}.pdf"] = pdf
            advance(place / len(languages), lang)
    return pages


def charts_of(model: ReportModel) -> tuple[Chart, ...]:
    """Every chart of the report, in order."""
    blocks = (block for chapter in model.chapters for block in chapter.blocks)
    return tuple(block for block in blocks if isinstance(block, Chart))


def _end_with_parent() -> None:
    """End when the process that asked is killed; a worker would else wait for work for ever."""
    import os
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    def watch() -> None:
        parent = parent_process()
        wait([parent.sentinel] if parent else [])
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _printed(model: ReportModel, lang: str) -> tuple[Drawings, bytes]:
    """The charts in one language, and the PDF that holds them."""
    from aiqyn.report.charts import draw
    from aiqyn.report.pdf import write_pdf

    drawings: Drawings = {
        chart.id: {width: draw(chart, model, lang, width=width) for width in WIDTHS}
        for chart in charts_of(model)
    }
    return drawings, write_pdf(model, lang, drawings)
