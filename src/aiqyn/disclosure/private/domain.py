"""Which codes each column may hold: from a file or the shipped lists, never from the data.

A code that is read off the data says that somebody has it. So a column that neither the file nor a
list knows is refused, and so is a value that stands outside its column's codes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from aiqyn.errors import InputRefused
from aiqyn.standard import code_list, code_list_names, fields, tables
from aiqyn.standard.code_lists import TOTAL

MISSING = ""


@dataclass(frozen=True, slots=True)
class Domain:
    """The codes of each column, in order; the last one is always the empty cell."""

    codes: Mapping[str, tuple[str, ...]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, in the order of the file."""
        return tuple(self.codes)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many codes each column has, the empty cell included."""
        return tuple(len(codes) for codes in self.codes.values())


def domain_for(columns: Iterable[str], own: Mapping[str, Iterable[str]] | None = None) -> Domain:
    """The codes of these columns: from `own` where it names the column, else from shipped lists.

    Raises
    ------
    InputRefused (DISC-103) when neither knows a column.
    """
    known: dict[str, tuple[str, ...]] = {}
    for column in columns:
        codes = (own or {}).get(column, shipped_codes().get(column))
        if codes is None:
            raise InputRefused("DISC-103", column=column)
        known[column] = (*dict.fromkeys(c for c in codes if c != MISSING), MISSING)
    return Domain(known)


def read_domain(path: Path) -> dict[str, list[str]]:
    """``{column: [codes]}`` from a JSON file; numbers are taken as text.

    Raises
    ------
    InputRefused (DISC-104) when the file is anything else.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        lists = {str(column): [_text(code) for code in codes] for column, codes in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        raise InputRefused("DISC-104", file=path.name) from None
    if not lists or not all(isinstance(codes, list) for codes in found.values()):
        raise InputRefused("DISC-104", file=path.name)
    return lists


@cache
def shipped_codes() -> Mapping[str, tuple[str, ...]]:
    """Column -> codes: fields of the standard, code lists by their name, CTDC's columns."""
    by_field = {
        f.name: _codes_of(f.code_list)
        for table in tables()
        for f in fields(table)
        if f.type == "code" and f.code_list and not f.identity
    }
    return {n: _codes_of(n) for n in code_list_names()} | _ctdc() | by_field


def _codes_of(name: str) -> tuple[str, ...]:
    listed = code_list(name)
    return tuple(c for c, entry in listed.entries.items() if c != TOTAL and not entry.invented)


def _ctdc() -> dict[str, tuple[str, ...]]:
    import yaml

    source = files("aiqyn").joinpath("data", "disclosure", "ctdc_columns.yaml")
    found = yaml.safe_load(source.read_text(encoding="utf-8"))
    return {
        column: tuple(map(str, codes)) if isinstance(codes, list) else _codes_of(codes)
        for column, codes in found["columns"].items()
    }


def _text(code: object) -> str:
    if code is None:
        return MISSING
    if isinstance(code, bool) or not isinstance(code, (str, int, float)):
        raise TypeError
    return str(code)
