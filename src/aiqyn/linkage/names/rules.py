"""Rules of spelling: in words that hold some letters, a pattern becomes something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from aiqyn.linkage.names.many_words import change_lines, line_pattern


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` becomes `becomes` in words that hold `contains`, have `sign` and not `not_sign`."""

    contains: str
    pattern: re.Pattern[str]
    becomes: str
    sign: str = ""
    not_sign: str = ""

    def of_habit(self, signs: frozenset[str]) -> bool:
        """Whether words with these signs follow the rule."""
        return (not self.sign or self.sign in signs) and self.not_sign not in signs

    def apply(self, text: str) -> str:
        """A text of one word a line after the rule.

        A pattern that begins with letters finds its own way through the text; to one that looks
        about first, or may begin anywhere, only the lines are shown that hold its letters.
        """
        if self.contains not in text:
            return text
        if self.pattern.pattern.startswith(self.contains):
            return self.pattern.sub(self.becomes, text)
        return change_lines(text, self.contains, self._sub)

    def _sub(self, text: str) -> str:
        return self.pattern.sub(self.becomes, text)


def rule(row: Mapping[str, str]) -> Rule:
    """The rule of a row of a table."""
    pattern = line_pattern(row["pattern"])
    signs = row.get("sign", ""), row.get("not_sign", "")
    return Rule(row["contains"], pattern, row["becomes"], *signs)
