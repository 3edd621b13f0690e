"""What the blank workbook asks an agency for: columns, and the values its drop-downs offer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from aiqyn.intake.workbook_style import harmless
from aiqyn.intake.xlsx_facts import column_letters
from aiqyn.words import say

if TYPE_CHECKING:
    from aiqyn.standard import Field

SHEETS = (
    "victims", "exploitation", "movements", "accused", "justice_events", "assistance", "referrals",
)  # fmt: skip
MADE = ("source_id", "agency", "year")  # written by the system
AGENCIES = ("from_agency", "to_agency")  # agencies are named by their kind


@cache
def columns(table: str) -> tuple[Field, ...]:
    """The fields that an agency fills in, in the standard's order; no identity is asked for."""
    from aiqyn.standard import fields

    return tuple(f for f in fields(table) if not f.identity and f.name not in MADE)


def code_list_of(field: Field) -> str | None:
    """The list of a field's drop-down, if it has one."""
    return "agency_kind" if field.name in AGENCIES else field.code_list


def offered(name: str, country: str) -> tuple[str, ...]:
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


def is_required(table: str, field: Field) -> bool:
    """Whether a record without it is refused."""
    return field.required or (table, field.name) == ("victims", "date_detected")


def write_lists(book: Any, country: str, lang: str) -> dict[str, str]:
    """Code list -> the name of its range on a hidden sheet."""
    from aiqyn.standard import code_list

    title = say("intake.book.lists", lang)
    sheet = book.add_worksheet(title)
    used = {code_list_of(f) for table in SHEETS for f in columns(table)}
    names: dict[str, str] = {}
    for column, name in enumerate(sorted(n for n in used if n)):
        labels = [code_list(name).label(code, lang) for code in offered(name, country)]
        sheet.write_string(0, column, name)
        for row, label in enumerate(labels, 1):
            sheet.write_string(row, column, harmless(label))
        if labels:
            letters = column_letters(column)
            names[name] = f"list_{name}"
            area = f"='{title}'!${letters}$2:${letters}${len(labels) + 1}"
            book.define_name(names[name], area)
    sheet.hide()
    return names
