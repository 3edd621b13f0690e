"""Files as agencies send them: CSV in their encoding, XLSX with fixed dates of creation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2026, 2, 16, 9, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its texts, which headings are numbers or dates, and titles above the heading."""

    name: str
    texts: pl.DataFrame
    typed: Mapping[str, str]
    titles: Sequence[str] = ()


def write_csv(texts: pl.DataFrame, path: Path, *, separator: str, encoding: str) -> None:
    """A CSV with a heading row, CR LF as Excel writes it, in any encoding Python knows."""
    body = texts.write_csv(separator=separator, line_terminator="\r\n", null_value="")
    path.write_bytes(body.encode(encoding))


def write_xlsx(pages: Sequence[Page], path: Path) -> None:
    """A workbook; a text beginning with ``=`` becomes a formula, as a careless sender leaves it."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": _CREATED, "author": "Samal"})
    bold = book.add_format({"bold": True, "bg_color": "#0B4F5C", "font_color": "#FFFFFF"})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for row, title in enumerate(page.titles):
            sheet.write_string(row, 0, title)
        top = len(page.titles)
        sheet.freeze_panes(top + 1, 1)
        sheet.set_column(0, page.texts.width - 1, 18)
        for column, heading in enumerate(page.texts.columns):
            sheet.write_string(top, column, heading, bold)
        kinds = [page.typed.get(heading, "text") for heading in page.texts.columns]
        for number, values in enumerate(page.texts.iter_rows(), start=top + 1):
            for column, (value, kind) in enumerate(zip(values, kinds, strict=True)):
                if value is not None:
                    _write(sheet, number, column, value, kind, day)
    book.close()


def _write(sheet: Worksheet, row: int, column: int, value: str, kind: str, day: Format) -> None:
    if value.startswith("="):
        sheet.write_formula(row, column, value)
    elif kind == "number" and value.isdigit():
        sheet.write_number(row, column, int(value))
    elif kind == "date" and (when := _day(value)) is not None:
        sheet.write_datetime(row, column, when, day)
    else:
        sheet.write_string(row, column, value)


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
