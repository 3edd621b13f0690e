"""The printed sample report, set once per language, with stand-in pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from aiqyn.report.charts import Drawing
from aiqyn.report.model import Chart, ReportModel
from aiqyn.report.pdf import write_pdf
from aiqyn.report.voice import text

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 736 300" width="736" height="300">'
    '<rect width="736" height="300" fill="#E4E8EA"/></svg>'
)


def charts_of(model: ReportModel) -> tuple[Chart, ...]:
    blocks = (block for chapter in model.chapters for block in chapter.blocks)
    return tuple(block for block in blocks if isinstance(block, Chart))


def stand_ins(model: ReportModel, lang: str) -> Mapping[str, Mapping[str, Drawing]]:
    """A grey picture for each chart, with the chart's own alt text."""
    return {
        chart.id: {"print": Drawing(PICTURE, {}, text(chart.alt, lang, model))}
        for chart in charts_of(model)
    }


@pytest.fixture(scope="session")
def printed(samal: ReportModel) -> Callable[[str], bytes]:
    """The sample report's PDF in a language."""
    return cache(lambda lang: write_pdf(samal, lang, stand_ins(samal, lang)))


@pytest.fixture(scope="session")
def opened(printed: Callable[[str], bytes]) -> Callable[[str], PdfReader]:
    """The same, opened by another library."""
    return cache(lambda lang: PdfReader(BytesIO(printed(lang))))
