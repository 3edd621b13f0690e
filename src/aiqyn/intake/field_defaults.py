"""What the field standard says of a field when a mapping is silent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from aiqyn.intake.mapping import Kind

# Units and types of the standard -> how a cell is read.
KIND_OF_TYPE: dict[str, Kind] = {
    "int": "integer", "float": "number", "date": "date", "code": "code", "codes": "codes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldDefault:
    """How a field is read, and the code list that its values come from."""

    kind: Kind
    code_list: str | None


@cache
def table_names() -> tuple[str, ...]:
    """Tables of the standard."""
    from aiqyn import standard

    return tuple(standard.tables())


@cache
def defaults_of(table: str) -> dict[str, FieldDefault]:
    """Field name -> defaults, in the standard's order; identity fields are never mapped."""
    from aiqyn import standard

    found = {}
    for field in standard.fields(table):
        if not field.identity:
            found[field.name] = FieldDefault(_kind(field.name, field.type), field.code_list)
    return found


def _kind(name: str, type_: str) -> Kind:
    by_name: dict[str, Kind] = {"year": "year", "value": "count"}
    return by_name.get(name) or KIND_OF_TYPE.get(type_, "text")
