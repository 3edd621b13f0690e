"""How our workbooks look (design/LOOK.md §2 and §10), and how they are written the same twice."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

PETROL = "#0B4F5C"
INK = "#16242B"
INK_2 = "#4B5A62"
RULE = "#D9DEE0"
WASH = "#F4F2EC"
CAUTION_WASH = "#FBF3E4"
OCHRE = "#B4690E"
MEND_WASH = "#F0F6F7"
FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
A4 = 9
LINE = 15.0  # points a line of Calibri 11 takes
# A cell that begins with one of these is a formula to some spreadsheet somewhere.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MAX_ROWS = 1_000_000  # Excel has 1,048,576
MAX_LINKS = 60_000  # Excel has 65,530 a sheet


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:  # xlsxwriter carries no types
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def __call__(self, **more: object) -> Any:
        """A format: the common one with `more` on top."""
        told = {**FONT, **more}
        key = tuple(sorted(told.items(), key=lambda item: item[0]))
        if key not in self._made:
            self._made[key] = self._book.add_format(told)
        return self._made[key]

    @property
    def head(self) -> Any:
        """White bold words on petrol."""
        white = {"bold": True, "font_color": "#FFFFFF", "bg_color": PETROL}
        return self(**white, text_wrap=True, align="left", valign="vcenter", indent=1)

    @property
    def count_head(self) -> Any:
        """The same over a column of numbers."""
        white = {"bold": True, "font_color": "#FFFFFF", "bg_color": PETROL}
        return self(**white, text_wrap=True, align="right", valign="vcenter")

    @property
    def title(self) -> Any:
        """The sheet's first line."""
        return self(bold=True, font_size=16)

    @property
    def second(self) -> Any:
        """The line under it."""
        return self(font_color=INK_2)

    @property
    def text(self) -> Any:
        """A cell of a table, kept as text whatever it looks like."""
        left = {"align": "left", "indent": 1}
        return self(num_format="@", text_wrap=True, **left, bottom=1, bottom_color=RULE)

    @property
    def number(self) -> Any:
        """A count."""
        return self(num_format="#,##0", bottom=1, bottom_color=RULE)


@contextmanager
def workbook(path: str | Path, day: date) -> Iterator[Any]:
    """A new workbook that appears whole or not at all; its only date is `day`."""
    import xlsxwriter

    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(draft), plain)
    book.set_properties({"author": "Aiqyn", "created": datetime(day.year, day.month, day.day)})
    try:
        yield book
        book.close()
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    clean = "".join(c for c in text if c >= " " or c in "\t\n")
    return f"'{clean}" if clean.startswith(FORMULA_SIGNS) else clean


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row in points: Excel fits wrapped rows by itself, LibreOffice does not."""
    lines = (
        sum(max(1, ceil(len(part) / (0.95 * width - 1))) for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(LINE * max(lines, default=1) + 3, 400.0)


def sentence(text: str) -> str:
    """The text with a capital letter at the start, as a cell of its own has it."""
    return text[:1].upper() + text[1:]


def landscape(sheet: Any, repeat: int | None = None) -> None:
    """A4 landscape, one page wide; the row `repeat` (from 0) stands on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    if repeat is not None:
        sheet.repeat_rows(repeat)
