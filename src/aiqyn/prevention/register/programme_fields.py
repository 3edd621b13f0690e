"""What the register asks of a programme: a table of fields, and a cell read as its field wants."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import Any

from aiqyn.errors import InputRefused

LEAST_COST = 0.0


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, what it holds, whether it must be there (`one`: in one language)."""

    name: str
    table: str
    kind: str
    required: str
    allowed: tuple[str, ...]


@cache
def programme_fields(table: str) -> tuple[Field, ...]:
    """The fields of ``programme`` or ``where``, in their order."""
    file = files("aiqyn").joinpath("data", "prevention", "programme_fields.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return tuple(
        Field(r["field"], table, r["kind"], r["required"], tuple(r["allowed"].split()))
        for r in rows
        if r["table"] == table
    )


def read_cell(field: Field, told: Any) -> Any:  # Any: what a TOML file or a workbook may hold
    """The value of the field.

    Raises
    ------
    ValueError with the code of the refusal: PREV-063 not allowed, PREV-064 no number, date, text.
    """
    match field.kind:
        case "choices":
            parts = told.split() if isinstance(told, str) else told
            return tuple(_choice(field, part) for part in _listed(parts))
        case "choice":
            return _choice(field, told)
        case "number" | "amount":
            return _number(field, told)
        case "date":
            return _date(told)
        case _:
            return _text(field, told)


def _listed(parts: Any) -> Iterable[Any]:
    return parts if isinstance(parts, list | tuple) else (parts,)


def _choice(field: Field, told: Any) -> str:
    word = str(told).strip().strip(",;")
    if word not in field.allowed:
        raise ValueError("PREV-063")
    return word


def _number(field: Field, told: Any) -> float:
    try:
        value = float(str(told).replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except ValueError:
        raise ValueError("PREV-064") from None
    least = LEAST_COST if field.kind == "amount" else -float("inf")
    if isinstance(told, bool) or not isfinite(value) or value < least:
        raise ValueError("PREV-064")
    return value


def _date(told: Any) -> date:
    if isinstance(told, datetime):
        return told.date()
    if isinstance(told, date):
        return told
    try:
        return date.fromisoformat(str(told).strip())
    except ValueError:
        raise ValueError("PREV-064") from None


def _text(field: Field, told: Any) -> str:
    if not isinstance(told, str | int | float) or isinstance(told, bool):
        raise ValueError("PREV-064")  # noqa: TRY004  # the code of the refusal, not a type error of ours
    text = str(told).strip()
    plain = text.isascii() and text.replace("-", "").replace("_", "").isalnum()
    if field.kind == "code" and not plain:
        raise ValueError("PREV-064")
    if field.kind == "currency" and not (len(text) == 3 and text.isalpha() and text.isupper()):
        raise ValueError("PREV-064")
    if field.kind == "file" and ("/" in text or "\\" in text):
        raise ValueError("PREV-064")
    return text


def refusal(code: str, field: Field, where: str) -> InputRefused:
    """The refusal of a cell: where it stands, which field, and what it may be."""
    allowed = ", ".join(field.allowed) or EXAMPLES.get(field.kind, "…")
    return InputRefused(code, where=where, field=field.name, allowed=allowed)


EXAMPLES = {
    "number": "-0.2",
    "amount": "1500000",
    "date": "2025-03-01",
    "currency": "KZT",
    "code": "P-01",
    "file": "P-01_outcome.csv",
}
