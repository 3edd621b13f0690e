"""The register as an Excel workbook: a sheet of programmes, a sheet of where and when.

Row 1 has the headings in the reader's language, row 2 the names of the fields, by which it is read
back in whatever language it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused
from aiqyn.prevention.register.programme import Programme
from aiqyn.prevention.register.programme_fields import Field, programme_fields
from aiqyn.prevention.register.raw_programme import EMPTY, RawProgramme
from aiqyn.words import LANGUAGES, say

SHEETS = {"programme": "programmes", "where": "where"}
HEAD = {"bold": True, "text_wrap": True, "valign": "top", "font_color": "#FFFFFF"}
PETROL, INK_2 = "#0B4F5C", "#4B5A62"  # LOOK §2, §10
WIDTH = 22
BLANK_ROWS = 200
HEAD_ROWS = 2
OWNER = Field("code", "where", "code", "yes", ())


def write_workbook(
    path: Path | str, programmes: Iterable[Programme] = (), lang: str = "en"
) -> None:
    """Write the workbook: blank, or with the programmes."""
    import xlsxwriter

    told = tuple(programmes)
    rows = {
        "programme": [_programme_row(p) for p in told],
        "where": [row for p in told for row in _where_rows(p)],
    }
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for table, sheet in SHEETS.items():
            _write_sheet(book, sheet, _fields(table), rows[table], lang)


def raw_of_workbook(path: Path) -> tuple[RawProgramme, ...]:
    """What the workbook says of each programme, not yet judged.

    Raises
    ------
    InputRefused PREV-060 when it is no workbook, PREV-073 when a sheet or its names are missing.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, OSError) as why:
        raise InputRefused("PREV-060", file=path.name, line="–") from why
    rows = {table: _rows(path, sheet, sheets.get(sheet)) for table, sheet in SHEETS.items()}
    places: dict[str, list[Mapping[str, Any]]] = {}
    for _, place in rows["where"]:
        places.setdefault(str(place.get("code")), []).append(
            {name: value for name, value in place.items() if name != "code"}
        )
    return tuple(
        RawProgramme(path.name, f", {SHEETS['programme']} {number}", row, places.get(code, []))
        for number, row in rows["programme"]
        for code in [str(row.get("code"))]
    )


def _fields(table: str) -> tuple[Field, ...]:
    own = programme_fields(table)
    return (OWNER, *own) if table == "where" else own


def _write_sheet(
    book: Any, name: str, fields: Sequence[Field], rows: Sequence[Sequence[Any]], lang: str
) -> None:  # Any: an untyped library
    sheet = book.add_worksheet(name)
    head = book.add_format({**HEAD, "bg_color": PETROL})
    small = book.add_format({"font_color": INK_2})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, field in enumerate(fields):
        label = say(f"programme.field.{field.name}", lang)
        sheet.write_string(0, column, f"{label} *" if field.required == "yes" else label, head)
        sheet.write_string(1, column, field.name, small)
        sheet.set_column(column, column, WIDTH, day if field.kind == "date" else None)
        if field.kind == "choice":
            sheet.data_validation(
                HEAD_ROWS, column, BLANK_ROWS, column,
                {"validate": "list", "source": list(field.allowed)},
            )  # fmt: skip
    for number, row in enumerate(rows, start=HEAD_ROWS):
        for column, (field, value) in enumerate(zip(fields, row, strict=True)):
            _write_cell(sheet, number, column, value, day if field.kind == "date" else None)
    sheet.freeze_panes(HEAD_ROWS, 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value in EMPTY:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)  # never a formula
    elif style is not None:
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value)


def _programme_row(programme: Programme) -> list[Any]:
    file = programme.outcome_file
    told = {
        f"{stem}_{lang}": getattr(programme, stem).get(lang)
        for stem in ("title", "what", "theory")
        for lang in LANGUAGES
    } | {
        "outcome_file": file and file.name,
        "outcome_column": file and file.outcome,
        "low_column": file and file.low,
        "high_column": file and file.high,
    }
    values = [
        told[f.name] if f.name in told else getattr(programme, f.name)
        for f in programme_fields("programme")
    ]
    return [" ".join(v) if isinstance(v, tuple) else v for v in values]


def _where_rows(programme: Programme) -> list[list[Any]]:
    return [[programme.code, p.region, p.since, p.until] for p in programme.places]


def _rows(
    path: Path, name: str, told: Sequence[Sequence[Any]] | None
) -> list[tuple[int, dict[str, Any]]]:
    """Row number and fields of each row that holds anything."""
    if told is None or len(told) < HEAD_ROWS or "code" not in told[1]:
        raise InputRefused("PREV-073", file=path.name, sheet=name)
    names = [str(cell).strip() for cell in told[1]]
    found = []
    for number, row in enumerate(told[HEAD_ROWS:], start=HEAD_ROWS + 1):
        cells = {n: v for n, v in zip(names, row, strict=False) if n and v not in EMPTY}
        found += [(number, cells)] if cells else []
    return found
