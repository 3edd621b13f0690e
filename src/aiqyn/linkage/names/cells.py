"""One cell of a name: its words as keys, the father's name, initials, other names, script."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from aiqyn.linkage.names.aliases import split_aliases
from aiqyn.linkage.names.endings import (
    fathers_name,
    is_family_name,
    is_patronymic_word,
    masculine,
    with_patronymic_apart,
    without_last_i,
)
from aiqyn.linkage.names.scripts import Script, composed, script_of, without_look_alikes
from aiqyn.linkage.names.sounds import name_key
from aiqyn.linkage.names.tables import column
from aiqyn.linkage.names.variants import other_names

INITIAL = r"(?:[zsckg]h|y[aueo]|i[uae]|ts|d[zj]|[^\W\d_])"  # one letter, or one in Latin letters
INITIALS = re.compile(rf"(?<!\w)(?:{INITIAL}\.\s*)+", re.IGNORECASE)
WORDS = re.compile(r"[\s,;.]+")
HYPHENS = re.compile(r"[-\u2010-\u2015_]+")


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """What a cell says of a name. It holds a name: it has no repr, so that none is logged.

    Attributes
    ----------
    words : keys of the words that are no patronymic and no initial, in the order of the cell
    father : key of the father's name in a patronymic, else null
    initials : keys of single letters, in order
    others : keys of other names: aliases, full forms of short names, compounds without their end
    script : of the letters after look-alikes are mended; null where the cell holds no name
    """

    words: tuple[str, ...] = ()
    father: str | None = None
    initials: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    script: Script | None = None

    @property
    def family(self) -> tuple[str, ...]:
        """The one word of several that has the ending of a family name; none otherwise."""
        if len(self.words) < 2:
            return ()
        found = tuple(word for word in self.words if is_family_name(word))
        return found if len(found) == 1 else ()

    @property
    def rest(self) -> tuple[str, ...]:
        """The words beside the family name."""
        if len(self.words) < 2 or not (family := self.family):
            return self.words
        return tuple(word for word in self.words if word not in family)


def read_cell(text: str | None) -> Cell:
    """The cell's name; an empty one for an empty cell and for words such as "unknown"."""
    plain = composed(text or "").strip()
    if not plain or plain.casefold().strip(" .") in _placeholders():
        return Cell()
    name, aliases = split_aliases(plain)
    script = script_of(" ".join(without_look_alikes(word) for word in plain.split()))
    initials, keys = _keys(name)
    words, father = _without_patronymic(keys)
    others = {key for alias in aliases for key in _alias_keys(alias)}
    others.update(other for word in words for other in other_names(word))
    cell = Cell(words, father, initials, (), script)
    if len(cell.rest) > 1:  # Нур Али, Нурали
        others.add("".join(cell.rest))
    return replace(cell, others=tuple(sorted(others - set(words) - {""})))


def as_patronymic(cell: Cell) -> Cell:
    """The cell of a patronymic: whatever stands there is the father's name."""
    if cell.father is None and cell.words:
        whole = " ".join(cell.words)
        return Cell((), fathers_name(whole) or without_last_i(whole), (), (), cell.script)
    first = cell.initials[0] if cell.initials else None
    return Cell((), cell.father or first, (), (), cell.script)


def _keys(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of the initials, and of the words; a letter alone in its cell is a word (surname Е)."""
    if len(name) == 1:
        return (), tuple(key for key in (name_key(name),) if key)
    initials: list[str] = []
    if "." in name:
        found = [part for block in INITIALS.findall(name) for part in WORDS.split(block)]
        initials = [name_key(part) for part in found]
        name = INITIALS.sub(" ", name)
    words: list[str] = []
    for word in WORDS.split(name):
        key = word_key(word)
        (initials if len(word) == 1 and len(key) <= 2 else words).append(key)
    return tuple(i for i in initials if i), tuple(w for w in words if w)


def word_key(word: str) -> str:
    """The key of a word; the parts about a hyphen are one word, each in its masculine form."""
    ended = with_patronymic_apart(word)
    if len(ended) > 1:
        return "".join(word_key(part) for part in ended)
    if word.isalpha():
        return masculine(name_key(word))
    parts = [masculine(name_key(part)) for part in HYPHENS.split(word)]
    return parts[0] if len(parts) == 1 else masculine(name_key("".join(parts)))


def _without_patronymic(keys: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """The other words, and the father's name: a word of its own kind, or two (Серік қызы)."""
    for place, key in enumerate(keys):
        if place and is_patronymic_word(key):
            rest = keys[: place - 1] + keys[place + 1 :]
            return rest, without_last_i(keys[place - 1])
        if len(keys) > 1 and (father := fathers_name(key)) is not None:
            return keys[:place] + keys[place + 1 :], father
    return keys, None


def _alias_keys(alias: str) -> tuple[str, ...]:
    """Each word of another name, and the whole in alphabetical order."""
    words, _ = _without_patronymic(_keys(alias)[1])
    return (*words, " ".join(sorted(words)))


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(text.casefold().strip(" .") for text in column("placeholders", "text"))
