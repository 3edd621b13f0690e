"""Kazakh text that went through the wrong encoding, and how it is told.

Three ways a Kazakh table is spoilt before it reaches us:

- saved as windows-1251, which lacks 16 of the 18 Kazakh letters: ``?лыбел``. The letters are lost;
- bytes of kz1048 read as windows-1251: ``Јлыбел``, ``ЌазаЌ``;
- bytes of UTF-8 read as windows-1251: ``Т°Р»С‹Р±РµР»``.

The last two could be turned back, but the file's owner should send the original: a mixture is
common, and a wrong guess about a name of a place is not seen by anyone.
"""

from __future__ import annotations

import re

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
CYRILLIC = "А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі"
# A question mark between letters, or before a small letter at the start of a word.
LOST = re.compile(rf"(?:[{CYRILLIC}]\?+[{CYRILLIC}])|(?:(?:^|[\s«\"(-])\?+[а-яёі]{{2,}})")
# Letters of windows-1251 that stand where kz1048 has Kazakh ones. Those of Ukrainian (є, ї, ґ) are
# no sign by themselves: they would make a Kazakh word of "Україна".
STRANGE = re.compile(r"[ЌќЋћЎўЈјЅѕ]")
# Second bytes of letters in UTF-8 as windows-1251 shows them, without ‘’–— and ґ: they are text.
UTF8_TRACE = re.compile(
    r"[РСТУ][ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ“”•™љ›њќћџ\u00a0ЎўЈ¤¦§Ё©Є«¬\u00ad®Ї°±Ііµ¶·ё№є»јЅѕї]"
)


def is_damaged(text: str) -> bool:
    """Whether Kazakh letters were lost or exchanged in the text."""
    if "?" in text and LOST.search(text):
        return True
    return turned_back(text) is not None


def turned_back(text: str) -> str | None:
    """The text as it was, when it was only read in the wrong encoding; else None."""
    if not text or text.isascii():
        return None
    try:
        raw = text.encode("cp1251")
    except UnicodeEncodeError:
        return None
    if UTF8_TRACE.search(text) and (again := _decode(raw, "utf-8")) and _is_cyrillic(again):
        return again
    if STRANGE.search(text):
        again = _decode(raw, "kz1048")
        if again and _gains_kazakh(text, again):
            return again
    return None


def loses_to(text: str, original: str) -> bool:
    """Whether `text` is `original` with its Kazakh letters lost or exchanged."""
    if "?" in text:
        pattern = re.escape(text).replace(r"\?", f"[{KAZAKH}?]")
        return re.fullmatch(pattern, original, re.IGNORECASE) is not None
    again = turned_back(text)
    return again is not None and again.casefold() == original.casefold()


def _decode(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_cyrillic(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(re.match(f"[{CYRILLIC}A-Za-z]", c) for c in letters)


def _gains_kazakh(before: str, after: str) -> bool:
    """Every exchanged sign became a Kazakh letter inside a Cyrillic word."""
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    inside = re.search(rf"[{CYRILLIC}][{KAZAKH}]|[{KAZAKH}][{CYRILLIC}]", after)
    return bool(changed) and bool(inside) and all(b in KAZAKH for _, b in changed)
