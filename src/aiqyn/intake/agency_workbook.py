"""The blank workbook an agency fills in: one sheet a table, drop-downs, one invented example."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn.errors import UsageRefused
from aiqyn.intake import workbook_style as style
from aiqyn.intake.workbook_style import Styles, harmless
from aiqyn.words import say

if TYPE_CHECKING:
    from aiqyn.standard import Field

SHEETS = (
    "victims", "exploitation", "movements", "accused", "justice_events", "assistance", "referrals",
)  # fmt: skip
MADE = ("source_id", "agency", "year")  # written by the system
ROWS = 5_000  # rows with drop-downs
FIRST_DAY = date(1990, 1, 1)
ABOUT_YEAR = (1, 1)  # cell B2, named in data/mappings/own_workbook.yaml
AGENCIES = ("from_agency", "to_agency")  # agencies are named by their kind


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
        lists = _lists(book, code, lang)
        _about(about, code, year, styles, lang)
        for table, sheet in sheets.items():
            _sheet(sheet, table, lists, code, year, styles, lang)
        about.activate()


@cache
def columns(table: str) -> tuple[Field, ...]:
    """The fields that an agency fills in, in the standard's order; no identity is asked for."""
    from aiqyn.standard import fields

    return tuple(f for f in fields(table) if not f.identity and f.name not in MADE)


def _code_list_of(field: Field) -> str | None:
    return "agency_kind" if field.name in AGENCIES else field.code_list


def _offered(name: str, country: str) -> tuple[str, ...]:
    """The codes that a drop-down offers; of the regions only the country's own."""
    from aiqyn.standard import code_list

    codes = code_list(name)
    if name == "region":
        own = tuple(c for c in codes.codes(demo=True) if codes.parent(c) == country)
        return (*own, "unknown") if own else ()
    if name == "country":
        first = (country,) if country in codes else ()
        return (*first, *(c for c in codes.codes(unknown=True) if c != country))
    absent = ("none",) if "none" in codes else ()
    return (*codes.codes(), *absent, "unknown")


def _lists(book: Any, country: str, lang: str) -> dict[str, str]:
    """Code list -> the name of its range on a hidden sheet."""
    from aiqyn.standard import code_list

    title = say("intake.book.lists", lang)
    sheet = book.add_worksheet(title)
    used = {_code_list_of(f) for table in SHEETS for f in columns(table)}
    names: dict[str, str] = {}
    for column, name in enumerate(sorted(n for n in used if n)):
        labels = [code_list(name).label(code, lang) for code in _offered(name, country)]
        sheet.write_string(0, column, name)
        for row, label in enumerate(labels, 1):
            sheet.write_string(row, column, harmless(label))
        if labels:
            letters = _letters(column)
            names[name] = f"list_{name}"
            area = f"='{title}'!${letters}$2:${letters}${len(labels) + 1}"
            book.define_name(names[name], area)
    sheet.hide()
    return names


def _letters(column: int) -> str:
    from aiqyn.intake.xlsx_facts import column_letters

    return column_letters(column)


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
    example = _example(table, country, year, lang)
    labels = [f.label(lang) + (" *" if _required(table, f) else "") for f in fields]
    sheet.set_row(0, max(style.height([label], [18]) for label in labels) + 4)
    for column, (field, label) in enumerate(zip(fields, labels, strict=True)):
        sheet.set_column(column, column, 20, _format(field, styles))
        sheet.write_string(0, column, label, styles.head)
        _write_example(sheet, column, field, example.get(field.name), styles, lang)
        told = _validation(field, table, lists, year, lang)
        sheet.data_validation(1, column, ROWS, column, told)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(style.A4)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)


def _required(table: str, field: Field) -> bool:
    return field.required or (table, field.name) == ("victims", "date_detected")


def _format(field: Field, styles: Styles) -> Any:
    """Text unless it is a day or a number: long case numbers must not turn into 1,2E+11."""
    formats = {"date": "dd.mm.yyyy", "int": "0"}
    return styles(num_format=formats.get(field.type, "@"))


def _write_example(
    sheet: Any, column: int, field: Field, value: object, styles: Styles, lang: str
) -> None:
    from aiqyn.standard import code_list

    look = {"bg_color": style.WASH, "font_color": style.INK_2}
    name = _code_list_of(field)
    if isinstance(value, date):
        day = datetime(value.year, value.month, value.day)
        sheet.write_datetime(1, column, day, styles(**look, num_format="dd.mm.yyyy"))
    elif isinstance(value, int):
        sheet.write_number(1, column, value, styles(**look, num_format="0"))
    else:
        codes = value if isinstance(value, list) else [] if value is None else [value]
        words = [code_list(name).label(str(c), lang) if name else str(c) for c in codes]
        sheet.write_string(1, column, "; ".join(words), styles(**look, num_format="@"))


def _validation(
    field: Field, table: str, lists: Mapping[str, str], year: int, lang: str
) -> dict[str, object]:
    name = _code_list_of(field)
    kind = "list" if name else {"date": "date", "int": "number"}.get(field.type, "text")
    kind = "codes" if field.multiple else kind
    required = [say("intake.book.input.required", lang)] if _required(table, field) else []
    gloss = [field.gloss(lang)] if field.gloss(lang) else []
    told = " ".join([*required, *gloss, say(f"intake.book.input.{kind}", lang)])
    message = {"input_title": _cut(field.label(lang), 32), "input_message": _cut(told, 255)}
    if name in lists:
        stop = {"error_type": "stop"} if field.type == "code" else {"show_error": False}
        wrong = {
            "error_title": _cut(field.label(lang), 32),
            "error_message": say("intake.book.wrong", lang),
        }
        return {"validate": "list", "source": f"={lists[str(name)]}", **wrong, **stop, **message}
    if field.type == "date":
        days = {"minimum": FIRST_DAY, "maximum": date(year, 12, 31)}
        return {
            "validate": "date",
            "criteria": "between",
            **days,
            "error_type": "warning",
            **message,
        }
    if field.type == "int":
        most = 120 if field.name == "age" else 9999
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": most,
            **message,
        }
    return {"validate": "any", **message}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _example(table: str, country: str, year: int, lang: str) -> dict[str, object]:
    regions = _offered("region", country)
    known = {
        "{example}": say("intake.book.example", lang), "{year}": str(year),
        "{country}": country, "{region}": regions[0] if regions else "",
    }  # fmt: skip
    told = {name: _filled(value, known) for name, value in _examples()[table].items()}
    return {name: value for name, value in told.items() if value != ""}


def _filled(value: object, known: Mapping[str, str]) -> object:
    if not isinstance(value, str):
        return value
    for slot, text in known.items():
        value = value.replace(slot, text)
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


@cache
def _examples() -> dict[str, dict[str, object]]:
    import yaml

    file = files("aiqyn").joinpath("data", "mappings", "examples", "own_workbook.yaml")
    told: dict[str, dict[str, object]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return told
