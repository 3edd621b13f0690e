"""The workbook in which an office writes its factors; `reading` reads it back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from aiqyn.intake import workbook_style as style
from aiqyn.intake.workbook_style import Styles
from aiqyn.prevention.factors.list_of_factors import factor_list
from aiqyn.words import say

COLUMNS = (
    ("area", 18),
    ("period", 12),
    ("factor", 30),
    ("value", 14),
    ("source", 44),
    ("group", 18),
)
LISTED = (("code", 26), ("label", 44), ("group_of", 14), ("unit", 26))
MADE = date(2026, 1, 1)  # a workbook carries a day; this one never changes
ROWS = 2_000  # rows with a list to choose the factor from


def write_workbook(path: str | Path, lang: str = "en") -> None:
    """Write the empty workbook: a sheet of values, and the list of factors with codes and units."""
    with style.workbook(path, MADE) as book:
        styles = Styles(book)
        values = book.add_worksheet(say("factors.workbook.values", lang))
        listed = book.add_worksheet(say("factors.workbook.factors", lang))
        _headings(values, COLUMNS, styles, lang)
        _headings(listed, LISTED, styles, lang)
        for at, factor in enumerate(factor_list().values(), start=1):
            group = say(f"factors.group.{factor.group}", lang)
            for column, text in enumerate((factor.code, factor.label(lang), group, factor.unit)):
                listed.write_string(at, column, text, styles.text)
        last = len(factor_list()) + 1
        source = f"='{say('factors.workbook.factors', lang)}'!$A$2:$A${last}"
        values.data_validation(1, 2, ROWS, 2, {"validate": "list", "source": source})
        values.activate()


def _headings(
    sheet: Any,  # xlsxwriter carries no types
    columns: tuple[tuple[str, int], ...],
    styles: Styles,
    lang: str,
) -> None:
    for at, (name, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, say(f"factors.workbook.{name}", lang), styles.head)
    sheet.freeze_panes(1, 0)
    style.landscape(sheet, repeat=0)
