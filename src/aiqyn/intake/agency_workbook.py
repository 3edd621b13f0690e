"""The blank workbook an agency fills in: one sheet a table, drop-downs, one invented example."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn.errors import UsageRefused
from aiqyn.intake import workbook_style as style
from aiqyn.intake.agency_cells import example_of, validation, write_example
from aiqyn.intake.agency_columns import SHEETS, columns, is_required, write_lists
from aiqyn.intake.workbook_style import Styles
from aiqyn.words import say

if TYPE_CHECKING:
    from aiqyn.standard import Field

ROWS = 5_000  # rows with drop-downs
ABOUT_YEAR = (1, 1)  # cell B2, named in data/mappings/own_workbook.yaml


def write_agency_workbook(path: str | Path, *, country: str, year: int, lang: str = "en") -> None:
    """Write the workbook that the mapping ``own_workbook`` reads.

    Parameters
    ----------
    country : alpha-2, alpha-3 or any name of the country; its regions are offered
    year : report year; later dates are refused
    lang : language of headings, lists and messages; the mapping reads all three

    Raises
    ------
    UsageRefused INTAKE-095 when the country is not known.
    """
    from aiqyn.standard import code_list

    code = code_list("country").find(country)
    if code is None:
        raise UsageRefused("INTAKE-095", country=country)
    with style.workbook(path, date(year, 1, 1)) as book:
        styles = Styles(book)
        about = book.add_worksheet(say("intake.book.about", lang))
        sheets = {t: book.add_worksheet(say(f"intake.book.{t}", lang)) for t in SHEETS}
        lists = write_lists(book, code, lang)
        _about(about, code, year, styles, lang)
        for table, sheet in sheets.items():
            _sheet(sheet, table, lists, code, year, styles, lang)
        about.activate()


def _about(sheet: Any, country: str, year: int, styles: Styles, lang: str) -> None:
    from aiqyn.standard import code_list

    name = code_list("country").label(country, lang)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 82)
    sheet.set_row(0, 24)
    title = say("intake.book.about.title", lang, country=name, year=year)
    sheet.write_string(0, 0, title, styles.title)
    sheet.write_string(1, 0, say("intake.book.about.year", lang), styles(bold=True))
    sheet.write_number(*ABOUT_YEAR, year, styles(bold=True, align="left"))
    for at in range(1, 7):
        text = say(f"intake.book.about.{at}", lang)
        sheet.merge_range(2 + at, 0, 2 + at, 1, text, styles(text_wrap=True))
        sheet.set_row(2 + at, style.height([text], [110]) + 4)
    head = 10
    for column, key in enumerate(("sheet", "holds")):
        sheet.write_string(head, column, say(f"intake.book.{key}", lang), styles.head)
    for at, table in enumerate(SHEETS, head + 1):
        title = say(f"intake.book.{table}", lang)
        link = styles(font_color=style.PETROL, underline=1, indent=1, align="left")
        sheet.write_url(at, 0, f"internal:'{title}'!A1", link, string=title)
        sheet.write_string(at, 1, say(f"intake.book.{table}.holds", lang), styles.text)
    style.landscape(sheet)


def _sheet(
    sheet: Any, table: str, lists: Mapping[str, str], country: str, year: int, styles: Styles,
    lang: str,
) -> None:  # fmt: skip
    fields = columns(table)
    example = example_of(table, country, year, lang)
    labels = [f.label(lang) + (" *" if is_required(table, f) else "") for f in fields]
    sheet.set_row(0, max(style.height([label], [18]) for label in labels) + 4)
    sheet.set_row(1, 3 * style.LINE + 3)
    for column, (field, label) in enumerate(zip(fields, labels, strict=True)):
        sheet.set_column(column, column, 20, _format(field, styles))
        sheet.write_string(0, column, label, styles.head)
        write_example(sheet, column, field, example.get(field.name), styles, lang)
        told = validation(field, table, lists, year, lang)
        sheet.data_validation(1, column, ROWS, column, told)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(style.A4)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)


def _format(field: Field, styles: Styles) -> Any:
    """Text unless it is a day or a number: long case numbers must not turn into 1,2E+11."""
    formats = {"date": "dd.mm.yyyy", "int": "0"}
    return styles(num_format=formats.get(field.type, "@"), align="left", indent=1)
