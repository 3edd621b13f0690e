"""A filled form: what was answered to each indicator. Who the person is never enters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiqyn.errors import InputRefused
from aiqyn.signals.screening.form_rows import FilledForm, read_form
from aiqyn.signals.screening.indicator_list import IndicatorList, plain
from aiqyn.signals.screening.shipped_tables import shipped_rows
from aiqyn.signals.series.judged import Caution

STRONGEST_FIRST = ("yes", "not_sure", "no", "unanswered")


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by the code of the indicator: yes, no, not_sure or unanswered.

    Attributes
    ----------
    by_code : an indicator that the form does not name is left out
    cautions : rows that were left aside, by number, never by what they say
    """

    by_code: Mapping[str, str]
    cautions: tuple[Caution, ...] = ()


def read_answers(path: Path, listed: IndicatorList) -> Answers:
    """The answers of a form: CSV ``dimension_no,indicator,answer``, or the workbook.

    Raises
    ------
    InputRefused: of `read_form` and of `answers_of`.
    """
    return answers_of(read_form(path), listed, path.name)


def answers_of(form: FilledForm, listed: IndicatorList, file: str) -> Answers:
    """The answers of a form to the list's indicators.

    A row on citizenship, sex or route is taken and left aside; so is one that is not in the list.

    Raises
    ------
    InputRefused: an answer that is none of the four (SIG-045), no row of the list (SIG-046).
    """
    by_code: dict[str, str] = {}
    aside, foreign, twice = 0, 0, 0
    for row in form.rows:
        found = listed.find(row.dimension_no, row.indicator)
        if found is None:
            about_the_person = is_about_the_person(row.indicator)
            aside, foreign = aside + about_the_person, foreign + (not about_the_person)
            continue
        answer = answer_written(row.answer)
        if answer is None:
            raise InputRefused("SIG-045", file=file, row=row.number)
        twice += found.code in by_code
        both = {answer, by_code.get(found.code, answer)}
        by_code[found.code] = min(both, key=STRONGEST_FIRST.index)
    if not by_code:
        raise InputRefused("SIG-046", file=file, list=listed.name)
    other = form.list_name not in (None, listed.name)
    told = (("SIG-140", aside), ("SIG-141", foreign), ("SIG-142", twice), ("SIG-204", other))
    slots = {"made": form.list_name, "list": listed.name}
    return Answers(by_code, tuple(Caution(code, slots | {"n": n}) for code, n in told if n))


def is_about_the_person(name: str) -> bool:
    """Whether a row or column is on citizenship, sex or route: never counted."""
    return plain(name).startswith(_never_counted())


def answer_written(text: str) -> str | None:
    """yes, no, not_sure or unanswered, in any of three languages; None where it is none of them."""
    return _answers().get(plain(text))


@cache
def _answers() -> dict[str, str]:
    return {row["written"]: row["answer"] for row in shipped_rows("answers.csv")}


@cache
def _never_counted() -> tuple[str, ...]:
    return tuple(row["begins_with"] for row in shipped_rows("never_counted.csv"))
