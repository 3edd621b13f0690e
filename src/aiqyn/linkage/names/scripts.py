"""Which script a text is in, and Latin letters that stand in a Cyrillic word by mistake."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from aiqyn.linkage.names.tables import rows

Script = Literal["cyrillic", "latin", "mixed", "other"]

CYRILLIC = re.compile(r"[\u0400-\u0481\u048a-\u052f\u1c80-\u1c88]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024fəɵ\u1e00-\u1eff]")
LATIN_LIKE = re.compile(f"(?:{LATIN.pattern}|[03])")  # with the digits that stand for a letter
BOTH = f"{CYRILLIC.pattern}.*{LATIN_LIKE.pattern}|{LATIN_LIKE.pattern}.*{CYRILLIC.pattern}"
ALL_CYRILLIC = re.compile(f"{CYRILLIC.pattern}+")
ALL_LATIN = re.compile(f"{LATIN.pattern}+")


def script_of(text: str) -> Script | None:
    """The script of a text's letters; null where there is none.

    `mixed` is two scripts in one text; `other` is neither Latin nor Cyrillic.
    """
    if ALL_CYRILLIC.fullmatch(text):
        return "cyrillic"
    if ALL_LATIN.fullmatch(text):
        return "latin"
    cyrillic, latin = bool(CYRILLIC.search(text)), bool(LATIN.search(text))
    if cyrillic and latin:
        return "mixed"
    if cyrillic or latin:
        rest = any(c.isalpha() for c in CYRILLIC.sub("", LATIN.sub("", text)))
        return "mixed" if rest else ("cyrillic" if cyrillic else "latin")
    return "other" if any(c.isalpha() for c in text) else None


def without_look_alikes(word: str) -> str:
    r"""The word in one script, where all its letters of the other look like letters of this one.

    Where both could be meant it is Cyrillic: that keyboards change in mid-word is a habit there.

    Examples
    --------
    >>> without_look_alikes("\u0410ce\u043c") == "\u0410\u0441\u0435\u043c"
    True
    """
    if word.isascii() or not (LATIN_LIKE.search(word) and CYRILLIC.search(word)):
        return word
    to_cyrillic, to_latin = _pairs()
    if all(c in to_cyrillic for c in LATIN_LIKE.findall(word)):
        return "".join(to_cyrillic.get(c, c) for c in word)
    if all(c in to_latin for c in CYRILLIC.findall(word)):
        return "".join(to_latin.get(c, c) for c in word)
    return word


def composed(text: str) -> str:
    """The text with letters and their marks as one sign (Unicode NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@cache
def _pairs() -> tuple[dict[str, str], dict[str, str]]:
    pairs = [(row["latin"], row["cyrillic"]) for row in rows("look_alikes")]
    return dict(pairs), {cyrillic: latin for latin, cyrillic in pairs if latin.isalpha()}
