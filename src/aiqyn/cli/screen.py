"""``aiqyn screen``: the signs of one form, as JSON and as lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiqyn import words

if TYPE_CHECKING:
    from aiqyn.signals.screening.dimensions import Dimension, Screening

NOT_KNOWN = "not known"


def screen_form(
    form: Path,
    list_name: str,
    *,
    indicators: Path | None = None,
    shares: tuple[float | None, float | None, float | None] = (None, None, None),
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer of ``aiqyn screen --json``.

    Raises
    ------
    InputRefused, UsageRefused, AnswerRefused (SIG-040 … SIG-047).
    """
    from aiqyn.signals.screening import (
        chance_of_being_right,
        read_answers,
        read_indicators,
        screen_answers,
    )

    value = chance_of_being_right(*shares)
    listed = read_indicators(list_name, indicators)
    found = screen_answers(read_answers(form, listed), listed)
    return {
        "list": list_name,
        "dimensions": [_as_json(one, lang) for one in found.dimensions],
        "refer": found.refer,
        "elements": {k: "signs" if v else NOT_KNOWN for k, v in found.elements().items()},
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
    key = "screening.refer" if found.refer else "screening.not_enough"
    still = words.say("screening.open", lang, n=words.number(found.open_questions, lang))
    return [words.say(key, lang), still, words.say("screening.signs_only", lang)]


def print_screening(answer: Mapping[str, Any], lang: str = "en") -> None:
    """A line a dimension with signs, then what to do."""
    from rich.console import Console

    lines = [
        words.say(
            "screening.positive" if one["positive"] else "screening.counts",
            lang,
            **{key: one[key] for key in ("dimension", "strong", "medium", "weak")},
        )
        for one in answer["dimensions"]
    ]
    lines += [*answer["text"], _value_line(answer["predictive_value"], lang)]
    lines += [f"! {c['text']} ({c['code']})" for c in answer["cautions"]]
    Console(highlight=False, soft_wrap=True).print("\n".join(lines), markup=False)


def _value_line(value: Any, lang: str) -> str:  # Any: JSON
    if value == NOT_KNOWN or value["positive"] is None:
        return words.say("screening.value_unknown", lang)
    right = words.percent(value["positive"], lang, decimals=1)
    missed = "—" if value["missed"] is None else words.percent(value["missed"], lang, decimals=1)
    return words.say("screening.value", lang, right=right, missed=missed)
