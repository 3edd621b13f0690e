"""Latin words, each read after the habit that its own signs betray.

j is ж in Kazakh and French, й in German and scientific spelling; w is у in the Kazakh alphabet of
2004 and в in German; ch is ч, х or ш. The signs of a habit and its rules, in order, are data:
``data/linkage/reading_signs.csv`` and ``reading_rules.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, partial

from aiqyn.linkage.names.many_words import change_at, holding
from aiqyn.linkage.names.rules import Rule, rule
from aiqyn.linkage.names.tables import rows

ONE_SIGN = re.compile(r"[^\x00-\x7f]")
SCHEMES = (
    "qazaqparat_2004",
    "acute_2018",
    "draft_2019",
    "project_2021",
    "bgn_pcgn",
    "scientific",
)


def read_latin(written: Sequence[str]) -> list[str]:
    """The broad spelling of words in small letters; Z, C, S, T stand for ж, ч, ш, ц."""
    words = list(written)
    for signs, places in _by_signs(written, holding(written, _any_rule())).items():
        change_at(words, places, partial(_ruled, signs))
    change_at(words, holding(words, "[^a-zZCST]"), _plain)
    return words


def _by_signs(words: Sequence[str], places: Sequence[int]) -> dict[frozenset[str], list[int]]:
    """The places of words by the signs that the words have."""
    some = [words[place] for place in places]
    signs: dict[int, tuple[str, ...]] = {}
    for sign, pattern in _signs().items():
        for found in holding(some, pattern):
            signs[found] = (*signs.get(found, ()), sign)
    habits: dict[tuple[str, ...], list[int]] = {}
    habits[()] = [place for number, place in enumerate(places) if number not in signs]
    for number, has in signs.items():
        habits.setdefault(has, []).append(places[number])
    return {frozenset(has): its for has, its in habits.items()}


def _ruled(signs: frozenset[str], text: str) -> str:
    """Words with the same signs, one a line, after all rules of their habit."""
    for each in _rules():
        if each.of_habit(signs):
            text = each.apply(text)
    return text


def _plain(text: str) -> str:
    """Letters with marks as the sound they stand for; what is no letter goes."""
    bare = unicodedata.normalize("NFD", text.translate(_marked()))
    signs = {ord(c): None for c in set(bare) if not c.isalpha() and c != "\n"}
    return unicodedata.normalize("NFC", bare.translate(signs))


@cache
def _signs() -> dict[str, str]:
    return {row["sign"]: row["pattern"] for row in rows("reading_signs")}


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(rule(row) for row in rows("reading_rules"))


@cache
def _any_rule() -> str:
    """What stands in every word that a rule can change: most words hold none of it."""
    return "|".join(sorted({re.escape(each.contains) for each in _rules()}))


@cache
def _marked() -> dict[int, str]:
    """For `str.translate`: letters with marks, Kazakh first, to the sound they stand for."""
    own = {
        row[scheme]: row["key"]
        for scheme in reversed(SCHEMES)
        for row in rows("romanisations")
        if len(row[scheme]) == 1 and ONE_SIGN.match(row[scheme])
    }
    others = {row["letter"]: row["key"] for row in rows("other_letters")}
    return str.maketrans(others | own)
