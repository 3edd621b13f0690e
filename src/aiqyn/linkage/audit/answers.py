"""The searcher's answers: which other records are the same person, by hand, in any list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.intake.open_file import open_file
from aiqyn.linkage.audit.drawing import ANSWER

NOBODY = ("none", "жоқ", "нет")
SIGNS = re.compile("([;,])")
Record = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found by hand.

    Attributes
    ----------
    mates : of each record that was searched for, every other record of that person
    unanswered : rows without an answer; they count for nothing
    """

    mates: Mapping[Record, frozenset[Record]]
    unanswered: int


def read_answers(path: str | Path, known: Iterable[Record]) -> Answers:
    """The answers of a file that `draw_audit` made and a person filled.

    Parameters
    ----------
    known : records that may be named

    Raises
    ------
    InputRefused (LINK-011) no such table, (LINK-012) an answer that is neither ``none`` nor
    ``list:record_id;…``, (LINK-013) a record that no list has, (LINK-014) no row is answered.
    """
    file = Path(path)
    rows = _rows(file)
    may_be = frozenset(known)
    mates: dict[Record, frozenset[Record]] = {}
    unanswered = 0
    for number, (name, record_id, answer) in enumerate(rows.iter_rows(), 2):
        if answer is None:
            unanswered += 1
            continue
        if (name, record_id) not in may_be:
            raise InputRefused("LINK-013", file=file.name, row=number)
        found = _named(file, number, str(answer), may_be)
        mates[(name, record_id)] = found - {(name, record_id)}
    if not mates:
        raise InputRefused("LINK-014", file=file.name)
    return Answers(mates, unanswered)


def _rows(file: Path) -> pl.DataFrame:
    cells = open_file(file)[0].cells
    headings = [str(h).casefold() for h in cells.row(0)] if cells.height else []
    wanted = ("list", "record_id", ANSWER)
    if not set(wanted) <= set(headings):
        raise InputRefused("LINK-011", file=file.name, columns=", ".join(wanted))
    return cells[1:].select(pl.nth(headings.index(w)).alias(w) for w in wanted)


def _named(file: Path, number: int, answer: str, known: frozenset[Record]) -> frozenset[Record]:
    """The records of an answer; a record_id that holds a semicolon or a comma stays whole."""
    if answer.casefold() in NOBODY:
        return frozenset()
    parts = SIGNS.split(answer)  # texts, with the signs between them
    found: set[Record] = set()
    at = 0
    while at < len(parts):
        if not parts[at].strip():
            at += 2
            continue
        end = next((e for e in _ends(parts, at) if _record(parts, at, e) in known), None)
        if end is None:
            code = "LINK-012" if _record(parts, at, at + 1) is None else "LINK-013"
            raise InputRefused(code, file=file.name, row=number)
        found.add(_record(parts, at, end) or ("", ""))
        at = end + 1
    if not found:
        raise InputRefused("LINK-012", file=file.name, row=number)
    return frozenset(found)


def _ends(parts: list[str], at: int) -> Iterable[int]:
    """Where a record that begins there may end, the longest first."""
    return range(len(parts), at, -2)


def _record(parts: list[str], at: int, end: int) -> Record | None:
    name, colon, record_id = "".join(parts[at:end]).partition(":")
    told = (name.strip(), record_id.strip())
    return told if colon and all(told) else None
