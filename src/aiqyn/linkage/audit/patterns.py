"""What an audit found, without saying of whom: how found persons lie to true ones, counted.

A pattern is one found person that was drawn: for each true person among its records, the list of
every record and the number of the found person that holds it (0 is the one that was drawn). It is
all that recall, precision, and the correction of an estimate ask for; no key and no number of a
record is in it. Sealed records are in no audit, and so in no pattern. The file of persons that went
with the patterns is known by its bytes, so that an audit is not held against another linkage.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from aiqyn.errors import InputRefused
from aiqyn.linkage.audit.found_and_true import Audited, TruePerson

Pattern = tuple[tuple[tuple[str, int], ...], ...]  # true persons -> records: list, found person
Patterns = Mapping[Pattern, int]


def patterns(drawn: Iterable[Audited]) -> Patterns:
    """Pattern -> found persons drawn that have it."""
    return Counter(_pattern(person) for person in drawn)


def persons_of(found: Patterns, list_of: Mapping[str, str]) -> tuple[Audited, ...]:
    """The audited persons of some lists, with made-up keys.

    Parameters
    ----------
    list_of : list of the audit -> list of the table that is to be corrected; records of lists that
        are not named are left out, and found persons who had no others
    """
    each = (
        _audited(f"{place}-{copy}", pattern, list_of)
        for place, (pattern, n) in enumerate(sorted(found.items()))
        for copy in range(n)
    )
    return tuple(person for person in each if person is not None)


def to_json(found: Patterns, persons: bytes) -> str:
    """Patterns in order, each with how many there are, and the code of the file of persons.

    Parameters
    ----------
    persons : the file of persons that is handed over with them
    """
    told = [{"n": n, "persons": pattern} for pattern, n in sorted(found.items())]
    whole = {"audited": told, "persons": _code(persons)}
    return json.dumps(whole, ensure_ascii=False, indent=None) + "\n"


def read_patterns(path: Path, persons: Path) -> Patterns:
    """The patterns of a file.

    Parameters
    ----------
    persons : the file of persons that was handed over with it

    Raises
    ------
    InputRefused (LINK-029) when it holds none, (LINK-035) when they are of other persons.
    """
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))  # Any: JSON
        found = {_read(entry["persons"]): int(entry["n"]) for entry in told["audited"]}
        known, code = set(told) == {"audited", "persons"}, str(told["persons"])
    except (OSError, ValueError, KeyError, TypeError):
        raise InputRefused("LINK-029", file=path.name) from None
    if not known or not found or not all(_whole(p) for p in found):
        raise InputRefused("LINK-029", file=path.name)
    if code != _code(persons.read_bytes()):
        raise InputRefused("LINK-035", file=path.name, persons=persons.name)
    return found


def _code(persons: bytes) -> str:
    return sha256(persons).hexdigest()


def _pattern(drawn: Audited) -> Pattern:
    others = sorted({k for p in drawn.persons for k in p.found.values()} - {drawn.key})
    number = {drawn.key: 0, **{key: place for place, key in enumerate(others, 1)}}
    persons = (
        tuple(sorted((name, number[key]) for (name, _), key in person.found.items()))
        for person in drawn.persons
    )
    return tuple(sorted(persons))


def _audited(key: str, pattern: Pattern, list_of: Mapping[str, str]) -> Audited | None:
    persons = []
    for place, records in enumerate(pattern):
        kept = {
            (list_of[name], f"{place}-{n}"): f"{key}-{found}"
            for n, (name, found) in enumerate(records)
            if name in list_of
        }
        if f"{key}-0" in kept.values():
            persons.append(TruePerson(kept))
    return Audited(f"{key}-0", tuple(persons)) if persons else None


def _read(persons: Sequence[Sequence[Sequence[Any]]]) -> Pattern:  # Any: JSON
    return tuple(tuple((str(name), int(found)) for name, found in person) for person in persons)


def _whole(pattern: Pattern) -> bool:
    """Whether each true person has a record of the found person that was drawn."""
    return bool(pattern) and all(any(k == 0 for _, k in person) for person in pattern)
