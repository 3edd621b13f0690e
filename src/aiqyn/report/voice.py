"""How the report speaks: sentences and numbers as one language writes them, in any medium.

`parts` takes a sentence apart into plain text and numbers that open, so that the web page can make
a number a `<details>` and the PDF a note, from the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

from aiqyn import words
from aiqyn.report.model import (
    Cell,
    Count,
    Day,
    Label,
    Number,
    NumberRef,
    ReportModel,
    Sentence,
    Several,
    Share,
    Sign,
    Slot,
    State,
    Text,
    Unit,
    Words,
    Year,
)
from aiqyn.standard import code_list

SAME_SIGNS = {"zero": "0", "hidden": "x", "unknown": "…", "not_asked": "—", "refused": "✕"}
ABSENT: tuple[State, ...] = ("small", "hidden", "unknown", "not_asked", "refused")
SIGNED: tuple[State, ...] = ("zero", *ABSENT)  # states that a table explains under itself
# Kind of a column -> unit of its numbers.
UNITS: dict[str, Unit] = {
    "count": "persons", "share": "share", "rate": "per_100k", "change": "change",
}  # fmt: skip
NO_UNIT = ("share", "change")
COUNTED_UNITS = ("persons", "records", "rows")
FINE_BASE = 1000  # persons; from it on a share has one decimal


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence: text, or a number (`number` is its id) with its text."""

    text: str
    number: str | None = None


def parts(sentence: Sentence, lang: str, model: ReportModel) -> tuple[Part, ...]:
    """The sentence in `lang` as text and open numbers, in order."""
    found: list[Part] = []
    for literal, name, _, _ in Formatter().parse(words.say_raw(sentence.key, lang)):
        if literal:
            found.append(Part(literal))
        if name is not None:
            found.append(_part(sentence.slots[name], lang, model))
    return tuple(found)


def text(sentence: Sentence, lang: str, model: ReportModel) -> str:
    """The sentence as plain text."""
    return "".join(part.text for part in parts(sentence, lang, model))


def label(code_list_name: str, code: str, lang: str, model: ReportModel, case: str = "") -> str:
    """A code's label: the report's own (regions, agencies) before the shipped lists."""
    own = model.labels.get(code_list_name, {}).get(code)
    if own is not None:
        return own.get(f"{lang}_loc", own[lang]) if case == "loc" else own[lang]
    if code == "unknown":
        return words.say("report.not_known", lang)
    return code_list(code_list_name).label(code, lang)


def sign(state: str, model: ReportModel) -> str:
    """What stands in the place of a number: ``<`` and the threshold, ``x``, ``…``, or ``0``."""
    return f"<{model.meta.threshold}" if state == "small" else SAME_SIGNS[state]


def state_words(state: str, lang: str, model: ReportModel, room: str = "page") -> str:
    """The words behind a sign, as the page and the PDF or (`room` ``charts``) a legend has them."""
    slots: dict[str, object] = {}
    if state == "small":
        slots = {"most": model.meta.threshold - 1}
        if room == "charts":
            slots["sign"] = sign(state, model)
    return words.say(f"{room}.state.{state}", lang, **slots)


def shown(number: Number, lang: str, model: ReportModel) -> str:
    """The number's value as text, its range or bound where it has no value, or its state's sign."""
    if number.state in ABSENT:
        return sign(number.state, model)
    if number.value is None and number.low is not None:
        return between_text(number.low, number.high, number.unit, lang, base=_base(number))
    return value_text(number.value or 0, number.unit, lang, base=_base(number))


def shown_large(number: Number, lang: str, model: ReportModel) -> str:
    """The value as a key figure shows it: of a lower bound the bound with its sign."""
    bound = number.kind == "lower_bound" and number.value is None and number.low is not None
    if not bound or number.state in ABSENT:
        return shown(number, lang, model)
    return f"≥{words.NO_BREAK}{shown_part(number, 'low', lang, model)}"


def shown_part(number: Number, part: str, lang: str, model: ReportModel) -> str:
    """Its value, or one end of its interval (``low``, ``high``)."""
    end = getattr(number, part)
    if part == "value" or end is None:
        return shown(number, lang, model)
    return value_text(end, number.unit, lang, base=_base(number))


