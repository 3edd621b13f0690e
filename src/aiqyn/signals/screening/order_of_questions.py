"""The questions of a form in the order of a conversation: gentle ones first, violence last.

Topics, their order and the words of the questions are data (`topics.csv`, `questions.csv`). A topic
mixes the dimensions, so that who is spoken to does not see what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from aiqyn.signals.screening.indicator_list import Indicator, IndicatorList
from aiqyn.signals.screening.shipped_tables import Row, shipped_rows


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of the conversation.

    Attributes
    ----------
    label : its heading; empty for indicators of a table of one's own
    questions : an indicator and how it is asked, in order
    """

    label: str
    questions: tuple[tuple[Indicator, str], ...]


def conversation(listed: IndicatorList, lang: str = "en") -> tuple[Topic, ...]:
    """The list's questions by topic; indicators that are no part of ours come last, as labelled."""
    by_code = {one.code: one for one in listed.indicators if is_ours(one)}
    topics = [
        Topic(
            topic[f"label_{lang}"],
            tuple(
                (by_code[row["code"]], row[f"question_{lang}"])
                for row in _wordings().values()
                if row["topic"] == topic["topic"] and row["code"] in by_code
            ),
        )
        for topic in sorted(shipped_rows("topics.csv"), key=lambda row: int(row["place"]))
    ]
    others = tuple((one, one.label) for one in listed.indicators if not is_ours(one))
    return tuple(topic for topic in (*topics, Topic("", others)) if topic.questions)


def is_ours(one: Indicator) -> bool:
    """Whether the indicator is of the shipped lists: its code alone would not say so."""
    return _shipped_labels().get(one.code) == one.label


def sign_label(one: Indicator, lang: str = "en") -> str:
    """The short name of a sign; a table of one's own keeps its English one."""
    return _wordings()[one.code][f"label_{lang}"] if lang != "en" and is_ours(one) else one.label


def ilo11_label(number: int, lang: str = "en") -> str:
    """The name of one of the ILO's eleven indicators of forced labour."""
    rows = shipped_rows("ilo_11.csv")
    return next(row[f"label_{lang}"] for row in rows if int(row["number"]) == number)


@cache
def _wordings() -> dict[str, Row]:
    return {row["code"]: row for row in shipped_rows("questions.csv")}


@cache
def _shipped_labels() -> dict[str, str]:
    return {row["code"]: row["label_en"] for row in shipped_rows("labour_indicators.csv")}
