"""What fills a sentence: typed slots that each language and medium writes in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

State = Literal["shown", "zero", "small", "hidden", "unknown", "not_asked", "refused"]


@dataclass(frozen=True, slots=True)
class NumberRef:
    """A number of the report, by its id; on the page it opens, in print it has a note.

    `part`: its ``value``, or one end of its interval, ``low`` or ``high``.
    """

    id: str
    part: Literal["value", "low", "high"] = "value"


@dataclass(frozen=True, slots=True)
class Count:
    """A plain number, grouped as the language does."""

    value: float
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction of 1, written as per cent; a `signed` one is a change, and + or − goes with it."""

    value: float
    decimals: int = 0
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Year:
    """A year: digits, never grouped."""

    value: int


@dataclass(frozen=True, slots=True)
class Day:
    """A date, written in full."""

    value: date


@dataclass(frozen=True, slots=True)
class Label:
    """A code, shown by its label; `case` is ``nominative`` or ``loc`` (the ready locative form)."""

    code_list: str
    code: str
    case: str = "nominative"


@dataclass(frozen=True, slots=True)
class Words:
    """Another sentence or phrase of the catalogue, without slots."""

    key: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is the same in every language: a hash, a file name, a version, a citation."""

    value: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands in the place of a number whose state hides it: ``<5``, ``x``."""

    state: State


@dataclass(frozen=True, slots=True)
class Several:
    """Several slots in a row: the lists that a person is on, the groups that were refused."""

    slots: tuple[Slot, ...]
    sign: str = ", "


Slot = NumberRef | Count | Share | Year | Day | Label | Words | Text | Sign | Several


@dataclass(frozen=True, slots=True)
class Sentence:
    """A catalogue key with its slots filled by typed values."""

    key: str
    slots: Mapping[str, Slot] = field(default_factory=dict)


def sentence(key: str, **slots: Slot | int | str) -> Sentence:
    """A sentence; a bare int becomes a Count, a bare str a Text."""
    return Sentence(key, {name: _slot(value) for name, value in slots.items()})


def _slot(value: Slot | int | str) -> Slot:
    if isinstance(value, bool):
        raise TypeError("a slot is a number, a text or a typed slot")
    if isinstance(value, int):
        return Count(value)
    return Text(value) if isinstance(value, str) else value
