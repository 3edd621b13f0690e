"""Bytes -> text: UTF-8, UTF-16, and the three one-byte encodings in use in Kazakhstan."""

from __future__ import annotations

import codecs
import re

from aiqyn.errors import InputRefused
from aiqyn.intake.kazakh_damage import CYRILLIC, KAZAKH

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# cp1251 first: where it and kz1048 read the same letters there is nothing to tell apart.
ONE_BYTE = ("cp1251", "kz1048", "ptcp154")
WORD = re.compile(rf"[{CYRILLIC}]{{2,}}")
SAMPLE = 2_000_000  # bytes looked at to choose between the one-byte encodings


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it was read in.

    Raises
    ------
    InputRefused INTAKE-005 when the bytes are no text at all.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark) and (encoding != "utf-16" or _is_wide(data)):
            return _strictly(data, encoding, name)
    guess = _utf16_without_mark(data)
    if guess:
        return _strictly(data, guess, name)
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _one_byte(data)
    _refuse_binary(text, name)
    return text, encoding


def _strictly(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise InputRefused("INTAKE-001", file=name) from None
    _refuse_binary(text, name)
    return text, encoding


def _is_wide(data: bytes) -> bool:
    """Whether bytes after a UTF-16 mark are UTF-16: in kz1048 and cp1251 the mark reads "юя"."""
    head = data[2:4096]
    return not head or 0 in head or 4 in head


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin and Cyrillic have the high bytes 0 and 4, which no text in single bytes holds."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = (sum(map(half.count, (0, 4))) / len(half) for half in (head[0::2], head[1::2]))
    if odd > 0.8 and even < 0.2:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 and odd < 0.2 else None


def _one_byte(data: bytes) -> tuple[str, str]:
    sample = data[:SAMPLE]
    best = max(ONE_BYTE, key=lambda encoding: _letters(sample, encoding))
    return data.decode(best, errors="replace"), best


def _letters(sample: bytes, encoding: str) -> int:
    """Letters that stand in Cyrillic words, Kazakh ones counted twice."""
    text = sample.decode(encoding, errors="replace")
    letters = "".join(WORD.findall(text))
    return len(letters) + sum(map(letters.count, KAZAKH))


def _refuse_binary(text: str, name: str) -> None:
    head = text[:20_000]
    strange = sum((c < " " and c not in "\t\r\n\f\x1a") or c == "\ufffd" for c in head)
    if strange > 0.02 * len(head):
        raise InputRefused("INTAKE-005", file=name)
