"""A blank programme as TOML, each field with its explanation in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from aiqyn.prevention.register.programme_fields import Field, programme_fields
from aiqyn.words import say

BLANK = {
    "number": "",
    "amount": "",
    "date": "",
    "choices": "[]",
}


def blank_toml(code: str, lang: str = "en") -> str:
    """The text of a new programme: every field, what it means, what it may be."""
    return "\n".join(_lines(code, lang)) + "\n"


def _lines(code: str, lang: str) -> Iterator[str]:
    yield from (f"# {line}" for line in say("programme.blank", lang).split("\n"))
    for field in programme_fields("programme"):
        yield from ("", *_field(field, f'"{code}"' if field.name == "code" else None, lang))
    yield from ("", f"# {say('programme.blank.where', lang)}", "[[where]]")
    for field in programme_fields("where"):
        yield from _field(field, None, lang)


def _field(field: Field, value: str | None, lang: str) -> Iterator[str]:
    star = " *" if field.required == "yes" else ""
    yield f"# {say(f'programme.field.{field.name}', lang)}{star}"
    if field.allowed:
        yield f"#   {' · '.join(field.allowed)}"
    blank = BLANK.get(field.kind, '""')
    # a number or date cannot be blank in TOML: the line waits behind its mark
    yield f"{field.name} = {value or blank}" if value or blank else f"# {field.name} = "
