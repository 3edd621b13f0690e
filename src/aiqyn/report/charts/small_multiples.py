"""Small multiples: one panel a form of exploitation, one common scale, a shape for each form."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import expression, label_width, lines_above, type_sizes
from aiqyn.report.charts.lettering import wrap
from aiqyn.report.charts.marks import Row, in_order, is_shown, safe_rows, ticks, tops
from aiqyn.report.charts.palette import Width, chart_width, palette, type_size
from aiqyn.report.charts.runs import absent_boxes, absent_signs, box_width, unbroken, year_axis
from aiqyn.report.charts.vega import filled
from aiqyn.report.model import Chart, ReportModel

COLUMNS = {"page": 3, "phone": 2, "print": 3}
HEIGHT = {"page": 132, "phone": 112, "print": 108}  # plot of one panel, px
FOOT = 26  # px under a panel (years)
HEAD_FOOT = 12  # px from the last line of a panel's title to the plot
AIR = 14  # px between a row of panels and the titles of the next
GAP = 16  # px between two panels beside the labels of the axis
BEFORE = 0.5  # years of room before the first mark
MARK = 6  # px from the last mark's middle to its edge


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out: shares of 1 by form and year, each with its interval."""
    rows = safe_rows(chart.rows)
    forms = in_order((row["form_group"] for row in rows), list(palette()["form_group"]))
    total, columns = chart_width(chart.kind, width), min(COLUMNS[width], len(forms))
    axis = ticks(max(tops(rows), default=1), 3, whole=False)
    share_labels = [words.percent(v, lang) for v in axis]
    left = label_width(share_labels) + 8
    plot = (total - columns * left - (columns - 1) * GAP) / columns
    names = [_panel_title(form, lang, model) for form in forms]
    heads = {
        form: wrap(name, plot + left - 4, type_size("label"), bold=True)
        for form, name in zip(forms, names, strict=True)
    }
    tall = list(heads.values())
    first, most = (max(map(len, some)) for some in (tall[:columns], tall[columns:] or [()]))
    top, between = (type_size("line") * lines + HEAD_FOOT for lines in (first, most))
    years = [row["year"] for row in rows]
    last = label_width(_last_texts(rows, lang), bold=True) + 9
    span = (max(years) - min(years) + BEFORE) * plot / (plot - last)
    year_width = plot / span
    size = {
        **type_sizes(),
        "columns": columns,
        "gap_x": GAP + left,
        "gap_y": FOOT + AIR + between,
        "plot_width": plot,
        "plot_height": HEIGHT[width],
        "years": [min(years) - BEFORE, min(years) - BEFORE + span],
        **year_axis(years, plot - last + 30),
        "shares": [0, axis[-1]],
        "share_ticks": axis,
        "share_labels": expression(dict(zip(axis, share_labels, strict=True))),
        "forms": forms,
        "colours": [_look(form)["colour"] for form in forms],
        "shapes": [_look(form)["shape"] for form in forms],
        "box": box_width(year_width),
        "point": 45 if width == "phone" else 60,
        "head_x": -left + 2,
    }
    panels = ceil(len(forms) / columns)
    height = top + panels * (HEIGHT[width] + FOOT) + (panels - 1) * (AIR + between)
    per_pixel = axis[-1] / HEIGHT[width]
    marks = [m for form in forms for m in _marks(rows, form, per_pixel, year_width, lang, model)]
    marks += [
        {"form_group": form, "kind": "head", **line}
        for form, lines in heads.items()
        for line in lines_above(lines, HEAD_FOOT)
    ]
    spec = filled("small_multiples", lang, size, {"marks": marks})
    return Sheet(total, height, spec, left=left, top=top)


def _marks(
    rows: Sequence[Row],
    form: str,
    per_pixel: float,
    year_width: float,
    lang: str,
    model: ReportModel,
) -> list[Row]:
    own = [row for row in rows if row["form_group"] == form]
    values = unbroken(own)
    final = max(row["year"] for row in rows)
    marks: list[Row] = [
        *({"kind": "value", **v} for v in values),
        *({"kind": "end", "year": v["year"], "at": v[e]} for v in values for e in ("low", "high")),
        *({"kind": "box", **box} for box in absent_boxes(own, per_pixel)),
        *({"kind": "sign", **s} for s in absent_signs(own, per_pixel, year_width, model)),
        *(
            {"kind": "refused", "year": r["year"], "at": MARK * per_pixel}
            for r in own
            if r["state"] == "refused"
        ),
        *(
            {"kind": "last", **v, "text": words.percent(v["value"], lang)}
            for v in values
            if v["year"] == final
        ),
    ]
    return [{"form_group": form, **mark} for mark in marks]


def _last_texts(rows: Sequence[Row], lang: str) -> list[str]:
    return [words.percent(row["value"], lang) for row in rows if is_shown(row)]


def _look(form: str) -> dict[str, Any]:
    forms = palette()["form_group"]
    return dict(forms.get(form, forms["other"]))


def _panel_title(form: str, lang: str, model: ReportModel) -> str:
    name = voice.label("form_group", form, lang, model)
    return name[:1].upper() + name[1:]
