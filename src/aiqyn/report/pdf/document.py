"""The one door of the room: the report model in, the bytes of a PDF out."""

from __future__ import annotations

from collections.abc import Mapping

from aiqyn.report.charts.drawing import Drawing
from aiqyn.report.model import ReportModel
from aiqyn.report.pdf.manuscript import manuscript
from aiqyn.report.pdf.page_filling import filled
from aiqyn.report.pdf.typesetting import places, typeset

Drawings = Mapping[str, Mapping[str, Drawing]]


def write_pdf(model: ReportModel, lang: str, drawings: Drawings) -> bytes:
    """The report as a PDF/UA-1 file in `lang`: A4, tagged, with bookmarks and numbered notes.

    Parameters
    ----------
    model : the whole report; the same model gives the same bytes.
    lang : ``kk``, ``ru`` or ``en``.
    drawings : chart id -> width -> the chart as drawn; the width ``print`` is used here.

    Returns
    -------
    PDF 1.7, every font embedded, dated with the day of publication.
    """
    pages = filled(manuscript(model, lang, drawings), places)
    return typeset(pages, model.meta.published)
