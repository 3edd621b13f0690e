"""Of every ten: ten squares, women and men by colour, children by hatching, words under each."""

from __future__ import annotations

from aiqyn import words as catalogue
from aiqyn.report import voice
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import label_width
from aiqyn.report.charts.marks import Row, in_order, is_shown, safe_rows
from aiqyn.report.charts.palette import Width, chart_width, colour, palette
from aiqyn.report.charts.svg import element, rectangle, words
from aiqyn.report.model import Chart, ReportModel

GROUPS = ("women", "girls", "men", "boys")
SEX = {"women": "female", "girls": "female", "men": "male", "boys": "male"}
SIDE = {"page": 44, "phone": 34, "print": 46}  # px; a square
GAP = {"page": 7, "phone": 5, "print": 7}  # px between two squares
BETWEEN = {"page": 34, "phone": 22, "print": 34}  # px between two groups
LABEL = 14  # px
FOOT = 24  # px from the foot of a square to the line of its words
ROW = 20  # px between two rows of groups


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The squares laid out in rows that fit the width."""
    rows = {row["group"]: row for row in safe_rows(chart.rows)}
    total, parts = chart_width(chart.kind, width), []
    x, y, side = 0.0, 1.0, SIDE[width]
    for group in in_order(rows, GROUPS):
        label = _label(rows[group], lang, model)
        squares = _squares(rows[group])
        across = max(
            squares * (side + GAP[width]) - GAP[width], label_width([label], LABEL, bold=True)
        )
        if x and x + across > total:
            x, y = 0.0, y + side + FOOT + ROW
        parts.append(_group(rows[group], squares, label, x + 1, y, width))
        x += across + BETWEEN[width]
    return Sheet(total, round(y + side + FOOT + 6), body="".join(parts))


def _group(row: Row, squares: int, label: str, x: float, y: float, width: Width) -> str:
    side, step = SIDE[width], SIDE[width] + GAP[width]
    style = _style(row["group"])
    drawn = [rectangle(x + i * step, y, side, side, style) for i in range(squares)]
    text = words(label, x, y + side + FOOT, LABEL, font_weight="bold", fill=colour("ink"))
    return element("g", *drawn, text)


def _squares(row: Row) -> int:
    return int(row["value"]) if is_shown(row) else 0


def _label(row: Row, lang: str, model: ReportModel) -> str:
    """``4 women``; Kazakh takes its prepared form of the numeral (``4-еуі``)."""
    group = row["group"]
    if not is_shown(row):
        name = catalogue.say(f"charts.ten_persons.{group}.name", lang)
        return f"{name}: {voice.sign(row['state'], model)}"
    n = int(row["value"])
    if n == 0:
        return catalogue.say(f"charts.ten_persons.{group}.none", lang)
    part = catalogue.say(f"charts.ten_persons.part.{n}", lang)
    return catalogue.say_n(f"charts.ten_persons.{group}", n, lang, part=part)


def _style(group: str) -> dict[str, object]:
    """Women and men solid, girls and boys hatched in the same colour."""
    sex = SEX[group]
    own = palette()["sex"][sex]["colour"]
    return {
        "fill": f"hatch-{sex}" if group in ("girls", "boys") else own,
        "stroke": own,
        "stroke_width": 2 if group in ("girls", "boys") else 1,
    }
