"""Which script a text is in, and Latin letters that stand in a Cyrillic word by mistake."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from aiqyn.linkage.names.tables import rows

Script = Literal["cyrillic", "latin", "mixed", "other"]

CYRILLIC = re.compile(r"[\u0400-\u0481\u048a-\u052f\u1c80-\u1c88]")
LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]|ə|ɵ")
LETTER_LIKE = frozenset("03")  # digits that stand for a letter


def script_of(text: str) -> Script | None:
    """The script of a text's letters; null where there is none.

    `mixed` is two scripts in one text; `other` is neither Latin nor Cyrillic.
    """
    cyrillic, latin = bool(CYRILLIC.search(text)), bool(LATIN.search(text))
    if cyrillic and latin:
        return "mixed"
    if cyrillic or latin:
        rest = any(c.isalpha() and not CYRILLIC.match(c) and not LATIN.match(c) for c in text)
        return "mixed" if rest else ("cyrillic" if cyrillic else "latin")
    return "other" if any(c.isalpha() for c in text) else None


def without_look_alikes(word: str) -> str:
    r"""The word in one script, where the letters of the rarer one all look like the other's.

    The script with more letters wins; a tie goes to Cyrillic, as the keyboards are.

    Examples
    --------
    >>> without_look_alikes("\u0410ce\u043c") == "\u0410\u0441\u0435\u043c"
    True
    """
    cyrillic = len(CYRILLIC.findall(word))
    if not cyrillic:
        return word
    latin = [c for c in word if LATIN.match(c) or c in LETTER_LIKE]
    if not latin:
        return word
    to_cyrillic, to_latin = _pairs()
    if cyrillic >= len(latin) and all(c in to_cyrillic for c in latin):
        return "".join(to_cyrillic.get(c, c) for c in word)
    if all(c in to_latin for c in word if CYRILLIC.match(c)):
        return "".join(to_latin.get(c, c) for c in word)
    if all(c in to_cyrillic for c in latin):
        return "".join(to_cyrillic.get(c, c) for c in word)
    return word


def composed(text: str) -> str:
    """The text with letters and their marks as one sign (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


@cache
def _pairs() -> tuple[dict[str, str], dict[str, str]]:
    pairs = [(row["latin"], row["cyrillic"]) for row in rows("look_alikes")]
    return dict(pairs), {cyrillic: latin for latin, cyrillic in pairs if latin.isalpha()}
