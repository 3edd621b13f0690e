"""Which reader a field's cells go to."""

from __future__ import annotations

import re

from aiqyn.intake import cells
from aiqyn.intake.cells import Fault, Parser, Value
from aiqyn.intake.codes import CodeReader
from aiqyn.intake.headings import heading_key
from aiqyn.intake.kazakh_damage import is_damaged
from aiqyn.intake.mapping import FieldRule
from aiqyn.intake.names_guard import is_document_number, may_be_name
from aiqyn.intake.rows import is_count

CODES_OF_PERSONS = ("record_id", "person_code", "accused_code", "group_code")
Own = dict[str, tuple[str, ...] | None]


def parser(rule: FieldRule) -> Parser:
    """The reader of the field's kind, the mapping's own spellings first."""
    codes = CodeReader(rule)
    by_kind: dict[str, Parser] = {
        "text": text_parser(rule),
        "code": codes.one,
        "codes": codes.many,
        "integer": lambda text: cells.parse_integer(text, rule),
        "number": lambda text: cells.parse_float(text, rule),
        "count": lambda text: cells.parse_count(text, rule),
        "date": lambda text: cells.parse_date(text, rule),
        "year": lambda text: cells.parse_year(text, rule),
        "boolean": lambda text: cells.parse_boolean(text, rule),
    }
    own: Own = {heading_key(text): value for text, value in rule.values}
    read = by_kind["count"] if is_count(rule) else by_kind[rule.kind]
    if rule.kind in ("text", "code", "codes") or not own:
        return read
    return lambda text: _own(own, text, read)


def _own(own: Own, text: str, read: Parser) -> Value | Fault:
    """`values` of a column that holds no codes: their text -> a text that we can read."""
    if (key := heading_key(text)) not in own:
        return read(text)
    ours = own[key]
    return None if ours is None else read(ours[0])


def text_parser(rule: FieldRule) -> Parser:
    """A text that is a code of theirs (a case number); never free text, never a name."""
    own: Own = {heading_key(text): codes for text, codes in rule.values}
    pattern = re.compile(rule.pattern) if rule.pattern else None

    def parse(text: str) -> Value | Fault:
        if own and heading_key(text) in own:
            codes = own[heading_key(text)]
            return codes[0] if codes else None
        if own and rule.has_otherwise:
            return rule.otherwise
        if rule.values_only:
            return Fault("INTAKE-009", {"list": rule.name, "spellings": _spellings(rule)})
        if is_damaged(text):
            return Fault("INTAKE-004")
        if rule.name in CODES_OF_PERSONS and may_be_name(text):
            return Fault("INTAKE-012")
        if rule.name in CODES_OF_PERSONS and is_document_number(text):
            return Fault("INTAKE-037")
        return text if pattern is None or pattern.fullmatch(text) else Fault("INTAKE-029")

    return parse


def _spellings(rule: FieldRule) -> tuple[str, ...]:
    return tuple(text for text, _ in rule.values)
