"""An officer fills in the blank workbooks: invented rows by the labels of the drop-downs."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

FIRST = 3  # row 1 holds the headings, row 2 the example
COLUMNS = {"record": 1, "code": 2, "sex": 4, "age": 5, "citizenship": 7, "found": 9, "region": 12}
FACTS = {"act": 16, "means": 17, "form": 18}


def fill(blank: Path, sent: Path, people: list[str | None], *, year: int = 2025) -> None:
    """Type one row a person under the example; `people` are their common codes, None: without."""
    book = openpyxl.load_workbook(blank)
    lists, sheet, rng = drop_downs(book), book.worksheets[1], random.Random(sent.name)
    for place, code in enumerate(people):
        row = FIRST + place
        day = datetime(year, 1, 10) + timedelta(days=rng.randrange(340))
        typed = {
            "record": f"{place + 1:03d}/{year}",
            "code": code,
            "sex": rng.choice(lists["sex"][:2]),
            "age": rng.randrange(18, 60),
            "citizenship": lists["country"][0],
            "found": day,
            "region": lists["region"][place % 20],
        }
        for name, value in typed.items():
            sheet.cell(row, COLUMNS[name], value)
        for name, column in FACTS.items():
            sheet.cell(row, column, rng.choice(lists[name][:6]))
    sent.parent.mkdir(parents=True, exist_ok=True)
    book.save(sent)


def drop_downs(book: Any) -> dict[str, list[str]]:
    """Code list -> its labels in the workbook's language, from the hidden sheet."""
    columns = book.worksheets[-1].iter_cols(values_only=True)
    return {head: [label for label in labels if label] for head, *labels in columns}


def spoil(file: Path, cells: dict[str, Any]) -> None:
    """Write what an officer mistypes."""
    book = openpyxl.load_workbook(file)
    for cell, value in cells.items():
        book.worksheets[1][cell] = value
    book.save(file)
