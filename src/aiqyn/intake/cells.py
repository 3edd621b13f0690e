"""One cell's text -> one value, or what is wrong with it. No cell is guessed at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from aiqyn.intake.mapping import FieldRule

SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?:\D|$))")
PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
FIRST_NUMBER = re.compile(r"(?<![\d.,/-])(\d{1,3})(?![\d.,/-]*\d)")
DATE_LIKE = re.compile(r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}(?:[ T].*)?")
TIME_TAIL = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
EXCEL_ZERO = datetime(1899, 12, 30)  # Excel takes 1900 for a leap year
SERIALS = range(20_000, 80_001)  # 1954-10-03 … 2119-01-11
YEARS = range(1900, 2101)
LESS_THAN = re.compile(r"<\s*(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell's text is no value; `slots` feed the sentences."""

    code: str
    slots: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """A published count: value, the ends between which it lies, and why they differ."""

    value: float | None
    low: float | None
    high: float | None
    status: str


Value = str | int | float | bool | date | tuple[str, ...] | Count | None
Parser = Callable[[str], "Value | Fault"]


def parse_number(text: str, rule: FieldRule) -> float | Fault:
    """A number as the mapping writes it; a comma before three digits is never guessed at."""
    plain = text.replace("−", "-").replace("\u2013", "-") if text[:1] in "−–" else text
    if rule.thousands:
        if not _well_grouped(plain, rule):
            return Fault("INTAKE-018")
        plain = plain.replace(rule.thousands, "")
    plain = SPACES.sub("", plain)
    if rule.decimal:
        plain = plain.replace(rule.decimal, ".")
    elif not rule.thousands and plain.count(",") == 1 and "." not in plain:
        if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", plain):  # 1,757: thousands or a fraction?
            return Fault("INTAKE-018", {"number": None})
        plain = plain.replace(",", ".")
    return float(plain) if PLAIN.fullmatch(plain) and len(plain) <= 30 else Fault("INTAKE-018")


def _well_grouped(text: str, rule: FieldRule) -> bool:
    sign = re.escape(rule.thousands or ",")
    point = re.escape(rule.decimal or ".")
    return (
        re.fullmatch(rf"[+-]?(?:\d+|\d{{1,3}}(?:{sign}\d{{3}})+)(?:{point}\d+)?", text) is not None
    )


def parse_integer(text: str, rule: FieldRule) -> int | Fault:
    """A whole number within the field's range."""
    number = parse_number(text, rule)
    if isinstance(number, Fault) or number != int(number):
        return _no_integer(text, rule)
    return _within(int(number), rule) or int(number)


def _no_integer(text: str, rule: FieldRule) -> Fault:
    found = FIRST_NUMBER.findall(text)
    slots: dict[str, object] = {"number": found[0] if len(found) == 1 else None}
    return Fault("INTAKE-017" if rule.name == "age" else "INTAKE-018", slots)


def _within(number: float, rule: FieldRule) -> Fault | None:
    low = rule.minimum if rule.minimum is not None else float("-inf")
    high = rule.maximum if rule.maximum is not None else float("inf")
    if low <= number <= high:
        return None
    return Fault("INTAKE-019", {"low": _short(low), "high": _short(high)})


def _short(number: float) -> str:
    return "…" if abs(number) == float("inf") else f"{number:g}"


def parse_float(text: str, rule: FieldRule) -> float | Fault:
    """A number within the field's range."""
    number = parse_number(text, rule)
    return number if isinstance(number, Fault) else _within(number, rule) or number


def parse_count(text: str, rule: FieldRule) -> Count | Fault:
    """A published count with its interval."""
    status = dict(rule.statuses).get(text)
    if status == "zero":
        return Count(0.0, 0.0, 0.0, "zero")
    if status is not None:
        return Count(None, None, None, status)
    if rule.less_than and (small := LESS_THAN.fullmatch(text)):
        return Count(None, 0.0, float(max(int(small[1]) - 1, 0)), "small")
    number = parse_number(text, rule)
    if isinstance(number, Fault) or number < 0:
        return Fault("INTAKE-018")
    return Count(number, number, number, "counted")


def parse_date(text: str, rule: FieldRule) -> date | Fault:
    """A day; INTAKE-021 where it looks like one and no calendar has it, -020 where it does not."""
    plain = TIME_TAIL.sub("", text)
    for form in rule.date_formats:
        try:
            day = datetime.strptime(plain, form).date()
        except ValueError:
            continue
        return day if day.year in YEARS else Fault("INTAKE-021")
    if is_serial(text):
        return (EXCEL_ZERO + timedelta(days=int(float(text)))).date()
    return Fault("INTAKE-021" if DATE_LIKE.fullmatch(plain) else "INTAKE-020")


def is_serial(text: str) -> bool:
    """Whether a date was sent as the number by which Excel keeps it."""
    return SERIAL.fullmatch(text) is not None and int(float(text)) in SERIALS


def parse_year(text: str, rule: FieldRule) -> int | Fault:
    """A year between 1900 and 2100; a full date gives its year."""
    if re.fullmatch(r"\d{4}(?:\.0)?", text) and int(text[:4]) in YEARS:
        return _within(int(text[:4]), rule) or int(text[:4])
    day = parse_date(text, rule) if DATE_LIKE.fullmatch(text) else None
    return day.year if isinstance(day, date) else Fault("INTAKE-018")


def parse_boolean(text: str, rule: FieldRule) -> bool | Fault:
    """Yes or no, in the words of the mapping."""
    folded = text.casefold()
    if folded in rule.on:
        return True
    return False if folded in rule.off else Fault("INTAKE-032")
