"""Equations and contradictions of long tables, as an officer can check them by hand."""

from __future__ import annotations

from typing import Any

from aiqyn import words
from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.long_tables.reading import TEXT, LongTable
from aiqyn.disclosure.long_tables.system import SAME, System


def equation(system: System, row: int, lang: str = "en") -> str:
    """One sum with its printed values: ``[Sex=Female] Age: Total 45 = … 43 + … <5``."""
    tie = system.web.ties[row]
    if tie is None:
        raise ValueError("every row of long tables is a sum")
    (table, total), along = system.place(tie.total), system.along[row]
    if along == SAME:
        other, at = system.place(tie.parts[0])
        slots = {"file": table.file, "printed": printed(table, total)}
        return words.say("attack.same", lang, **slots, other=other.file, there=printed(other, at))
    parts = (system.place(p)[1] for p in tie.parts)
    right = " + ".join(term(table, at, along) for at in parts)
    text = f"{' / '.join(along)}: {term(table, total, along)} = {right}"
    beside = _beside(table, total, along)
    named = f"[{beside}] {text}" if beside else text
    return f"{table.file}: {named}" if len(system.tables) > 1 else named


def contradiction(system: System, row: int, lang: str = "en") -> dict[str, Any]:
    """A sum that cannot hold: its file, the cell of its total, and the sum."""
    from aiqyn.disclosure.long_tables.attacking import codes_of

    tie = system.web.ties[row]
    if tie is None:
        raise ValueError("every row of long tables is a sum")
    table, at = system.place(tie.total)
    told = {"file": table.file, "cell": codes_of(table, at)}
    return {**told, "equation": equation(system, row, lang)}


def twice_printed(system: System, lang: str = "en") -> list[dict[str, Any]]:
    """Cells printed with two values, within a file or by two files."""
    within = [
        {
            "file": t.file,
            "rows": list(rows),
            "equation": words.say("attack.twice", lang, rows=", ".join(map(str, rows))),
        }
        for t in system.tables
        for rows in t.twice
    ]
    return within + [_apart(system, *pair, lang) for pair in system.apart]


def _apart(system: System, one: int, other: int, lang: str) -> dict[str, Any]:
    (table, at), (second, there) = system.place(one), system.place(other)
    text = words.say(
        "attack.same",
        lang,
        file=table.file,
        printed=printed(table, at),
        other=second.file,
        there=printed(second, there),
    )
    return {"file": table.file, "other": second.file, "equation": text}


def printed(table: LongTable, at: int) -> str:
    """What the file prints in a cell."""
    return str(table.cells[TEXT][at]) or "?"


def term(table: LongTable, at: int, along: tuple[str, ...]) -> str:
    """The codes of a cell along an axis, and what is printed there."""
    codes = table.cells.select(along).row(at)
    named = " / ".join(c for c in codes if c != ALL) or table.total
    return f"{named} {printed(table, at)}"


def _beside(table: LongTable, at: int, along: tuple[str, ...]) -> str:
    """The codes in the other dimensions that have totals, totals left out; not the block's own."""
    others = [d for d in table.dims if d not in along and d in table.summed]
    codes = table.cells.select(others).row(at) if others else ()
    return ", ".join(f"{d}={c}" for d, c in zip(others, codes, strict=True) if c != ALL)
