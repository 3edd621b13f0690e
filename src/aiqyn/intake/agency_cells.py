"""Cells of the blank workbook: the invented example, and what each cell may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aiqyn.intake import workbook_style as style
from aiqyn.intake.agency_columns import code_list_of, is_required, offered
from aiqyn.intake.workbook_style import Styles
from aiqyn.words import say

if TYPE_CHECKING:
    from aiqyn.standard import Field

FIRST_DAY = date(1990, 1, 1)


def write_example(
    sheet: Any, column: int, field: Field, value: object, styles: Styles, lang: str
) -> None:
    """Write one cell of the invented row, labels in place of codes."""
    from aiqyn.standard import code_list

    look = {"bg_color": style.WASH, "font_color": style.INK_2, "align": "left", "indent": 1}
    name = code_list_of(field)
    if isinstance(value, date):
        day = datetime(value.year, value.month, value.day)
        sheet.write_datetime(1, column, day, styles(**look, num_format="dd.mm.yyyy"))
    elif isinstance(value, int):
        sheet.write_number(1, column, value, styles(**look, num_format="0"))
    else:
        codes = value if isinstance(value, list) else [] if value is None else [value]
        words = [code_list(name).label(str(c), lang) if name else str(c) for c in codes]
        sheet.write_string(
            1, column, "; ".join(words), styles(**look, num_format="@", text_wrap=True)
        )


def example_of(table: str, country: str, year: int, lang: str) -> dict[str, object]:
    """Field -> value of the invented row, the year and the country put in."""
    regions = offered("region", country)
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


def validation(
    field: Field, table: str, lists: Mapping[str, str], year: int, lang: str
) -> dict[str, object]:
    """What Excel lets a cell hold, and the message it shows."""
    name = code_list_of(field)
    kind = "list" if name else {"date": "date", "int": "number"}.get(field.type, "text")
    kind = "codes" if field.multiple else kind
    required = [say("intake.book.input.required", lang)] if is_required(table, field) else []
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
