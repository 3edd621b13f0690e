"""Many words as the lines of one text: a rule goes over all of them at once.

A rule that is given a word for itself costs more in the calling than in the reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

Change = Callable[[str], str]
# a class or letters looked back for, then letters; and no other way beside them
LED = re.compile(r"^\(\?<=((?:\[[^\]]*\]|[a-z])+)\)([a-z]+)(?=[(]|$)(?!.*\)\|)")
FEW = 200  # words: fewer are searched one by one sooner than the engine is called


def line_pattern(pattern: str) -> re.Pattern[str]:
    """The pattern of a word for a text of one word a line: no sign of it is the end of a line.

    Letters that are looked for after one sign come first, so that the text is searched for them.
    """
    led = LED.sub(r"\2(?<=\1\2)", pattern)
    return re.compile(led.replace("[^", r"[^\n"), re.MULTILINE)


def holding(words: Sequence[str], pattern: str) -> list[int]:
    """Where the words stand in which a pattern is found (one that does not look around)."""
    if len(words) < FEW:
        search = re.compile(pattern).search
        return [place for place, word in enumerate(words) if search(word)]
    import polars as pl

    return pl.Series(words).str.contains(pattern).arg_true().to_list()


def change_at(words: list[str], places: Sequence[int], how: Change) -> None:
    """Put the words at the places through `how`, which leaves the ends of lines where they are."""
    if places:
        lines = how("\n".join([words[place] for place in places])).split("\n")
        for place, line in zip(places, lines, strict=True):
            words[place] = line


def change_lines(text: str, letters: str, how: Change) -> str:
    """The text with its lines that hold some letters put through `how`."""
    spans = list(_lines_holding(text, letters))
    if not spans:
        return text
    lines = how("\n".join([text[start:end] for start, end in spans])).split("\n")
    parts: list[str] = []
    before = 0
    for (start, end), line in zip(spans, lines, strict=True):
        parts += (text[before:start], line)
        before = end
    return "".join([*parts, text[before:]])


def _lines_holding(text: str, letters: str) -> Iterator[tuple[int, int]]:
    """Where each line that holds the letters begins and ends."""
    end = 0
    while (found := text.find(letters, end)) >= 0:
        start = text.rfind("\n", end, found) + 1 or end
        end = text.find("\n", found)
        end = len(text) if end < 0 else end
        yield start, end
