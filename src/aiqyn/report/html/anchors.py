"""Where each open number has its box, so that a reader who asks is answered in the same chapter.

A number may be named in many chapters. Each chapter that names it has one box for it: in its key
figures or its opened numbers, or else after the block that names it first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from aiqyn.report.model import Block, Chapter, KeyFigure, KeyFigures, NumberRef, OpenNumbers


def boxes(chapter: Chapter) -> tuple[tuple[str, ...], ...]:
    """For each block of the chapter the numbers whose box stands with it."""
    home: dict[str, int] = {}
    for wanted in (True, False):
        for place, block in enumerate(chapter.blocks):
            if isinstance(block, KeyFigures | OpenNumbers) is wanted:
                for number in named(block):
                    home.setdefault(number, place)
    return tuple(
        tuple(number for number in home if home[number] == place)
        for place in range(len(chapter.blocks))
    )


def anchors(chapters: Sequence[Chapter]) -> Mapping[tuple[str, str], str]:
    """(chapter id, number id) -> the id of the number's box on the page.

    The first chapter that names a number holds its permanent address, ``n-V-017``.
    """
    found: dict[tuple[str, str], str] = {}
    known: set[str] = set()
    for chapter in chapters:
        for number in dict.fromkeys(n for numbers in boxes(chapter) for n in numbers):
            permanent = permanent_anchor(number)
            own = permanent if number not in known else f"{permanent}-{chapter.id}"
            found[chapter.id, number] = own
            known.add(number)
    return found


def permanent_anchor(number: str) -> str:
    """The id under which a number is cited, in every edition of the page."""
    return f"n-{number}"


def named(block: Block) -> tuple[str, ...]:
    """The ids of the numbers that a block names, in order, each once."""
    return tuple(dict.fromkeys(_named(block)))


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, NumberRef):
        yield part.id
    elif isinstance(part, OpenNumbers):
        yield from part.numbers
    elif isinstance(part, KeyFigure):
        yield part.number
    elif is_dataclass(part):
        for field in fields(part):
            yield from _named(getattr(part, field.name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _named(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _named(value)
