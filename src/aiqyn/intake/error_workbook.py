"""The workbook an agency gets back: what is wrong in which row, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiqyn.intake import workbook_style as style
from aiqyn.intake.reading import Intake
from aiqyn.intake.refusal import Refusal, as_seen
from aiqyn.intake.workbook_style import Styles, harmless, sentence
from aiqyn.words import has, long_date, number, say

COLUMNS = (
    ("number", 5), ("file", 24), ("sheet", 18), ("row", 11), ("column", 22), ("value", 20),
    ("what", 34), ("mend", 50), ("code", 13),
)  # fmt: skip
HEAD = 3  # row of the headings, from 0: row 4 of the sheet
COUNTED = ("number", "row", "rows", "accepted", "refused", "times")  # headings over numbers
VALUE, MEND = 5, 7  # columns with a wash
LISTS_SHOWN = ("form", "sex", "region")  # when no refusal asks for a list
Place = tuple[str, str | None, int]


def write_error_workbook(intakes: Sequence[Intake], path: str | Path, lang: str = "en") -> None:
    """Write the sheets Summary, Errors, Your rows and Codes.

    Parameters
    ----------
    intakes : what was read; their refusals are shown in order of file, sheet and row
    path : where to write; an older workbook of that name is replaced at once or not at all

    Notes
    -----
    The only place that shows a refused value as it was written: the workbook goes back to the
    agency that wrote it. Cells of identity columns are not copied.
    """
    day = max(intake.today for intake in intakes)
    with style.workbook(path, day) as book:
        styles = Styles(book)
        names = ("summary", "errors", "rows", "codes")
        sheets = {n: book.add_worksheet(say(f"intake.errors.sheet.{n}", lang)) for n in names}
        places = _rows_sheet(sheets["rows"], intakes, styles, lang)
        _errors_sheet(sheets["errors"], intakes, places, styles, lang)
        _summary_sheet(sheets["summary"], intakes, styles, lang)
        _codes_sheet(sheets["codes"], intakes, styles, lang)
        sheets["errors"].activate()


def _in_order(intakes: Sequence[Intake]) -> list[Refusal]:
    return [refusal for intake in intakes for refusal in intake.refusals]


def _errors_sheet(
    sheet: Any, intakes: Sequence[Intake], places: dict[Place, int], styles: Styles, lang: str
) -> None:
    refusals = _in_order(intakes)[: style.MAX_ROWS]
    sums = {k: sum(getattr(i, k) for i in intakes) for k in ("rows", "accepted", "refused")}
    told = {key: number(n, lang) for key, n in sums.items()}
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, say("intake.errors.title", lang, n=told["refused"]), styles.title)
    sheet.write_string(1, 0, say("intake.errors.counts", lang, **told), styles.second)
    _headings(sheet, HEAD, [name for name, _ in COLUMNS], styles, lang)
    for column, (_, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
    for at, refusal in enumerate(refusals):
        _error(sheet, HEAD + 1 + at, refusal, places, styles, lang)
    sheet.autofilter(HEAD, 0, HEAD + max(1, len(refusals)), len(COLUMNS) - 1)
    sheet.freeze_panes(HEAD + 1, 0)
    style.landscape(sheet, repeat=HEAD)


def _error(
    sheet: Any, at: int, refusal: Refusal, places: dict[Place, int], styles: Styles, lang: str
) -> None:
    sheet.write_number(at, 0, at - HEAD, styles.number)
    cells = {
        1: refusal.file,
        2: refusal.sheet or "",
        4: refusal.column or "",
        VALUE: refusal.seen,
        6: sentence(refusal.what(lang, quote=False)),
        MEND: refusal.mend(lang, codes_sheet=True),
        8: refusal.code,
    }
    sheet.set_row(at, style.height(list(cells.values()), [COLUMNS[c][1] for c in cells]))
    for column, text in cells.items():
        sheet.write_string(at, column, harmless(text), _cell_style(column, styles))
    _row_cell(sheet, at, refusal, places, styles, lang)


def _cell_style(column: int, styles: Styles) -> Any:
    table: dict[str, object] = {
        "num_format": "@", "text_wrap": True, "align": "left", "indent": 1, "bottom": 1,
        "bottom_color": style.RULE,
    }  # fmt: skip
    if column == VALUE:
        ochre = {"bg_color": style.CAUTION_WASH, "left": 5, "left_color": style.OCHRE}
        return styles(**table, **ochre, bold=True)
    if column == MEND:
        return styles(**table, bg_color=style.MEND_WASH)
    return styles(**table, font_name="Consolas", font_size=10) if column == 8 else styles.text


def _row_cell(
    sheet: Any, at: int, refusal: Refusal, places: dict[Place, int], styles: Styles, lang: str
) -> None:
    """The row's number, as a link to the copy of the row."""
    if refusal.row is None:
        sheet.write_string(at, 3, say("intake.errors.whole_file", lang), styles.text)
        return
    copy = places.get((refusal.file, refusal.sheet, refusal.row))
    if copy is None or at > style.MAX_LINKS:
        sheet.write_number(at, 3, refusal.row, styles.number)
        return
    look = styles(
        font_color=style.PETROL, underline=1, align="right", bottom=1, bottom_color=style.RULE
    )
    target = f"internal:'{say('intake.errors.sheet.rows', lang)}'!A{copy + 1}"
    tip = say("intake.errors.to_row", lang)
    sheet.write_url(at, 3, target, look, string=str(refusal.row), tip=tip)


def _headings(sheet: Any, row: int, names: Sequence[str], styles: Styles, lang: str) -> None:
    sheet.set_row(row, 22)
    for column, name in enumerate(names):
        look = styles.count_head if name in COUNTED else styles.head
        sheet.write_string(row, column, say(f"intake.errors.column.{name}", lang), look)


