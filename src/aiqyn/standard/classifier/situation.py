"""What a record says of a person: age, acts, means, purposes; and what it leaves open."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from aiqyn.errors import InputRefused
from aiqyn.standard.definitions import elements
from aiqyn.standard.legal_definition import AgeClass

ElementName = Literal["acts", "means", "purposes"]
ABSENT = "none"  # recorded as absent
UNKNOWN = "unknown"  # recorded as not known: the same as not recorded
_BETWEEN, _WITHIN = "|", ";"
_AGE_CLASSES: dict[str, AgeClass] = {name: name for name in get_args(AgeClass)}
_CODE_LISTS = {"acts": "act", "means": "means", "purposes": "form"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of one element.

    Attributes
    ----------
    codes : frozenset of str   what is recorded as present
    settled : bool             True when nothing more can be there: the element was recorded.
                               Not recorded = no codes, not settled; absent = no codes, settled.
    """

    codes: frozenset[str]
    settled: bool

    @classmethod
    def of(cls, codes: Collection[str] | None, element: ElementName) -> Recorded:
        """From a cell's codes; None or an empty collection means not recorded.

        Raises
        ------
        InputRefused CLASSIFY-001 for ``none`` beside codes, CLASSIFY-002 for a code nobody knows.
        """
        if not codes:
            return cls(frozenset(), settled=False)
        if ABSENT in codes:
            if set(codes) != {ABSENT}:
                raise InputRefused("CLASSIFY-001", column=element)
            return cls(frozenset(), settled=True)
        known = {known_code(code, element) for code in codes}
        return cls(frozenset(known - {UNKNOWN}), settled=UNKNOWN not in known)


@dataclass(frozen=True, slots=True)
class Situation:
    """The four things that decide whether a record is trafficking."""

    age: AgeClass
    acts: Recorded
    means: Recorded
    purposes: Recorded


def known_code(code: str, element: ElementName) -> str:
    """The code of the vocabulary that a code stands for: itself, or the one it is finer than.

    Raises
    ------
    InputRefused CLASSIFY-002 when neither the vocabulary nor the code list knows it.
    """
    if code == UNKNOWN or code in elements().codes(element):
        return code
    if broader := _broader(code, element):
        return broader
    allowed = nearest(code, element)
    raise InputRefused(
        "CLASSIFY-002", column=element, value=_shown(code, allowed), allowed=", ".join(allowed)
    )


def nearest(code: str, element: ElementName) -> tuple[str, ...]:
    """The allowed codes, the one spelled most like `code` first."""
    from difflib import SequenceMatcher

    def likeness(other: str) -> float:
        return -SequenceMatcher(None, code.lower(), other).ratio()

    return tuple(sorted(elements().codes(element), key=likeness))


def situation_key(age: str, acts: str, means: str, purposes: str) -> str:
    """One text for a situation: equal texts get equal verdicts."""
    return _BETWEEN.join((age, acts, means, purposes))


def parts(key: str) -> tuple[AgeClass, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The age class and the codes written in a situation's key; no codes = not recorded."""
    age, *cells = key.split(_BETWEEN)
    acts, means, purposes = (tuple(filter(None, cell.split(_WITHIN))) for cell in cells)
    return _AGE_CLASSES[age], acts, means, purposes


def situation(key: str) -> Situation:
    """The situation that a key stands for."""
    age, acts, means, purposes = parts(key)
    return Situation(
        age, _recorded(acts, "acts"), _recorded(means, "means"), _recorded(purposes, "purposes")
    )


@lru_cache(maxsize=10_000)  # few cells recur in many situations
def _recorded(codes: tuple[str, ...], element: ElementName) -> Recorded:
    return Recorded.of(codes, element)


def joined(codes: Iterable[str]) -> str:
    """Codes as a key writes them: sorted, each once."""
    return _WITHIN.join(sorted(set(codes)))


def _broader(code: str, element: ElementName) -> str | None:
    """What a finer code of the code lists counts as; a form that is no purpose is not known."""
    from aiqyn.standard.code_lists import code_list

    codes = code_list(_CODE_LISTS[element])
    if code not in codes:
        return None
    if element == "purposes":
        return codes.value(code, "purpose") or UNKNOWN
    return next((above for above in codes.line(code) if above in elements().codes(element)), None)


def _shown(code: str, allowed: tuple[str, ...]) -> str:
    """The code itself if it is plainly a misspelling; else a name might stand there, so a mark."""
    from difflib import SequenceMatcher

    return code if SequenceMatcher(None, code, allowed[0]).ratio() > 0.6 else "…"
