"""A word of a name as the sounds that every spelling of it shares.

Cyrillic and Latin letters are first read, each after its own rules, into one broad spelling; then
the same rules merge what spellings keep apart at will. ж, ч, ш, ц are one sign each while a word
is worked on (Z, C, S, T) and zh, ch, sh, ts in the key, so that ж never falls together with й.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from aiqyn.linkage.names.latin import read_latin
from aiqyn.linkage.names.many_words import change_at, holding
from aiqyn.linkage.names.rules import Rule, rule
from aiqyn.linkage.names.scripts import BOTH, CYRILLIC, LATIN, composed, without_look_alikes
from aiqyn.linkage.names.tables import rows

SIGNS = {"Z": "zh", "C": "ch", "S": "sh", "T": "ts"}
LIKE_APOSTROPHES = re.compile("[’‘ʼʹʻ`´′ʿʾ＇‛]")
DOUBLE_APOSTROPHES = re.compile("[ʺ”″]")
SOFT = re.compile("[ьъ](?=[еёоиі])")
LETTER = f"{CYRILLIC.pattern}|{LATIN.pattern}"
READINGS = 4  # a key read again is itself after two readings, for all names seen
MOST_KEPT = 1 << 18  # keys that are kept for the next time a word comes up
_kept: dict[str, str] = {}


def name_key(word: str) -> str:
    """The key of one word: small ASCII letters for a Latin or Cyrillic word.

    A word in another script comes back as it is (in NFC); a word without a letter gives "".
    A key is its own key.

    Examples
    --------
    >>> name_key("Жанар"), name_key("Janar"), name_key("Zhanar"), name_key("Žanar")
    ('zhanar', 'zhanar', 'zhanar', 'zhanar')
    """
    return _kept[word] if word in _kept else name_keys((word,))[0]


def name_keys(words: Iterable[str]) -> list[str]:
    """The key of each word: a thousand words at once cost a fifth of a thousand alone."""
    asked = list(words)
    new = [word for word in dict.fromkeys(asked) if word not in _kept]
    found = dict(zip(new, _keys(new), strict=True)) if new else {}
    keys = [found[word] if word in found else _kept[word] for word in asked]
    if len(_kept) + len(found) > MOST_KEPT:
        _kept.clear()
    _kept.update(found)
    return keys


def _keys(words: Sequence[str]) -> list[str]:
    """The keys of words, each in one line; a word without a letter of ours stays as it is."""
    text = composed("\n".join(words))
    if text.count("\n") != len(words) - 1:
        text = "\n".join([composed(word.replace("\n", "")) for word in words])
    keys = text.split("\n")
    ours = holding(keys, LETTER)
    for place in set(range(len(keys))) - set(ours):
        keys[place] = keys[place] if any(c.isalpha() for c in keys[place]) else ""
    read = [keys[place] for place in ours]
    for place in holding(read, BOTH):
        read[place] = without_look_alikes(read[place])
    for place, key in zip(ours, _settled(_read(read)), strict=True):
        keys[place] = key
    return keys


def _settled(keys: Sequence[str]) -> list[str]:
    """For each key the one that is its own key."""
    last = {key: key for key in keys}
    moving = list(last)
    for _ in range(READINGS):
        again = _read([last[key] for key in moving])
        moved = [(key, new) for key, new in zip(moving, again, strict=True) if new != last[key]]
        last.update(moved)
        moving = [key for key, _ in moved]
    return [last[key] for key in keys]


def _read(words: Sequence[str]) -> list[str]:
    """One reading: script, then the rules for both scripts, then digraphs for single signs."""
    if not words:
        return []
    lines = composed(_small("\n".join(words))).split("\n")
    change_at(lines, holding(lines, CYRILLIC.pattern), _from_cyrillic)
    text = _merged("\n".join(read_latin(lines)))
    for sign, digraph in SIGNS.items():
        text = text.replace(sign, digraph)
    return text.split("\n")


def _from_cyrillic(text: str) -> str:
    return SOFT.sub("и", text).translate(_cyrillic())


def _small(text: str) -> str:
    """Small letters, one apostrophe for its many likenesses; the dot that İ leaves over goes."""
    small = text.replace("İ", "i").casefold().replace("i\u0307", "i")
    return DOUBLE_APOSTROPHES.sub("", LIKE_APOSTROPHES.sub("'", small))


class _Broad(dict[int, str]):
    """For `str.translate`: a letter's code to its broad spelling, found once."""

    def __missing__(self, code: int) -> str:
        table, letter = _letters(), chr(code)
        self[code] = table[letter] if letter in table else _bare(letter, table)
        return self[code]


@cache
def _cyrillic() -> _Broad:
    return _Broad()


def _bare(letter: str, table: dict[str, str]) -> str:
    """A letter with an unknown mark as the letter; a Cyrillic letter of no table goes."""
    if unicodedata.combining(letter):
        return ""
    base = unicodedata.normalize("NFD", letter)[0]
    return table.get(base, "" if CYRILLIC.match(letter) else letter)


@cache
def _letters() -> dict[str, str]:
    """Cyrillic letter -> its broad spelling."""
    both = (*rows("romanisations"), *rows("other_letters"))
    return {row["letter"]: row["key"] for row in both if CYRILLIC.match(row["letter"])}


def _merged(text: str) -> str:
    """Words, one a line, without what spellings keep apart at will."""
    for each in _merging():
        text = each.apply(text)
    return text


@cache
def _merging() -> tuple[Rule, ...]:
    return tuple(rule(row) for row in rows("merging_rules"))