def _rows_sheet(
    sheet: Any, intakes: Sequence[Intake], styles: Styles, lang: str
) -> dict[Place, int]:
    """Copies of the refused rows, in blocks of one sheet each; place -> row of this sheet."""
    sheet.write_string(0, 0, say("intake.errors.rows.note", lang), styles.second)
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 8)
    sheet.set_column(3, 60, 18)
    places: dict[Place, int] = {}
    wrong = {(r.file, r.sheet, r.row, r.column) for i in intakes for r in i.refusals}
    at, block = 1, None
    for intake in intakes:
        for copy in intake.copies[: style.MAX_ROWS]:
            if (intake.file, copy.sheet) != block:
                block = (intake.file, copy.sheet)
                at += 1
                _headings(sheet, at, ("file", "sheet", "row"), styles, lang)
                for column, heading in enumerate(copy.headings, 3):
                    sheet.write_string(at, column, harmless(heading), styles.head)
                at += 1
            sheet.write_string(at, 0, harmless(intake.file), styles.text)
            sheet.write_string(at, 1, harmless(copy.sheet or ""), styles.text)
            sheet.write_number(at, 2, copy.row, styles.number)
            for column, (heading, cell) in enumerate(
                zip(copy.headings, copy.cells, strict=True), 3
            ):
                marked = (intake.file, copy.sheet, copy.row, heading) in wrong
                look = _cell_style(VALUE, styles) if marked else styles.text
                sheet.write_string(at, column, harmless(as_seen(cell, copy.sheet)), look)
            places[intake.file, copy.sheet, copy.row] = at
            at += 1
    style.landscape(sheet)
    return places


def _summary_sheet(sheet: Any, intakes: Sequence[Intake], styles: Styles, lang: str) -> None:
    day = long_date(max(intake.today for intake in intakes), lang)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, say("intake.errors.summary.title", lang), styles.title)
    sheet.write_string(1, 0, say("intake.errors.summary.day", lang, day=day), styles.second)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 4, 14)
    _headings(sheet, 3, ("file", "mapping", "rows", "accepted", "refused"), styles, lang)
    at = 4
    for intake in intakes:
        sheet.write_string(at, 0, harmless(intake.file), styles.text)
        sheet.write_string(at, 1, intake.mapping or "", styles.text)
        for column, n in enumerate((intake.rows, intake.accepted, intake.refused), 2):
            sheet.write_number(at, column, n, styles.number)
        at += 1
    at = _by_code(sheet, at + 1, _in_order(intakes), styles, lang)
    _cautions(sheet, at + 1, intakes, styles, lang)
    style.landscape(sheet)


def _by_code(sheet: Any, at: int, refusals: list[Refusal], styles: Styles, lang: str) -> int:
    sheet.write_string(at, 0, say("intake.errors.summary.by_code", lang), styles(bold=True))
    _headings(sheet, at + 1, ("code", "what", "times"), styles, lang)
    at += 2
    for (code, what), times in _kinds(refusals, lang).items():
        sheet.write_string(at, 0, code, styles.text)
        sheet.set_row(at, style.height([what], [60]))
        sheet.write_string(at, 1, what, styles.text)
        sheet.write_number(at, 2, times, styles.number)
        at += 1
    return at


def _kinds(refusals: list[Refusal], lang: str) -> dict[tuple[str, str], int]:
    """Code and sentence -> how many refusals, by code; where they differ, the general sentence."""
    told = Counter((r.code, r.what(lang, quote=False)) for r in refusals)
    sentences = Counter(code for code, _ in told)
    kinds: Counter[tuple[str, str]] = Counter()
    for (code, what), times in told.items():
        general = sentences[code] > 1 and has(f"{code}.kind", lang)
        kinds[code, sentence(say(f"{code}.kind", lang) if general else what)] += times
    return dict(sorted(kinds.items(), key=lambda kind: kind[0][0]))


def _cautions(sheet: Any, at: int, intakes: Sequence[Intake], styles: Styles, lang: str) -> None:
    told = [caution.text(lang) for intake in intakes for caution in intake.cautions]
    if not told:
        return
    sheet.write_string(at, 0, say("intake.errors.summary.cautions", lang), styles(bold=True))
    look = styles(text_wrap=True, bg_color=style.CAUTION_WASH)
    for row, text in enumerate(told, at + 1):
        sheet.merge_range(row, 0, row, 4, harmless(text), look)
        sheet.set_row(row, style.height([text], [130]))


def _codes_sheet(sheet: Any, intakes: Sequence[Intake], styles: Styles, lang: str) -> None:
    """The lists that the refusals ask for: a code or any of its names may be written."""
    from aiqyn.standard import code_list, code_list_names

    asked = {str(r.slots["list"]) for r in _in_order(intakes) if "list" in r.slots}
    names = sorted(asked & set(code_list_names())) or list(LISTS_SHOWN)
    _headings(sheet, 0, ("list", "allowed", "code"), styles, lang)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 24)
    at = 1
    for name in names:
        codes = code_list(name)
        for code in codes.codes(unknown=True):
            label = codes.label(code, lang)
            title = f"intake.list.{name}"
            told = (say(title, lang) if has(title, lang) else name, label, code)
            sheet.set_row(at, style.height([label], [60]))
            for column, text in enumerate(told):
                sheet.write_string(at, column, harmless(text), styles.text)
            at += 1
    sheet.autofilter(0, 0, max(1, at - 1), 2)
    sheet.freeze_panes(1, 0)
    style.landscape(sheet, repeat=0)
