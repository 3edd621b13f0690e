"""How two spellings of one word are told to be the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_SIGNS = re.compile(r"[^\w+<>?]|_")  # a question mark is kept: it says that the answer is in doubt
_FOLD = str.maketrans({"ё": "е", "\u0301": None})

Words = Mapping[str, tuple[str, ...]]


def spelling_key(text: str) -> str:
    """A text without case, accents of stress, signs and spare blanks: ``" Жен. "`` -> ``"жен"``.

    Kazakh letters stay what they are: ``қ`` is never taken for ``к``. So does a question mark:
    ``"woman?"`` is a doubt and not the answer ``"woman"``.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)
    return " ".join(_SIGNS.sub(" ", folded).split())


def spelling_index(*tiers: Words) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Spelling -> code, and the spellings that several codes share.

    An earlier tier wins: a code's own spelling beats a name, a name beats an alias. Within a tier
    a spelling of two codes means neither.
    """
    found: dict[str, str] = {}
    shared: dict[str, tuple[str, ...]] = {}
    for tier in tiers:
        owners = _owners(tier)
        new = {key: who for key, who in owners.items() if key not in found and key not in shared}
        found |= {key: who[0] for key, who in new.items() if len(who) == 1}
        shared |= {key: who for key, who in new.items() if len(who) > 1}
    return found, shared


def _owners(words: Words) -> dict[str, tuple[str, ...]]:
    owners: dict[str, dict[str, None]] = {}
    for code, spellings in words.items():
        for spelling in spellings:
            owners.setdefault(spelling_key(spelling), {})[code] = None
    return {key: tuple(codes) for key, codes in owners.items()}
