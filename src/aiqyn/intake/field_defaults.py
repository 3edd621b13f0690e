"""What the field standard says of a field when a mapping is silent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from aiqyn.intake.mapping import Kind

# Units and types of the standard -> how a cell is read.
KIND_OF_TYPE: dict[str, Kind] = {
    "integer": "integer", "int": "integer", "number": "number", "float": "number",
    "count": "count", "date": "date", "year": "year", "boolean": "boolean", "bool": "boolean",
}  # fmt: skip
MADE_WITH_VALUE = ("low", "high", "status")


@dataclass(frozen=True, slots=True)
class FieldDefault:
    """Kind, code list and multiplicity of a field."""

    kind: Kind
    code_list: str | None
    multiple: bool
    identity: bool


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
            kind = _kind(field.name, str(field.type), field.code_list, field.multiple)
            found[field.name] = FieldDefault(kind, field.code_list, field.multiple, False)
    return found


def _kind(name: str, type_: str, code_list: str | None, multiple: bool) -> Kind:
    if name == "year":
        return "year"
    if name == "value":
        return "count"
    if multiple:
        return "codes"
    return "code" if code_list else KIND_OF_TYPE.get(type_, "text")
