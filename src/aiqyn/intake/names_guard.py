"""Signs that a name, or the number of a document, stands where a case number belongs."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
ENDINGS = re.compile(
    r"(?:ова|ова|ов|ев|ева|ин|ина|ский|ская|енко|вич|вна|ұлы|улы|қызы|кызы|тегі|бек|бай|хан|гүл|"
    r"ov|ova|ev|eva|yev|yeva|sky|skaya|enko|vich|vna|uly|kyzy|qyzy|bek|bay|gul)$"
)
NATIONAL_NUMBER = re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{6}")
MIN_WORD = 3  # letters; "KZ", "ІІ" are parts of numbers


def may_be_name(text: str) -> bool:
    """Whether a text meant to be a code reads like a person's name.

    A code holds a digit, as a rule; a name holds none. Two words of three letters or more, or one
    word with the ending of a family name or patronymic, are taken for a name.
    """
    if any(c.isdigit() for c in text) or "_" in text:
        return False
    found = [w for w in WORD.findall(text) if len(w) >= MIN_WORD]
    if len(found) >= 2:
        return True
    return len(found) == 1 and len(found[0]) > 5 and bool(ENDINGS.search(found[0].casefold()))


def is_document_number(text: str) -> bool:
    """Whether a text is a twelve-digit personal number: a date of birth and six digits."""
    return NATIONAL_NUMBER.fullmatch(text.replace(" ", "")) is not None
