"""A cell's text -> a code, or several: the mapping's own spellings first, then the code list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from types import EllipsisType

from aiqyn.intake.cells import Fault, Value
from aiqyn.intake.headings import heading_key
from aiqyn.intake.kazakh_damage import is_damaged
from aiqyn.intake.mapping import FieldRule

ABSENT = "none"
Codes = tuple[str, ...]


class CodeReader:
    """Reads the texts of one coded column; counts nothing, remembers nothing but its rule."""

    def __init__(self, rule: FieldRule) -> None:
        self.rule = rule
        self.values = {heading_key(text): codes for text, codes in rule.values}
        splits = [re.escape(s) for s in rule.split if s]
        self.splitter = re.compile("|".join(splits)) if splits else None

    def one(self, text: str) -> Value | Fault:
        """The code of a text that holds one value."""
        found = self._codes(text)
        if isinstance(found, Fault) or found is None:
            return found
        return found[0] if len(found) == 1 else Fault("INTAKE-027")

    def many(self, text: str) -> Value | Fault:
        """The codes of a text that may hold several values, in order, each once."""
        if heading_key(text) in self.values or self.splitter is None:
            return self._codes(text)
        pieces = [piece.strip() for piece in self.splitter.split(text)]
        found: dict[str, None] = {}
        for piece in filter(None, pieces):
            codes = self._codes(piece)
            if isinstance(codes, Fault):
                return codes
            found |= dict.fromkeys(codes or ())
        return without_parents(found, self.rule) or None

    def known(self, text: str) -> bool:
        """Whether `values` or the code list holds the text (and `otherwise` is not needed)."""
        return not isinstance(self._known(text), EllipsisType)

    def _codes(self, text: str) -> Codes | Fault | None:
        found = self._known(text)
        if not isinstance(found, EllipsisType):
            return found
        if is_damaged(text):
            return Fault("INTAKE-004")
        if self.rule.has_otherwise:
            return (self.rule.otherwise,) if self.rule.otherwise else None
        return Fault("INTAKE-009", self._allowed(text))

    def _known(self, text: str) -> Codes | EllipsisType | None:
        """The codes, None for "nothing recorded", or ``...`` where the text is not known."""
        key = heading_key(text)
        if key in self.values:
            return self.values[key]
        if self.rule.values_only or self.rule.code_list is None:
            return ... if self.rule.values or self.rule.values_only else (text,)
        code = _find(self.rule.code_list, text)
        return ... if code is None else (code,)

    def _allowed(self, text: str) -> dict[str, object]:
        if self.rule.code_list is None or self.rule.values_only:
            spellings = tuple(text for text, _ in self.rule.values)
            return {"list": self.rule.code_list or self.rule.name, "spellings": spellings}
        return {"list": self.rule.code_list}  # the nearest ones are looked for when they are told


def without_parents(codes: Iterable[str], rule: FieldRule) -> Codes:
    """The codes less those whose descendant is there too, and less `none` beside another."""
    kept = tuple(codes)
    if len(kept) < 2:
        return kept
    kept = tuple(c for c in kept if c != ABSENT)
    if rule.keep_parents or rule.code_list is None:
        return kept
    above = {a for code in kept for a in _ancestors(rule.code_list, code)}
    return tuple(code for code in kept if code not in above)


@lru_cache(maxsize=100_000)
def _find(name: str, text: str) -> str | None:
    from aiqyn.standard import code_list

    return code_list(name).find(text)


@lru_cache(maxsize=10_000)
def _ancestors(name: str, code: str) -> Codes:
    from aiqyn.standard import code_list

    codes = code_list(name)
    return tuple(codes.line(code))[1:] if code in codes else ()
