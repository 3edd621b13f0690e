"""The hidden sheet of the form: signs by dimension, counted while the answers are given.

Its formulas say what `is_positive` and `Screening` say, for an office without the program; a test
lets a spreadsheet program reckon them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiqyn.intake import workbook_style as style
from aiqyn.intake.workbook_style import Styles
from aiqyn.signals.screening.form_rows import LIST_MARK
from aiqyn.signals.screening.indicator_list import DIMENSIONS, WEIGHTS, IndicatorList
from aiqyn.signals.screening.order_of_questions import sign_label
from aiqyn.words import say

WIDTHS = (48, 12, 12, 12, 40)
HEAD = 4  # row of the headings of the counts, from 0
FIRST = HEAD + len(DIMENSIONS) + 5  # first row of the signs
MARK = (0, 6)  # where the list is named


def write_counting(
    sheet: Any, listed: IndicatorList, rows: Mapping[str, int], styles: Styles, lang: str
) -> None:
    """Write the sheet.

    Parameters
    ----------
    sheet : of xlsxwriter, which carries no types
    rows : the row of each code on the sheet of the conversation, from 0
    """
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(MARK[1], MARK[1] + 1, 12, None, {"hidden": True})
    sheet.write_row(*MARK, [LIST_MARK, listed.name])
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, say("screening.form.count.title", lang), styles.title)
    sheet.write_string(1, 0, say("screening.signs_only", lang), styles.second)
    last = FIRST + len(listed.indicators)
    _write_counts(sheet, last, styles, lang)
    _write_signs(sheet, listed, rows, styles, lang)
    style.landscape(sheet)


def _write_counts(sheet: Any, last: int, styles: Styles, lang: str) -> None:
    _write_heads(sheet, HEAD, ("dimension", *WEIGHTS, "reading"), styles, lang)
    there, not_enough = (say(f"screening.form.{k}", lang) for k in ("signs", "too_little"))
    for at, number in enumerate(DIMENSIONS, HEAD + 1):
        named = style.sentence(say(f"screening.dimension.{number}", lang))
        sheet.set_row(at, style.height([named], [WIDTHS[0]]))
        sheet.write_string(at, 0, named, styles.text)
        for column, weight in enumerate(WEIGHTS, 1):
            sheet.write_formula(at, column, _count(number, weight, last, lang), styles.number, 0)
        s, m, w = (f"{letter}{at + 1}" for letter in "BCD")
        rule = f"OR(AND({s}>=1,{s}+{m}+{w}>=2),{m}>=3,AND({m}=2,{w}>=1))"
        reading = f'=IF({rule},"{there}","{not_enough}")'
        sheet.write_formula(at, 4, reading, styles.text, not_enough)
    _write_result(sheet, HEAD + len(DIMENSIONS) + 1, there, styles, lang)


def _count(number: int, weight: str, last: int, lang: str) -> str:
    """How many signs of a dimension and weight are answered with yes."""
    named, yes = say(f"screening.form.{weight}", lang), say("screening.answer.yes", lang)
    areas = (f"$G${FIRST + 1}:$G${last}", f"$C${FIRST + 1}:$C${last}", f"$B${FIRST + 1}:$B${last}")
    wanted = (str(number), f'"{named}"', f'"{yes}"')
    pairs = ",".join(f"{area},{what}" for area, what in zip(areas, wanted, strict=True))
    return f"=COUNTIFS({pairs})"


def _write_result(sheet: Any, at: int, there: str, styles: Styles, lang: str) -> None:
    """Refer with a positive dimension or any strong sign."""
    first, last = HEAD + 2, HEAD + 1 + len(DIMENSIONS)
    any_sign = f'OR(COUNTIF(E{first}:E{last},"{there}")>0,SUM(B{first}:B{last})>0)'
    refer, rest = say("screening.refer", lang), say("screening.not_enough", lang)
    look = styles(
        bold=True, text_wrap=True, bg_color=style.CAUTION_WASH, valign="vcenter", indent=1
    )
    sheet.set_row(at + 1, 34)
    sheet.merge_range(at + 1, 0, at + 1, 4, "", look)
    sheet.write_formula(at + 1, 0, f'=IF({any_sign},"{refer}","{rest}")', look, rest)


def _write_signs(
    sheet: Any, listed: IndicatorList, rows: Mapping[str, int], styles: Styles, lang: str
) -> None:
    """Every sign with its answer, weight and dimension; the number stands hidden for the counts."""
    _write_heads(
        sheet, FIRST - 1, ("sign", "answer", "weight", "sign_number", "dimension"), styles, lang
    )
    talk = say("screening.form.sheet.talk", lang)
    for at, one in enumerate(listed.indicators, FIRST):
        label = style.harmless(sign_label(one, lang))
        sheet.set_row(at, style.height([label], [WIDTHS[0]]))
        sheet.write_string(at, 0, label, styles.text)
        cell = f"'{talk}'!$C${rows[one.code] + 1}"
        sheet.write_formula(at, 1, f'=IF({cell}="","",{cell})', styles.text, "")
        sheet.write_string(at, 2, say(f"screening.form.{one.weight}", lang), styles.text)
        sheet.write_string(at, 3, one.code, styles.text)
        dimension = style.sentence(say(f"screening.dimension.{one.dimension_no}", lang))
        sheet.write_string(at, 4, dimension, styles.text)
        sheet.write_number(at, MARK[1], one.dimension_no)


def _write_heads(sheet: Any, at: int, names: tuple[str, ...], styles: Styles, lang: str) -> None:
    sheet.set_row(at, 22)
    for column, name in enumerate(names):
        look = styles.count_head if name in WEIGHTS else styles.head
        sheet.write_string(at, column, say(f"screening.form.{name}", lang), look)
