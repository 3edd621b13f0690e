"""A Latin word read after the habit that its own signs betray.

j is ж in Kazakh and French, й in German and scientific spelling; w is у in the Kazakh alphabet of
2004 and в in German; ch is ч, х or ш. The signs of a habit and its rules, in order, are data:
``data/linkage/reading_signs.csv`` and ``reading_rules.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby

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


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` becomes `becomes` in words that hold `contains`, have `sign` and not `not_sign`."""

    contains: str
    sign: str
    not_sign: str
    pattern: re.Pattern[str]
    becomes: str


def read_latin(word: str) -> str:
    """The broad spelling of a word in small letters; Z, C, S, T stand for ж, ч, ш, ц."""
    if not _any_rule().search(word):
        return _plain(word)
    written = word
    for contains, rules in _rules_by_text():
        if contains in word:
            for rule in rules:
                if _of_habit(rule, written):
                    word = rule.pattern.sub(rule.becomes, word)
    return _plain(word)


def _of_habit(rule: Rule, written: str) -> bool:
    """Whether the word as it was written has the sign that the rule asks for, and not the other."""
    signs = _signs()
    if rule.sign and not signs[rule.sign].search(written):
        return False
    return not (rule.not_sign and signs[rule.not_sign].search(written))


def _plain(word: str) -> str:
    """Letters with marks as the sound they stand for; what is no letter goes."""
    if word.isascii():
        return word if word.isalpha() else "".join(c for c in word if c.isalpha())
    table = _marked()
    known = "".join(table.get(c, c) for c in word)
    bare = unicodedata.normalize("NFD", known)
    return unicodedata.normalize("NFC", "".join(c for c in bare if c.isalpha()))


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    return {r["sign"]: re.compile(r["pattern"]) for r in rows("reading_signs")}


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(r["contains"], r["sign"], r["not_sign"], re.compile(r["pattern"]), r["becomes"])
        for r in rows("reading_rules")
    )


@cache
def _rules_by_text() -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    """Rules that follow one another and need the same text in the word, together."""
    runs = groupby(_rules(), key=lambda rule: rule.contains)
    return tuple((contains, tuple(run)) for contains, run in runs)


@cache
def _any_rule() -> re.Pattern[str]:
    """What stands in every word that a rule can change: most words hold none of it."""
    return re.compile("|".join(re.escape(text) for text in {rule.contains for rule in _rules()}))


@cache
def _marked() -> dict[str, str]:
    """Letters with marks of the Kazakh Latin alphabets and of other languages -> sound."""
    own = {
        row[scheme]: row["key"]
        for scheme in reversed(SCHEMES)
        for row in rows("romanisations")
        if len(row[scheme]) == 1 and ONE_SIGN.match(row[scheme])
    }
    others = {row["letter"]: row["key"] for row in rows("other_letters")}
    return others | own
