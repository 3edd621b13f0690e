"""Which model: a bar for the share of resampled tables that chose it, its estimate beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiqyn import words as catalogue
from aiqyn.report import voice
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import RowPlan, label_width, row_plan
from aiqyn.report.charts.legend import cross, diamond
from aiqyn.report.charts.marks import Row, box_style, is_shown, row_name, safe_rows
from aiqyn.report.charts.palette import Width, chart_width, colour, palette, type_size
from aiqyn.report.charts.svg import element, line, rectangle, words
from aiqyn.report.model import Chart, ReportModel

BAR = 18  # px; the height of a bar
GAP = {"page": 20, "phone": 12, "print": 18}  # px between rows
HEAD = 30  # px over the first row, for the names of the two columns
LABEL_ROOM = 300  # px a model's name may take before it wraps
GAP_TO_ESTIMATES = 18  # px
BOX = 18  # px; the box of an absent share, whatever the share


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out; a row may give the `estimate` under its model, in persons."""
    rows, stacked = safe_rows(chart.rows), width == "phone"
    total = chart_width(chart.kind, width)
    names = [row_name(row, chart, lang, model) for row in rows]
    estimates = [_estimate(row, lang) for row in rows]
    heads = [catalogue.say(f"charts.model_shares.{key}", lang) for key in ("share", "estimate")]
    beside = max(label_width(estimates) + 16, label_width(heads[1:])) if any(estimates) else 0
    room = total - 4 if stacked else LABEL_ROOM
    plan = row_plan(names, content=BAR, gap=GAP[width], head=HEAD, room=room, stacked=stacked)
    left, end = plan.column + (0 if stacked else 4), total - beside
    plot = end - left - GAP_TO_ESTIMATES - label_width(["100 %"], bold=True) - 8
    longest = max((row["value"] for row in rows if is_shown(row)), default=1.0) or 1.0
    parts = [_heads(heads if beside else heads[:1], left, total)]
    for row, top, estimate in zip(rows, plan.tops, estimates, strict=True):
        parts.append(_bar(row, left, top, plot / longest, lang, model))
        parts.append(_printed(estimate, total, top + BAR / 2))
    parts += _names(plan, left, stacked=stacked)
    base = line(left, HEAD - 8, left, plan.height - GAP[width] + 4, stroke=colour("axis"))
    return Sheet(total, plan.height, body="".join(parts) + base)


def _bar(row: Row, left: float, top: float, scale: float, lang: str, model: ReportModel) -> str:
    if row["state"] == "refused":
        return cross(left + 12, top + BAR / 2)
    shown = is_shown(row)
    length = row["value"] * scale if shown else BOX
    style = _style(row) if shown else box_style(row["state"])
    text = catalogue.percent(row["value"], lang) if shown else voice.sign(row["state"], model)
    number = words(
        text, left + length + 7, top + BAR / 2 + 4.6, type_size("label"),
        font_weight="bold" if row.get("main") else None, fill=colour("ink"),
    )  # fmt: skip
    return rectangle(left, top, length, BAR, style) + number


def _style(row: Row) -> dict[str, Any]:
    """The model of the printed estimate in ochre, the others in grey."""
    if row.get("main"):
        return {"fill": palette()["band"]["estimated"], "stroke": colour("ochre_mark")}
    return {"fill": colour("grid"), "stroke": colour("axis"), "stroke_width": 1}


def _printed(estimate: str, right: float, middle: float) -> str:
    """The estimate under the model, with the open diamond of estimates."""
    if not estimate:
        return ""
    ink = palette()["series"]["estimated"]["colour"]
    size = type_size("label")
    text = words(estimate, right - 1, middle + 4.6, size, text_anchor="end", fill=ink)
    return diamond(right - label_width([estimate]) - 10, middle, 4, ink) + text


def _estimate(row: Row, lang: str) -> str:
    value = row.get("estimate")
    return "" if value is None else catalogue.number(value, lang)


def _heads(heads: Sequence[str], left: float, total: float) -> str:
    size = type_size("small")
    ink = {"fill": colour("ink_2")}
    right = [words(text, total - 1, 12, size, text_anchor="end", **ink) for text in heads[1:]]
    return words(heads[0], left, 12, size, **ink) + "".join(right)


def _names(plan: RowPlan, left: float, *, stacked: bool) -> list[str]:
    size = type_size("label")
    anchor = None if stacked else "end"
    x = 0 if stacked else left - 10
    return [
        element("g", words(e["text"], x, e["at"] + 4.6, size, text_anchor=anchor,
                           fill=colour("ink")))
        for e in plan.labels
    ]  # fmt: skip
