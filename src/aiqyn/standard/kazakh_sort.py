"""The order of the Kazakh alphabet, 42 letters: Ә after А, Ғ after Г, Қ after К, І after Ы.

Plain code points put every Kazakh letter behind Я. Russian words sort well by the same key but
for Ё, which Russian puts with Е: ask for it with ``lang="ru"``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_OTHER = 1000


def sort_key(text: str, lang: str = "kk") -> tuple[tuple[int, ...], str]:
    """A key that puts words in the order of the language's alphabet, case aside.

    Blanks and signs come first, then digits, Latin letters, Kazakh letters, then other scripts.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    places = _places(lang)
    return tuple(places.get(sign, _OTHER + ord(sign)) for sign in folded), text


def in_order(texts: Iterable[str], lang: str = "kk") -> list[str]:
    """The texts in the order of the language's alphabet."""
    return sorted(texts, key=lambda text: sort_key(text, lang))


def alphabet() -> tuple[str, ...]:
    """The 42 letters, small, in order."""
    source = files("aiqyn").joinpath("data", "standard", "kazakh_alphabet.txt")
    lines = source.read_text(encoding="utf-8").splitlines()
    return tuple(" ".join(line for line in lines if not line.startswith("#")).split())


@cache
def _places(lang: str) -> dict[str, int]:
    letters = [chr(n) for n in range(32, 127)] + list(alphabet())
    places = {letter: place for place, letter in enumerate(letters)}
    if lang == "ru":
        places["ё"] = places["е"]
    return places
