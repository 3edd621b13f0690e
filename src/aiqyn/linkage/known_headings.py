"""Headings by which a list's columns are known without a mapping (data/linkage/headings.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

COLUMNS = (
    "record_id",
    "given",
    "surname",
    "patronymic",
    "dob",
    "dob_precision",
    "sex",
    "citizenship",
    "region",
    "national_id",
    "sealed",
)
IDENTIFYING = ("given", "surname", "patronymic", "dob", "national_id")


def contract_names(headings: Sequence[str]) -> list[str]:
    """The contract's name for each heading it knows, once; the others under their own, once."""
    aliases, seen, found = _aliases(), set[str](), []
    for place, heading in enumerate(headings):
        name = aliases.get(_plain(heading), heading)
        name = name if name and name not in seen else f"{heading}#{place + 1}"
        seen.add(name)
        found.append(name)
    return found


def headings_of(column: str) -> tuple[str, ...]:
    """The headings under which a column of the contract is known."""
    return (column, *_known().get(column, ()))


@cache
def _known() -> Mapping[str, Sequence[str]]:
    text = files("aiqyn").joinpath("data", "linkage", "headings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _aliases() -> Mapping[str, str]:
    return {_plain(a): name for name in COLUMNS for a in headings_of(name)}


def _plain(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c not in " _.\u00a0")
