"""From the standard's codes to an agency's own headings and spellings: a mapping read backwards.

The mapping file that intake reads is the only place where an agency's words stand; here the first
spelling of a heading and of a value is taken. Where the mapping leaves a value to the code list,
the agency writes the list's label in its own language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl
import yaml

from aiqyn.demo.tables import folder
from aiqyn.standard import code_list

IDENTITY = ("family_name", "given_name", "patronymic", "birth_date", "national_number")
_LISTS = {
    "status": "victim_status",
    "sex": "sex",
    "region": "region",
    "region_origin": "region",
    "acts": "act",
    "means": "means",
    "forms": "form",
    "recruitment": "recruitment",
    "control": "control",
    "sector": "sector",
    "relation": "relation",
    "role": "role",
    "trafficker_kind": "trafficker_kind",
    "stage": "stage",
    "assistance": "assistance",
    "outcome": "referral_outcome",
    "consent": "yes_no",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet as an agency lays it out: headings in order, and how values are spelled."""

    table: str
    headings: dict[str, str]
    spellings: dict[str, dict[str, str]]


@cache
def layouts(mapping: str, language: str, as_codes: tuple[str, ...] = ()) -> dict[str, Layout]:
    """The layouts of a demo mapping, by table of the standard."""
    text = folder("mappings", f"{mapping}.yaml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    return {
        sheet["records"][0]["table"]: _layout(sheet, language, as_codes) for sheet in raw["sheets"]
    }


def _layout(sheet: dict[str, Any], language: str, as_codes: tuple[str, ...]) -> Layout:
    record = sheet["records"][0]
    fields = {name: rule for name, rule in record["fields"].items() if "from" in rule}
    headings = {name: rule["from"][0] for name, rule in fields.items()}
    own = {name: names[0] for name, names in sheet.get("identity", {}).items()}
    first, *rest = headings.items()
    ordered = dict([first, *own.items(), *rest])
    spellings = {
        name: _spellings(name, rule, language)
        for name, rule in fields.items()
        if name not in as_codes and (name in _LISTS or "values" in rule)
    }
    return Layout(record["table"], ordered, spellings)


def _spellings(name: str, rule: dict[str, Any], language: str) -> dict[str, str]:
    """Code -> what the agency writes."""
    told = {}
    if name in _LISTS:
        codes = code_list(_LISTS[name])
        told = {code: codes.label(code, language) for code in codes.entries}
    for text, code in reversed(rule.get("values", {}).items()):
        told[code] = text
    return told


def spell(frame: pl.DataFrame, layout: Layout, dates: str) -> pl.DataFrame:
    """The records as texts under the agency's headings; ``_file`` and other marks are kept.

    Parameters
    ----------
    frame : columns of the standard; identity columns where the layout asks for them
    dates : strftime form of the dates; "excel" keeps ISO texts, to be written as real dates
    """
    form = "%Y-%m-%d" if dates == "excel" else dates
    marks = [c for c in frame.columns if c.startswith("_")]
    told = [
        _text(frame.schema[field], field, layout, form).alias(heading)
        for field, heading in layout.headings.items()
    ]
    return frame.select(*told, *marks)


def _text(kind: pl.DataType, field: str, layout: Layout, form: str) -> pl.Expr:
    value = pl.col(field)
    words = layout.spellings.get(field)
    if isinstance(kind, pl.List):
        one = pl.element().replace(words) if words else pl.element()
        return value.list.eval(one).list.join("; ")
    if kind == pl.Date:
        return value.dt.strftime(form)
    text = value.cast(pl.String)
    return text.replace(words) if words else text


def typed(layout: Layout, dates: str) -> dict[str, str]:
    """Headings whose cells are numbers or real dates in a workbook: heading -> ``number|date``."""
    found = {}
    for field, heading in layout.headings.items():
        if field == "age":
            found[heading] = "number"
        elif dates == "excel" and field.startswith("date"):
            found[heading] = "date"
    return found
