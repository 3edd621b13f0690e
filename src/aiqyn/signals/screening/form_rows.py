"""The rows of a filled form, from CSV or from the workbook of `write_form`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aiqyn import words
from aiqyn.errors import InputRefused
from aiqyn.signals.screening.indicator_list import plain

COLUMNS = ("dimension_no", "indicator", "answer")
LIST_MARK = "aiqyn-list"  # beside it, on the hidden sheet, stands the list's name
Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: where it stands in the file, and its three cells."""

    number: int
    dimension_no: str
    indicator: str
    answer: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The rows of a form; `list_name` is the list that its workbook was written for."""

    rows: tuple[FormRow, ...]
    list_name: str | None = None


def read_form(path: Path) -> FilledForm:
    """The rows of a file.

    Raises
    ------
    InputRefused: not readable (SIG-043 or INTAKE-…), columns or rows missing (SIG-044), a workbook
    that is none of our forms (SIG-203).
    """
    try:
        with path.open("rb") as stream:
            begins = stream.read(8)
    except OSError as why:
        raise InputRefused("SIG-043", file=path.name) from why
    from aiqyn.intake.spreadsheet import is_spreadsheet

    return _workbook(path) if is_spreadsheet(begins) else FilledForm(tuple(_csv_rows(path)))


def _csv_rows(path: Path) -> Iterator[FormRow]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as why:
        raise InputRefused("SIG-043", file=path.name) from why
    lacking = [name for name in COLUMNS if not rows or name not in rows[0]]
    if lacking:
        raise InputRefused("SIG-044", file=path.name, columns=", ".join(lacking))
    for number, row in enumerate(rows, start=2):
        yield FormRow(number, *((row[name] or "").strip() for name in COLUMNS))


def _workbook(path: Path) -> FilledForm:
    """Codes and answers stand under their headings, whatever the language and the order of rows."""
    from aiqyn.intake.spreadsheet import read_spreadsheet
    from aiqyn.intake.unpack import file_bytes

    sheets = [
        [tuple(cell or "" for cell in line) for line in grid.cells.iter_rows()]
        for grid in read_spreadsheet(file_bytes(path), path.name)
    ]
    rows = next((found for sheet in sheets if (found := list(_under_headings(sheet)))), None)
    if rows is None:
        raise InputRefused("SIG-203", file=path.name)
    return FilledForm(tuple(rows), _named_list(sheets))


def _under_headings(sheet: list[Line]) -> Iterator[FormRow]:
    head = next((i for i, line in enumerate(sheet) if _headings("code") & _plain(line)), None)
    if head is None or not _headings("answer") & _plain(sheet[head]):
        return
    at = {name: _where(sheet[head], name) for name in ("code", "answer")}
    for number, line in enumerate(sheet[head + 1 :], start=head + 2):
        code = line[at["code"]].strip()
        if code:
            yield FormRow(number, code.split(".")[0], code, line[at["answer"]].strip())


def _headings(name: str) -> set[str]:
    return {plain(words.say(f"screening.form.{name}", lang)) for lang in words.LANGUAGES}


def _plain(line: Line) -> set[str]:
    return {plain(cell) for cell in line}


def _where(line: Line, name: str) -> int:
    return next(i for i, cell in enumerate(line) if plain(cell) in _headings(name))


def _named_list(sheets: list[list[Line]]) -> str | None:
    marked = (line for sheet in sheets for line in sheet if LIST_MARK in line)
    return next((line[line.index(LIST_MARK) + 1] for line in marked), None)
