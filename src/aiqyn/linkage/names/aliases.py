"""A cell's name and the other names it gives: "Alia (Alina)", "X он же Y", "X a.k.a. Y"."""

from __future__ import annotations

import re
from functools import cache

from aiqyn.linkage.names.tables import column

BRACKET = re.compile(r"[\[({«„“\"]")
IN_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?|[«„“\"]([^«»„“”\"]*)[»“”\"]")


def split_aliases(text: str) -> tuple[str, tuple[str, ...]]:
    """The name, and the other names in the order in which they stand.

    Where nothing stands before the first alias, the alias is the name.

    Examples
    --------
    >>> split_aliases("Alia (Alina)"), split_aliases("Иванов он же Петров")
    (('Alia', ('Alina',)), ('Иванов', ('Петров',)))
    """
    inside, outside = [], text
    if BRACKET.search(text):
        inside = [part for pair in IN_BRACKETS.findall(text) for part in pair if part.strip()]
        outside = IN_BRACKETS.sub(" ", text)
    name, *others = (part.strip(" ,;:-\u2013\u2014") for part in _marks().split(outside))
    found = [part.strip() for part in (*others, *(p for i in inside for p in _marks().split(i)))]
    found = [part for part in found if part]
    if name:
        return name, tuple(found)
    return (found[0], tuple(found[1:])) if found else ("", ())


@cache
def _marks() -> re.Pattern[str]:
    """Words between a name and another one, the longest first, and the slash."""
    words = sorted(column("alias_words", "text"), key=len, reverse=True)
    either = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)|[/\\|]", re.IGNORECASE)
