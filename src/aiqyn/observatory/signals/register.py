"""The register of signals: what has been seen keeps its number from week to week.

A signal of this run is one seen before when its cell is the same, or when it shares at least half
of the smaller one's persons, and it was last seen no longer than a quarter of a year ago. What a
signal is stands in ``signals/register.json``; what became of it, in the audit chain.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from aiqyn.observatory.manifest import write_atomically
from aiqyn.signals.watching_country.signal import Signal

FILE = "register.json"
LONG_AGO = timedelta(weeks=13)
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """A signal as it was last seen.

    Attributes
    ----------
    id : ISO year and week of the first sight, and a number: ``2025-W42-01``
    first, last : ends of the weeks in which it was first and last seen
    persons : ids of its persons, as last seen
    """

    id: str
    cell: Mapping[str, str]
    first: str
    last: str
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """Every signal seen, oldest first, and the end of the last week that was watched."""

    entries: tuple[Entry, ...] = ()
    until: str = ""
    weeks: tuple[str, ...] = field(default=())


def read_register(folder: Path) -> Register:
    """The register of a ``signals`` folder; an empty one where nothing was watched."""
    file = folder / FILE
    if not file.is_file():
        return Register()
    told = json.loads(file.read_text(encoding="utf-8"))
    entries = tuple(Entry(**{**e, "persons": tuple(e["persons"])}) for e in told["entries"])
    return Register(entries, told["until"], tuple(told["weeks"]))


def write_register(folder: Path, register: Register) -> None:
    """Put the register in place, for its owner only: it holds pseudonymous persons."""
    write_private(folder / FILE, json.dumps(asdict(register), ensure_ascii=False, indent=1))


def write_private(file: Path, content: str | bytes) -> None:
    """A file that its owner alone can read (POSIX)."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = os.umask(0o077)
    try:
        write_atomically(file, content.encode("utf-8") if isinstance(content, str) else content)
    finally:
        os.umask(before)


def numbered(
    register: Register, signals: Sequence[Signal], persons: Sequence[frozenset[str]], until: date
) -> Register:
    """The register with this run's signals: known ones moved on, new ones with a number."""
    entries = list(register.entries)
    taken = set[str]()
    for signal, members in zip(signals, persons, strict=True):
        told = (signal.cell, members, until)
        place = next(
            (i for i, e in enumerate(entries) if e.id not in taken and _same(e, *told)), None
        )
        if place is None:
            id_, first = _next_id(entries, until), until.isoformat()
            entries.append(Entry(id_, {}, first, first))
            place = len(entries) - 1
        entries[place] = replace(
            entries[place],
            cell=dict(signal.cell),
            last=until.isoformat(),
            persons=tuple(sorted(members)),
        )
        taken.add(entries[place].id)
    weeks = tuple(sorted({*register.weeks, until.isoformat()}))
    return Register(tuple(entries), until.isoformat(), weeks)


def ids_of(register: Register, signals: Sequence[Signal]) -> tuple[str, ...]:
    """The numbers of this run's signals."""
    seen = {
        tuple(sorted(e.cell.items())): e.id for e in register.entries if e.last == register.until
    }
    return tuple(seen[tuple(sorted(signal.cell.items()))] for signal in signals)


def _same(entry: Entry, cell: Mapping[str, str], members: frozenset[str], until: date) -> bool:
    if until - date.fromisoformat(entry.last) > LONG_AGO:
        return False
    shared = len(members & set(entry.persons))
    return entry.cell == dict(cell) or shared >= HALF * max(
        1, min(len(members), len(entry.persons))
    )


def _next_id(entries: Sequence[Entry], until: date) -> str:
    year, week, _ = until.isocalendar()
    stem = f"{year}-W{week:02d}"
    return f"{stem}-{1 + sum(e.id.startswith(stem) for e in entries):02d}"
