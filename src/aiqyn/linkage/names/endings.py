"""Endings of names: patronymics to the father's name, feminine surnames to the masculine."""

from __future__ import annotations

import re
from functools import cache

from aiqyn.linkage.names.scripts import composed
from aiqyn.linkage.names.sounds import name_key, name_keys
from aiqyn.linkage.names.tables import column, rows

SHORTEST_STEM = 2  # letters of a key before an ending
SHORTEST_GIVEN = 4  # letters before a part of a compound: Айдар|бек, but Нур|жан is whole


def fathers_name(key: str) -> str | None:
    """The father's name within the key of a patronymic; null where the key has no such ending.

    A last -й goes, as -евич has swallowed it: Сергей, Сергеевич.

    Examples
    --------
    >>> fathers_name(name_key("Серікұлы")), fathers_name(name_key("Сериковна"))
    ('serik', 'serik')
    """
    if (whole := _whole().get(key)) is not None:
        return whole
    if not key.endswith(_patronymics()):
        return None
    for ending in _patronymics():
        if key.endswith(ending) and len(key) >= len(ending) + SHORTEST_STEM:
            return without_last_i(key.removesuffix(ending))
    return None


def with_patronymic_apart(word: str) -> tuple[str, ...]:
    """Stem and Turkic ending of a word as written: Серік|қызы, whose two к-sounds are not one."""
    small = composed(word).casefold()
    match = _turkic().search(small) if small.endswith(turkic_endings()) else None
    return (small[: match.start()], match[0]) if match else (word,)


def is_patronymic_word(key: str) -> bool:
    """Whether a word is the ending alone: Серік **қызы**."""
    return key in _separate()


def without_last_i(key: str) -> str:
    """The father's name as far as a patronymic keeps it.

    Abai, Abaevich and Abaiuly meet in aba; Sergei and Sergeevich in serg.
    """
    stem = key.removesuffix("ei") if key.endswith("ei") else key.removesuffix("i")
    return stem if len(stem) >= SHORTEST_STEM else key


def masculine(key: str) -> str:
    """The key under which a surname's two forms meet; given names in -ina stay as they are.

    Examples
    --------
    >>> masculine(name_key("Иванова")), masculine(name_key("Жамбылская"))
    ('ivanov', 'zhambilski')
    """
    if not key.endswith(_feminine_endings()) or key in _given_in_ina():
        return key
    for feminine, other in _feminine():
        if key.endswith(feminine) and len(key) >= len(feminine) + SHORTEST_STEM:
            return key.removesuffix(feminine) + other
    return key


def is_family_name(key: str) -> bool:
    """Whether a key in its masculine form has the ending of a Russian family name."""
    return key.endswith(_masculine_endings()) and any(
        key.endswith(masc) and len(key) >= len(masc) + SHORTEST_STEM for _, masc in _feminine()
    )


def without_ending(key: str) -> str | None:
    """The name before -жан, -бек, -гүл …, which are dropped or added in speech; else null."""
    if not key.endswith(_optional()):
        return None
    for ending in _optional():
        if key.endswith(ending) and len(key) >= len(ending) + SHORTEST_GIVEN:
            return key.removesuffix(ending)
    return None


@cache
def _patronymics() -> tuple[str, ...]:
    keys = set(name_keys(r["ending"] for r in rows("patronymics") if not r["father"]))
    return tuple(sorted(keys, key=lambda k: (-len(k), k)))


@cache
def _whole() -> dict[str, str]:
    """Patronymics that follow no rule -> the father's name."""
    irregular = (r for r in rows("patronymics") if r["father"])
    return {name_key(r["ending"]): without_last_i(name_key(r["father"])) for r in irregular}


@cache
def turkic_endings() -> tuple[str, ...]:
    """Endings of a patronymic that Turkic languages write on the father's name or after it."""
    return tuple(r["ending"] for r in rows("patronymics") if r["language"] != "Russian")


@cache
def _turkic() -> re.Pattern[str]:
    longest_first = sorted(turkic_endings(), key=len, reverse=True)
    return re.compile(rf"(?<=\w{{{SHORTEST_STEM}}})(?:{'|'.join(longest_first)})$")


@cache
def _separate() -> frozenset[str]:
    """Turkic endings may stand apart; Slavic ones never do."""
    return frozenset(name_keys(turkic_endings()))


@cache
def _feminine() -> tuple[tuple[str, str], ...]:
    return tuple(
        (name_key(row["feminine"]), name_key(row["masculine"])) for row in rows("feminine_surnames")
    )


@cache
def _feminine_endings() -> tuple[str, ...]:
    return tuple(feminine for feminine, _ in _feminine())


@cache
def _masculine_endings() -> tuple[str, ...]:
    return tuple(masculine for _, masculine in _feminine())


@cache
def _given_in_ina() -> frozenset[str]:
    return frozenset(name_keys(column("given_names_in_ina", "name")))


@cache
def _optional() -> tuple[str, ...]:
    keys = name_keys(column("optional_endings", "ending"))
    return tuple(sorted(keys, key=lambda k: (-len(k), k)))
