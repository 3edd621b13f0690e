"""``aiqyn screen``: the signs of a filled form, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words
from aiqyn.cli.screen_form import ADULTS

if TYPE_CHECKING:
    from aiqyn.signals.screening.dimensions import Dimension, Screening

NOT_KNOWN = "not known"


def screen_form(
    form: Path,
    list_name: str | None,
    *,
    indicators: Path | None = None,
    shares: tuple[float | None, float | None, float | None] = (None, None, None),
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn screen --json``; without a list the one that the form was written for.

    Raises
    ------
    InputRefused, UsageRefused, AnswerRefused (SIG-040 … SIG-047, SIG-203).
    """
    from aiqyn.signals.screening import (
        answers_of,
        chance_of_being_right,
        read_form,
        read_indicators,
        screen_answers,
    )

    value = chance_of_being_right(*shares)
    filled = read_form(form)
    listed = read_indicators(list_name or filled.list_name or ADULTS, indicators)
    found = screen_answers(answers_of(filled, listed, form.name), listed)
    return {
        "list": listed.name,
        "dimensions": [_as_json(one, lang) for one in found.dimensions],
        "refer": found.refer,
        "elements": {k: "signs" if v else NOT_KNOWN for k, v in found.elements().items()},
        "reading": found.reading(),
        "ilo11": list(found.ilo11),
        "open_questions": found.open_questions,
        "predictive_value": NOT_KNOWN
        if value is None
        else {"positive": value.positive, "missed": value.missed},
        "text": _text(found, lang),
        "cautions": [
            {"code": c.code, "text": words.say(c.code, lang, **c.slots)} for c in found.cautions
        ],
    }


def _as_json(one: Dimension, lang: str) -> dict[str, Any]:
    return {
        "dimension_no": one.dimension_no,
        "dimension": words.say(f"screening.dimension.{one.dimension_no}", lang),
        "strong": one.strong,
        "medium": one.medium,
        "weak": one.weak,
        "positive": one.positive,
        "not_sure": one.not_sure,
        "unanswered": one.unanswered,
    }


def _text(found: Screening, lang: str) -> list[str]:
    """What to do, and what the answer does not say."""
    from aiqyn.signals.screening import ilo11_label

    key = "screening.refer" if found.refer else "screening.not_enough"
    reading = "; ".join(_element(name, seen, lang) for name, seen in found.reading().items())
    names = "; ".join(ilo11_label(number, lang) for number in found.ilo11)
    told = [words.say("screening.ilo11", lang, names=names)] if names else []
    still = words.say("screening.open", lang, n=words.number(found.open_questions, lang))
    first = [words.say(key, lang), _sentence(reading), *told]
    return [*first, still, words.say("screening.signs_only", lang)]


def _element(name: str, seen: str, lang: str) -> str:
    said = words.say(f"screening.reading.{name}", lang)
    return words.say(f"screening.reading.{seen.replace(' ', '_')}", lang, element=said)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def print_screening(answer: Mapping[str, Any], lang: str = "en") -> None:
    """A line a dimension with signs, then what to do."""
    lines = [
        words.say(
            "screening.positive" if one["positive"] else "screening.counts",
            lang,
            **{key: one[key] for key in ("dimension", "strong", "medium", "weak")},
        )
        for one in answer["dimensions"]
    ]
    lines += [*answer["text"], _value_line(answer["predictive_value"], lang)]
    _print([*lines, *_cautions(answer)])


def print_lines(answer: Mapping[str, Any]) -> None:
    """The answer's text, and its cautions."""
    _print([*answer["text"], *_cautions(answer)])


def _cautions(answer: Mapping[str, Any]) -> list[str]:
    return [f"! {c['text']} ({c['code']})" for c in answer.get("cautions", ())]


def _print(lines: Sequence[str]) -> None:
    from rich.console import Console

    Console(highlight=False, soft_wrap=True).print("\n".join(lines), markup=False)


def _value_line(value: Any, lang: str) -> str:  # Any: JSON
    if value == NOT_KNOWN or value["positive"] is None:
        return words.say("screening.value_unknown", lang)
    right = words.percent(value["positive"], lang, decimals=1)
    missed = "—" if value["missed"] is None else words.percent(value["missed"], lang, decimals=1)
    return words.say("screening.value", lang, right=right, missed=missed)
