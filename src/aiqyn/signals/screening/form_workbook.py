"""The form as a workbook: what to mind, the conversation, and a hidden sheet that counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from aiqyn.intake import workbook_style as style
from aiqyn.intake.workbook_style import Styles
from aiqyn.signals.screening.counting_sheet import write_counting
from aiqyn.signals.screening.indicator_list import IndicatorList
from aiqyn.signals.screening.order_of_questions import Topic, conversation
from aiqyn.words import say

DAY_OF_THE_LIST = date(2009, 9, 1)  # the workbook's only date: the same form, the same bytes
ANSWERS = ("yes", "no", "not_sure")
TO_MIND, TO_END = 8, 4  # sentences before the conversation and after it
NUMBER, QUESTION, ANSWER, CODE = range(4)
WIDTHS = (6, 74, 16, 8)
MIND_WIDTH = 84
HEAD = 4  # row of the headings, from 0


def write_form(path: Path, listed: IndicatorList, lang: str = "en") -> None:
    """Write an empty form: questions in the order of a conversation, answers by drop-down.

    Codes stand in a hidden column and dimensions on a hidden sheet: who is spoken to sees neither
    headings of a crime nor weights.
    """
    with style.workbook(path, DAY_OF_THE_LIST) as book:
        styles = Styles(book)
        names = ("mind", "talk", "count")
        sheets = {n: book.add_worksheet(say(f"screening.form.sheet.{n}", lang)) for n in names}
        _write_mind(sheets["mind"], styles, lang)
        rows = _write_talk(sheets["talk"], conversation(listed, lang), styles, lang)
        write_counting(sheets["count"], listed, rows, styles, lang)
        sheets["count"].hide()
        sheets["talk"].activate()


def _write_mind(sheet: Any, styles: Styles, lang: str) -> None:  # Any: xlsxwriter carries no types
    sheet.hide_gridlines(2)
    sheet.set_column(0, 1, MIND_WIDTH / 2)  # a sheet of one column is not fitted to the page
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, say("screening.form.mind.title", lang), styles.title)
    before = [say(f"screening.form.mind.{n}", lang) for n in range(1, TO_MIND + 1)]
    after = [say(f"screening.form.end.{n}", lang) for n in range(1, TO_END + 1)]
    end = len(before) + 3
    sheet.write_string(end - 1, 0, say("screening.form.end.title", lang), styles(bold=True))
    for at, text in [*enumerate(before, 1), *enumerate(after, end)]:
        sheet.set_row(at, style.height([text], [MIND_WIDTH]) + 4)
        sheet.merge_range(at, 0, at, 1, text, styles(text_wrap=True))
    _portrait(sheet)


def _write_talk(sheet: Any, topics: tuple[Topic, ...], styles: Styles, lang: str) -> dict[str, int]:
    """The questions; the row of each code, from 0."""
    _write_head(sheet, styles, lang)
    at, number, rows = HEAD, 0, {}
    for topic in topics:
        at += 1
        label = topic.label or say("screening.form.other", lang)
        sheet.merge_range(at, NUMBER, at, ANSWER, label, _topic_style(styles))
        sheet.set_row(at, 20)
        for one, question in topic.questions:
            at, number = at + 1, number + 1
            sheet.set_row(at, style.height([question], [WIDTHS[QUESTION]]) + 4)
            sheet.write_number(at, NUMBER, number, styles.number)
            sheet.write_string(at, QUESTION, style.harmless(question), styles.text)
            sheet.write_blank(at, ANSWER, None, _answer_style(styles))
            sheet.write_string(at, CODE, one.code, styles.text)
            rows[one.code] = at
    sheet.data_validation(HEAD + 1, ANSWER, at, ANSWER, _drop_down(lang))
    sheet.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": False})
    return rows


def _write_head(sheet: Any, styles: Styles, lang: str) -> None:
    sheet.hide_gridlines(2)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, None, {"hidden": column == CODE})
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, say("screening.form.title", lang), styles.title)
    sheet.write_string(1, 0, say("screening.form.free", lang), styles.second)
    sheet.write_string(2, 0, say("screening.form.number", lang), styles(bold=True))
    sheet.write_blank(2, ANSWER, None, _answer_style(styles))
    sheet.set_row(HEAD, 22)
    for column, name in enumerate(("no", "question", "answer", "code")):
        look = styles.count_head if column == NUMBER else styles.head
        sheet.write_string(HEAD, column, say(f"screening.form.{name}", lang), look)
    sheet.freeze_panes(HEAD + 1, 0)
    _portrait(sheet)
    sheet.repeat_rows(HEAD)


def _topic_style(styles: Styles) -> Any:
    return styles(bold=True, bg_color=style.WASH, valign="vcenter", indent=1)


def _answer_style(styles: Styles) -> Any:
    edge = {"border": 1, "border_color": style.INK_2}
    return styles(num_format="@", bg_color=style.MEND_WASH, align="center", locked=False, **edge)


def _drop_down(lang: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": [say(f"screening.answer.{name}", lang) for name in ANSWERS],
        "error_title": say("screening.form.answer", lang),
        "error_message": say("screening.form.wrong", lang),
    }


def _portrait(sheet: Any) -> None:
    sheet.set_portrait()
    sheet.set_paper(style.A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
    sheet.set_footer("&R&P / &N")
