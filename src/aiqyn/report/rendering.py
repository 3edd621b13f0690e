"""The report model to files: a web page and a PDF in each language, and the model itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from aiqyn.report.model import Chart, ReportModel

WORKERS = 2  # an office machine has two cores


def render(
    model: ReportModel,
    languages: Sequence[str],
    advance: Callable[[float, str], None] = lambda done, what: None,
) -> dict[str, bytes]:
    """File name -> content: ``report.<lang>.html``, ``report.<lang>.pdf`` and ``report.json``.

    Each language is drawn in a process of its own, two at a time; the bytes do not depend on it.
    """
    pages = {"report.json": model.to_json().encode()}
    advance(0.0, ", ".join(languages))
    with ProcessPoolExecutor(min(WORKERS, len(languages)), get_context("spawn")) as workers:
        drawn = workers.map(_one_language, [model] * len(languages), languages)
        for place, files in enumerate(drawn, start=1):
            pages.update(files)
            advance(place / len(languages), languages[place - 1])
    return pages


def charts_of(model: ReportModel) -> tuple[Chart, ...]:
    """Every chart of the report, in order."""
    blocks = (block for chapter in model.chapters for block in chapter.blocks)
    return tuple(block for block in blocks if isinstance(block, Chart))


def _one_language(model: ReportModel, lang: str) -> dict[str, bytes]:
    from aiqyn.report.charts import draw
    from aiqyn.report.html import write_html
    from aiqyn.report.pdf import write_pdf

    drawings = {
        chart.id: {w: draw(chart, model, lang, width=w) for w in ("page", "phone", "print")}
        for chart in charts_of(model)
    }
    return {
        f"report.{lang}.html": write_html(model, lang, drawings).encode(),
        f"report.{lang}.pdf": write_pdf(model, lang, drawings),
    }
