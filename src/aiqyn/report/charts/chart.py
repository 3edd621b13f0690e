"""The one door of the room: a chart of the report model in, a drawing out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from aiqyn.report.charts import svg
from aiqyn.report.charts.drawing import Drawing, Sheet
from aiqyn.report.charts.legend import legend, legend_title, signs
from aiqyn.report.charts.palette import Width
from aiqyn.report.charts.vega import draw_spec
from aiqyn.report.model import Chart, ReportModel
from aiqyn.report.voice import text

Layout = Callable[[Chart, ReportModel, str, Width], Sheet]


def draw(chart: Chart, model: ReportModel, lang: str, *, width: Width = "page") -> Drawing:
    """The chart drawn in `lang`, laid out anew for the page, a phone or print.

    Parameters
    ----------
    chart : its kind says which module lays it out; hidden values are taken out first.
    model : for the labels of the country's own codes and the slots of sentences.
    width : ``page``, ``phone`` (328 px) or ``print`` (736 px, scaled to the text width).

    Returns
    -------
    Drawing whose picture has ids of its own: `chart.id`, the language and the width.
    """
    layout: Layout = import_module(f"aiqyn.report.charts.{chart.kind}").sheet
    sheet = layout(chart, model, lang, width)
    body = sheet.body or draw_spec(sheet.spec, sheet.left, sheet.top)
    alt = text(chart.alt, lang, model)
    picture = svg.framed(
        body,
        sheet.width,
        sheet.height,
        scope=svg.slug("chart", chart.id, lang, width),
        title=text(chart.title, lang, model),
        description=alt,
    )
    return Drawing(
        picture,
        sheet.spec,
        alt,
        legend=legend(chart, lang),
        legend_title=legend_title(chart, lang),
        signs=signs(chart, model, lang),
        width=sheet.width,
        height=sheet.height,
    )
