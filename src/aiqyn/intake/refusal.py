"""What is said about a row that cannot be taken, and about a file that was taken with doubts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from aiqyn import words

# A value is quoted in a message only when it cannot be a name or the number of a document.
NUMBER = re.compile(r"[<>≤≥~+−-]?\d{1,3}(?:[ ,.\u00a0\u202f]?\d{3}){0,2}(?:[.,]\d{1,6})?")
UNITS = "л|лет|год|года|г|жас|жаста|ж|мес|ай|y|yr|yrs|years|yo|m"
NUMBER_WITH_UNIT = re.compile(rf"\d{{1,3}}(?:[.,]\d)?\s?(?:{UNITS})\.?", re.IGNORECASE)
DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
DAY_CELL = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T]00:00:00")  # how a workbook's day is read
SHORT_CODE = re.compile(r"[A-Z]{2,3}-\d{1,3}")
ALLOWED_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a row, or a whole file, is refused.

    Attributes
    ----------
    file, sheet : names as sent; `sheet` None for text files
    row : the sheet's own number, the first row being 1; None: the file as a whole
    column : the heading as written in the file; None: the row as a whole
    code : ``INTAKE-…``
    slots : what the sentences need; never a name
    value : the cell as written. Only ever shown in the agency's own error workbook
    """

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    code: str
    slots: dict[str, object] = field(default_factory=dict)
    value: str | None = None

    @property
    def seen(self) -> str:
        """The value as the officer sees it in the file; empty where there is none."""
        return as_seen(self.value, self.sheet)

    def place(self, lang: str) -> str:
        """Where: file, sheet, row and column, as far as known."""
        return place(lang, self.file, self.sheet, self.row, self.column)

    def what(self, lang: str, *, quote: bool = True) -> str:
        """What is wrong, without the place; the value is quoted only where it is safe."""
        if quote and self.value is not None and may_be_quoted(self.value):
            key = f"{self.code}.quoted"
            if words.has(key, lang):
                return words.say(key, lang, value=self.seen, **self._said(lang))
        key = f"{self.code}.born" if "born" in self.slots else self.code
        return words.say(key, lang, **self._said(lang))

    def message(self, lang: str = "en") -> str:
        """Where and what."""
        return words.say("intake.placed", lang, place=self.place(lang), what=self.what(lang))

    def mend(self, lang: str = "en", *, codes_sheet: bool = False) -> str:
        """How to mend it; with `codes_sheet` the allowed values stand on a sheet beside it."""
        key = f"{self.code}.mend"
        if codes_sheet and words.has(f"{key}.sheet", lang):
            key = f"{key}.sheet"
        slots = self._said(lang)
        for variant in ("number", "nearest", "parent", "must", "born"):
            if slots.get(variant) is not None and words.has(f"{key}.{variant}", lang):
                return words.say(f"{key}.{variant}", lang, **slots)
        return words.say(key, lang, **slots)

    def _said(self, lang: str) -> dict[str, object]:
        slots = {"file": self.file, "column": self.column or ""} | self.slots
        if self.code == "INTAKE-009" and "spellings" not in slots:
            slots |= nearest_codes(str(slots["list"]), self.value or "")
        return said(slots, lang)


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the sender should know about a file that was taken.

    Attributes
    ----------
    code : ``INTAKE-1..``; ``KNOWN-1..`` for a known error of the source (slot ``entry``)
    count : rows, cells or columns concerned
    """

    file: str
    sheet: str | None
    code: str
    count: int
    slots: dict[str, object] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """The caution as a sentence, with its place."""
        what = words.say_n(self.code, self.count, lang, **said(self.slots, lang))
        return words.say("intake.placed", lang, place=place(lang, self.file, self.sheet), what=what)


def as_seen(cell: str | None, sheet: str | None) -> str:
    """A cell's text as the officer sees it: a workbook's day without its midnight.

    A day is written as our workbooks and messages write it, 05.05.2019. A text file (`sheet` None)
    shows what stands in it.
    """
    if cell and sheet is not None and (day := DAY_CELL.fullmatch(cell)):
        return ".".join(reversed(day.groups()))
    return cell or ""


def may_be_quoted(value: str) -> bool:
    """Whether the text parses as a number, a date or a short code, and as nothing else.

    Long runs of digits are left out: they may be the number of a document.
    """
    kinds = (NUMBER, NUMBER_WITH_UNIT, DATE, SHORT_CODE)
    return len(value) <= 24 and any(kind.fullmatch(value) for kind in kinds)


def place(
    lang: str, file: str, sheet: str | None, row: int | None = None, column: str | None = None
) -> str:
    """File, sheet, row and column as the language writes them."""
    parts = {"sheet": sheet, "row": row, "column": column}
    key = "".join(f".{name}" for name, part in parts.items() if part is not None)
    return words.say(f"intake.place{key}", lang, file=file, sheet=sheet, row=row, column=column)


def said(slots: dict[str, object], lang: str) -> dict[str, object]:
    """Slots with codes turned to the language's words.

    ``list`` (a code list's name), ``codes`` (its codes, nearest first), ``nearest`` and ``parent``
    (a code), ``reason`` (why rows were set aside), ``entry`` (a known error of a source: its reason
    comes as ``known``), ``day`` (a date) are told in words.
    """
    from datetime import date

    told = dict(slots)
    name = slots.get("list")
    if isinstance(name, str):
        told["list"] = _title(name, lang)
        told["allowed"] = _allowed(name, slots, lang)
        for slot in ("nearest", "parent"):
            if isinstance(slots.get(slot), str):
                told[slot] = _label(name, str(slots[slot]), lang)
    if isinstance(slots.get("reason"), str):
        told["reason"] = words.say(f"intake.aside.{slots['reason']}", lang)
    if isinstance(slots.get("entry"), str):
        told["known"] = words.say(f"known.{slots['entry']}", lang)
    for slot, value in slots.items():
        if isinstance(value, date):
            told[slot] = words.long_date(value, lang)
    return told


@lru_cache(maxsize=20_000)
def nearest_codes(name: str, text: str) -> dict[str, object]:
    """The list's codes for a message: the nearest to the text first, then the others in order."""
    from aiqyn.standard import code_list

    codes = code_list(name)
    close = codes.nearest(text[:80], 3)
    rest = tuple(code for code in codes.codes() if code not in close)
    return {"nearest": close[0] if close else None, "codes": (*close, *rest)}


def _title(name: str, lang: str) -> str:
    """The list's name; for a mapping's own list the name of the field."""
    from aiqyn.standard import fields, tables

    if words.has(f"intake.list.{name}", lang):
        return words.say(f"intake.list.{name}", lang)
    every = (f for table in tables() for f in fields(table))
    return next((f.label(lang) for f in every if f.name == name), name)


def _allowed(name: str, slots: dict[str, object], lang: str) -> str:
    """The first few values that may be written: the mapping's own spellings, or labels of codes."""
    own, codes = slots.get("spellings"), slots.get("codes")
    told = list(own) if isinstance(own, tuple) else []
    told += [_label(name, code, lang) for code in codes] if isinstance(codes, tuple) else []
    return ", ".join([*told[:ALLOWED_SHOWN], *(["…"] if len(told) > ALLOWED_SHOWN else [])])


def _label(name: str, code: str, lang: str) -> str:
    from aiqyn.standard import code_list

    try:
        return code_list(name).label(code, lang)
    except KeyError:
        return code
