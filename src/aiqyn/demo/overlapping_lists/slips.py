"""One slip in a name: of the fingers (first scheme); of reader, ear or scan (second)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import polars as pl

from aiqyn.demo.draws import Rng, choose_alike
from aiqyn.demo.overlapping_lists.settings import rows

_VOWELS = "аәеёиоөуұүўыіэюяaeiouy"


def slipped(rng: Rng, names: pl.Series, share: float, kinds: Mapping[str, float]) -> pl.Series:
    """The names in small letters, a share of them with one slip each.

    Parameters
    ----------
    kinds : share of each kind of slip, named in `SLIPS`
    """
    at = np.flatnonzero(rng.random(len(names)) < share)
    kind = choose_alike(rng, kinds, len(at))
    where, which = rng.random(len(at)), rng.random(len(at))
    named = list(kinds)
    wrong = [
        SLIPS[named[k]](text, u, v) if len(text) > 2 else text
        for text, k, u, v in zip(names.gather(at), kind, where, which, strict=True)
    ]
    return names.clone().scatter(at, wrong)


def insert(text: str, where: float, which: float) -> str:
    """A letter doubled, or another letter of the name once more."""
    at = int(where * len(text))
    extra = text[at] if which < 0.5 else text[int((2 * which - 1) * len(text))]
    return text[:at] + extra + text[at:]


def delete(text: str, where: float, which: float) -> str:
    """A letter lost."""
    at = int(where * len(text))
    return text[:at] + text[at + 1 :]


def transpose(text: str, where: float, which: float) -> str:
    """Two letters changed about."""
    at = int(where * (len(text) - 1))
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def neighbour(text: str, where: float, which: float) -> str:
    """The key beside."""
    at = int(where * len(text))
    beside = _beside().get(text[at], text[at])
    return text[:at] + beside[int(which * len(beside))] + text[at + 1 :]


def lost_syllable(text: str, where: float, which: float) -> str:
    """A vowel lost with the letter before it, never the first two letters."""
    ends = [i for i in range(3, len(text)) if text[i] in _VOWELS]
    if not ends:
        return text
    end = ends[int(where * len(ends))]
    return text[: end - 1] + text[end + 1 :]


def _misread(kind: str) -> Callable[[str, float, float], str]:
    def misread(text: str, where: float, which: float) -> str:
        table = _readings(kind)
        places = [(i, r) for i in range(len(text)) for r in table if text.startswith(r[0], i)]
        if not places:
            return text
        at, (read, taken) = places[int(where * len(places))]
        return text[:at] + taken + text[at + len(read) :]

    return misread


@cache
def _readings(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple((r["read"], r["as"]) for r in rows("misreadings") if r["kind"] == kind)


@cache
def _beside() -> dict[str, str]:
    """The keys to the left and right of each key, on every keyboard that has it."""
    found: dict[str, str] = {}
    for row in rows("keyboards"):
        keys = row["keys"]
        for at, key in enumerate(keys):
            found[key] = found.get(key, "") + keys[max(at - 1, 0) : at] + keys[at + 1 : at + 2]
    return found


SLIPS: Mapping[str, Callable[[str, float, float], str]] = {
    "insert": insert,
    "delete": delete,
    "transpose": transpose,
    "neighbour": neighbour,
    "lost_syllable": lost_syllable,
    "scan": _misread("scan"),
    "lookalike": _misread("lookalike"),
    "ear": _misread("ear"),
}