def shown_interval(number: Number, lang: str) -> str | None:
    """Its interval as a range, rounded as its value; None where there is none to show."""
    if number.low is None or number.high is None:
        return None
    return between_text(number.low, number.high, number.unit, lang, base=_base(number))


def between_text(
    low: float, high: float | None, unit: str, lang: str, *, base: int | None = None
) -> str:
    """Both ends as a range, the sign of the unit once; a lower bound alone says "or more"."""
    first = value_text(low, unit, lang, base=base)
    if high is None:
        return words.say("page.or_more", lang, value=first)
    last = value_text(high, unit, lang, base=base)
    if unit == "change":
        return words.say("report.range_of_changes", lang, low=first, high=last)
    if unit == "share":
        first = words.number(100 * low, lang, decimals=_share_decimals(base))
    return words.interval(first, last)


def value_text(value: float, unit: str, lang: str, *, base: int | None = None) -> str:
    """A bare value in its unit; a share is a fraction of 1."""
    if unit == "share":
        return words.percent(value, lang, decimals=_share_decimals(base))
    if unit == "change":
        return change_text(value, lang)
    decimals = 1 if unit in ("per_100k", "months") else 0
    return words.number(value, lang, decimals=decimals)


def cell_text(cell: Cell, kind: str, lang: str) -> str:
    """The value of a shown cell; of a lower bound that, and in words that it is a range only."""
    unit = UNITS.get(kind, "persons")
    if is_bound(cell):
        return f"≥{words.NO_BREAK}{value_text(cell.low or 0, unit, lang)}"
    if cell.value is None and cell.low is not None:
        return words.say("page.range_only", lang)
    return value_text(cell.value or 0, unit, lang)


def is_bound(cell: Cell) -> bool:
    """Whether a cell holds its low end alone."""
    return cell.value is None and cell.low is not None and cell.high is None


def has_number(value: object) -> bool:
    """Whether a cell of a table shows a number rather than the sign of a state, or words."""
    if not isinstance(value, Cell) or value.state in ABSENT:
        return False
    return value.value is not None or is_bound(value)


def change_text(value: float, lang: str) -> str:
    """A change, a fraction of 1, as per cent with its sign."""
    text = words.percent(value, lang)
    return f"+{text}" if value > 0 and text[0] != "0" else text


def slot_text(slot: Slot, lang: str, model: ReportModel) -> str:
    """A typed slot by itself, as a cell of a table shows it."""
    return _part(slot, lang, model).text


def unit(number: Number, lang: str) -> str:
    """The unit after the number, in the form that the number asks for; a share has none."""
    if number.unit in NO_UNIT:
        return ""
    key = f"page.unit.{number.unit}"
    if number.unit in COUNTED_UNITS:
        return words.say_n(key, round(number.value or 0), lang)
    return words.say(key, lang)


def interval_name(number: Number, lang: str) -> str:
    """What the number's interval is called: a level of chance, or bounds."""
    if number.kind == "lower_bound":
        return words.say("page.interval.lower_bound", lang)
    if number.level is None:
        return words.say("page.interval.bounds", lang)
    return words.say("page.interval", lang, level=round(100 * number.level))


def _part(slot: Slot, lang: str, model: ReportModel) -> Part:
    match slot:
        case NumberRef(id=id_, part=part):
            return Part(shown_part(model.numbers[id_], part, lang, model), id_)
        case Count(value=value, decimals=decimals):
            return Part(words.number(value, lang, decimals=decimals))
        case Share(value=value, signed=True):
            return Part(change_text(value, lang))
        case Share(value=value, decimals=decimals):
            return Part(words.percent(value, lang, decimals=decimals))
        case Year(value=year):
            return Part(str(year))
        case Day(value=day):
            return Part(words.long_date(day, lang))
        case Label(code_list=name, code=code, case=case):
            return Part(label(name, code, lang, model, case))
        case Words(key=key):
            return Part(words.say(key, lang))
        case Text(value=value):
            return Part(value)
        case Sign(state=state):
            return Part(sign(state, model))
        case Several(slots=slots, sign=between):
            return Part(between.join(slot_text(one, lang, model) for one in slots))


def _base(number: Number) -> int | None:
    return number.counted[1] if number.counted else None


def _share_decimals(base: int | None) -> int:
    return 1 if base is not None and base >= FINE_BASE else 0
