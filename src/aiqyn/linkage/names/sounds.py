"""A word of a name as the sounds that every spelling of it shares.

Cyrillic and Latin letters are first read, each after its own rules, into one broad spelling; then
the same rules merge what spellings keep apart at will. ж, ч, ш, ц are one sign each while a word
is worked on (Z, C, S, T) and zh, ch, sh, ts in the key, so that ж never falls together with й.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from aiqyn.linkage.names.latin import read_latin
from aiqyn.linkage.names.scripts import CYRILLIC, LATIN, composed, without_look_alikes
from aiqyn.linkage.names.tables import rows

SIGNS = str.maketrans({"Z": "zh", "C": "ch", "S": "sh", "T": "ts"})
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹʻ`´′ʿʾ＇‛", "'") | {"ʺ": "", "”": "", "″": ""})
SOFT = re.compile("[ьъ](?=[еёоиі])")
SIGN = re.compile("[ZCST]")
READINGS = 4  # a key read again is itself after two readings, for all names seen


@lru_cache(maxsize=1 << 18)
def name_key(word: str) -> str:
    """The key of one word: small ASCII letters for a Latin or Cyrillic word.

    A word in another script comes back as it is (in NFC); a word without a letter gives "".
    A key is its own key.

    Examples
    --------
    >>> name_key("Жанар"), name_key("Janar"), name_key("Zhanar"), name_key("Žanar")
    ('zhanar', 'zhanar', 'zhanar', 'zhanar')
    """
    word = composed(word)
    if not (CYRILLIC.search(word) or LATIN.search(word)):
        return word if any(c.isalpha() for c in word) else ""
    return _settled(_read(without_look_alikes(word)))


@lru_cache(maxsize=1 << 18)
def _settled(key: str) -> str:
    """The key that is its own key."""
    for _ in range(READINGS):
        again = _read(key)
        if again == key:
            break
        key = again
    return key


def _read(word: str) -> str:
    """One reading: script, then the rules for both scripts, then digraphs for single signs."""
    small = composed(_small(word))
    if CYRILLIC.search(small):
        small = SOFT.sub("и", small.translate(APOSTROPHES)).translate(_cyrillic())
    elif not (small.isascii() and small.isalpha()):
        small = small.translate(APOSTROPHES)
    merged = _merged(read_latin(small))
    return merged.translate(SIGNS) if SIGN.search(merged) else merged


def _small(word: str) -> str:
    """Small letters; the dot that İ leaves over goes."""
    return word.replace("İ", "i").casefold().replace("i\u0307", "i")


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


def _merged(word: str) -> str:
    for pattern in _any_merging():
        if pattern.search(word):
            break
    else:
        return word
    for contains, pattern, becomes in _merging():
        if contains in word:
            word = pattern.sub(becomes, word)
    return word


@cache
def _merging() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    table = rows("merging_rules")
    return tuple((r["contains"], re.compile(r["pattern"]), r["becomes"]) for r in table)


@cache
def _any_merging() -> tuple[re.Pattern[str], ...]:
    """Of which one stands in every word that a rule can change."""
    texts = {re.escape(contains) for contains, _, _ in _merging() if contains}
    alone = (pattern for contains, pattern, _ in _merging() if not contains)
    return re.compile("|".join(texts)), *alone
