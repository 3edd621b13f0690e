"""Pyramid: women and girls left, men and boys right, ages from the ground up, one scale."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from aiqyn import words
from aiqyn.report import voice
from aiqyn.report.charts.drawing import Sheet
from aiqyn.report.charts.layout import expression, label_width, lines_above, type_sizes
from aiqyn.report.charts.lettering import wrap
from aiqyn.report.charts.marks import (
    Row,
    box_style,
    interval_of,
    is_shown,
    safe_rows,
    ticks,
    tops,
)
from aiqyn.report.charts.palette import Width, chart_width, type_size
from aiqyn.report.charts.vega import filled, rows_with_paint
from aiqyn.report.model import Chart, ReportModel

STEP = {"page": 43, "phone": 38, "print": 40}  # px of one age group
TOP, FOOT = 34, 26  # px over the plot (the two sides) and under it (the axis)
HEAD_FOOT = 14  # px from the names of the sides to the plot
RIGHT = 26  # px for the number at the dashed line
SIDE = {"female": -1, "male": 1}
ADULT = 18  # years; a child is younger
SMALLEST_BOX = 0.07  # of one side, so that a box can be seen beside long bars


def sheet(chart: Chart, model: ReportModel, lang: str, width: Width) -> Sheet:
    """The chart laid out; `age_group` "unknown" stays in the table."""
    rows = [r for r in safe_rows(chart.rows) if r["age_group"] != "unknown"]
    ages = sorted({row["age_group"] for row in rows}, key=_first_age, reverse=True)
    names = [_age_label(age, lang, model, width) for age in ages]
    longest = max(tops(rows), default=model.meta.threshold)
    axis = ticks(longest, 4 if width != "phone" else 3)
    left, total = label_width(names) + 14, chart_width(chart.kind, width)
    side = (total - left - RIGHT) / 2
    half = _half(longest, axis, side, lang)
    height = STEP[width] * len(ages)
    shown_ticks = [v for v in axis if v <= half]
    heads = {
        sex: wrap(words.say(f"charts.pyramid.{sex}", lang), side - 8, type_size("label"), bold=True)
        for sex in SIDE
    }
    top = TOP + type_size("line") * (max(map(len, heads.values())) - 1)
    size = {
        **type_sizes(),
        "plot_width": total - left - RIGHT,
        "plot_height": height,
        "persons": [-half, half],
        "person_ticks": [-v for v in shown_ticks[:0:-1]] + shown_ticks,
        "person_labels": expression(
            {sign_ * v: words.number(v, lang) for v in shown_ticks for sign_ in (-1, 1)}
        ),
        "age_groups": ages,
        "age_labels": _named(ages, names),
    }
    marks = {
        **_marks(rows, ages, half, height, lang, model),
        **{f"head_{sex}": lines_above(lines, HEAD_FOOT) for sex, lines in heads.items()},
    }
    spec = filled("pyramid", lang, size, marks)
    return Sheet(total, top + height + FOOT, spec, left=left, top=top)


def _half(longest: float, axis: Sequence[float], side: float, lang: str) -> float:
    """The length of one side in persons: the longest interval and the number after it."""
    room = label_width([words.number(longest, lang)]) + 12
    return max(axis[-2] if len(axis) > 1 else longest, longest * side / (side - room))


def _marks(
    rows: Sequence[Row],
    ages: Sequence[str],
    half: float,
    height: float,
    lang: str,
    model: ReportModel,
) -> dict[str, list[Row]]:
    length = max(model.meta.threshold, SMALLEST_BOX * half)
    bars = [_bar(row) for row in rows if is_shown(row)]
    boxes = [_box(row, length) for row in rows if not is_shown(row) and row["state"] != "refused"]
    texts = [_text(row, length, lang, model) for row in rows if row["state"] != "refused"]
    return {
        "bars": bars,
        "boxes": boxes,
        "ends": [{"age_group": b["age_group"], "at": b[e]} for b in bars for e in ("low", "high")],
        "refused": [
            {"age_group": row["age_group"], "at": SIDE[row["sex"]] * length / 2}
            for row in rows
            if row["state"] == "refused"
        ],
        "left_texts": [t for t in texts if t["sex"] == "female"],
        "right_texts": [t for t in texts if t["sex"] == "male"],
        "childhood": _childhood(ages, height),
    }


def _bar(row: Row) -> Row:
    side, (low, high) = SIDE[row["sex"]], interval_of(row)
    ends = {"value": side * row["value"], "low": side * low, "high": side * high}
    return {"age_group": row["age_group"], "sex": row["sex"], **ends}


def _box(row: Row, length: float) -> Row:
    """The box of an absent value: one length, whatever the value."""
    style = rows_with_paint(box_style(row["state"]))
    return {"age_group": row["age_group"], "length": SIDE[row["sex"]] * length, **style}


def _text(row: Row, length: float, lang: str, model: ReportModel) -> Row:
    shown = is_shown(row)
    return {
        "age_group": row["age_group"],
        "sex": row["sex"],
        "at": _bar(row)["high"] if shown else SIDE[row["sex"]] * length,
        "text": words.number(row["value"], lang) if shown else voice.sign(row["state"], model),
    }


def _childhood(ages: Sequence[str], height: float) -> list[Row]:
    """The dashed line at 18, where the groups let it be drawn."""
    adults = sum(_first_age(age) >= ADULT for age in ages)
    splits = _first_age(ages[adults - 1]) == ADULT if adults else False
    if not splits or adults == len(ages):
        return []
    return [{"at": height * adults / len(ages)}]


def _first_age(code: str) -> int:
    digits = re.match(r"\d+", code)
    return int(digits.group()) if digits else -1


def _age_label(code: str, lang: str, model: ReportModel, width: Width) -> str:
    """``18–24``; the open group in words, and as ``45+`` where there is no room for words."""
    if closed := re.fullmatch(r"(\d+)-(\d+)", code):
        return words.interval(*closed.groups())
    if opened := re.fullmatch(r"(\d+)\+", code):
        age = opened.group(1)
        return code if width == "phone" else words.say("charts.pyramid.and_over", lang, age=age)
    return voice.label("age_group", code, lang, model)


def _named(codes: Sequence[str], names: Sequence[str]) -> str:
    return f"({json.dumps(dict(zip(codes, names, strict=True)), ensure_ascii=False)})[datum.value]"
