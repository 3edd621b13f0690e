"""The legal definitions shipped, by name and by the day on which they were in force.

They are read from ``data/definitions/*.yaml``. A file with an unknown field, a code nobody knows,
or a form of exploitation it forgets is refused when it is read.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.standard.definition_files import read_definitions, read_elements
from aiqyn.standard.legal_definition import Definition, Elements


def definition_names() -> tuple[str, ...]:
    """The definitions shipped, in the order in which they are shown."""
    return tuple(_shipped())


def definition(name: str, on: date | None = None) -> Definition:
    """The definition in force on a day; without a day, its newest text.

    Raises
    ------
    UsageRefused (DEFINITION-001) when no such definition is shipped.
    AnswerRefused (DEFINITION-002) when no text of it was in force on the day.

    Examples
    --------
    >>> definition("eu", date(2020, 1, 1)).in_force
    datetime.date(2011, 4, 15)
    """
    if name not in _shipped():
        raise UsageRefused("DEFINITION-001", value=_short(name), known=", ".join(_shipped()))
    versions = _shipped()[name]
    standing = [v for v in versions if on is None or v.in_force <= on]
    if not standing:
        first = versions[0].in_force.isoformat()
        raise AnswerRefused("DEFINITION-002", name=name, date=str(on), first=first)
    return standing[-1]


def versions(name: str) -> tuple[Definition, ...]:
    """Every text of a definition, the oldest first."""
    definition(name)
    return _shipped()[name]


def _short(text: str) -> str:
    return text if text.isidentifier() and len(text) <= 20 else "…"


@cache
def _shipped() -> dict[str, tuple[Definition, ...]]:
    return read_definitions(files("aiqyn").joinpath("data", "definitions"))


@cache
def elements() -> Elements:
    """The shipped vocabulary (``elements.yaml``)."""
    return read_elements(files("aiqyn").joinpath("data", "definitions"))
