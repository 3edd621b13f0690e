"""A filled form: what was answered to each indicator. Who the person is never enters."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

from aiqyn.errors import InputRefused
from aiqyn.signals.screening.indicator_list import IndicatorList, plain
from aiqyn.signals.series.judged import Caution

COLUMNS = ("dimension_no", "indicator", "answer")
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
    """The answers of a CSV file ``dimension_no,indicator,answer``.

    A row on citizenship, sex or route is taken and left aside; so is one that is not in the list.

    Raises
    ------
    InputRefused: not readable (SIG-043), columns or rows missing (SIG-044), an answer that is none
    of the four (SIG-045), no row that is in the list (SIG-046).
    """
    by_code: dict[str, str] = {}
    aside, foreign, twice = 0, 0, 0
    for number, row in enumerate(_rows(path), start=2):
        indicator = row["indicator"] or ""
        found = listed.find((row["dimension_no"] or "").strip(), indicator)
        if found is None:
            about_the_person = plain(indicator).startswith(_never_counted())
            aside, foreign = aside + about_the_person, foreign + (not about_the_person)
            continue
        answer = _answers().get(plain(row["answer"] or ""))
        if answer is None:
            raise InputRefused("SIG-045", file=path.name, row=number)
        twice += found.code in by_code
        both = {answer, by_code.get(found.code, answer)}
        by_code[found.code] = min(both, key=STRONGEST_FIRST.index)
    if not by_code:
        raise InputRefused("SIG-046", file=path.name, list=listed.name)
    told = (("SIG-140", aside), ("SIG-141", foreign), ("SIG-142", twice))
    return Answers(by_code, tuple(Caution(code, {"n": n}) for code, n in told if n))


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as why:
        raise InputRefused("SIG-043", file=path.name) from why
    lacking = [name for name in COLUMNS if not rows or name not in rows[0]]
    if lacking:
        raise InputRefused("SIG-044", file=path.name, columns=", ".join(lacking))
    return rows


@cache
def _answers() -> dict[str, str]:
    return {row["written"]: row["answer"] for row in _data("answers.csv")}


@cache
def _never_counted() -> tuple[str, ...]:
    return tuple(row["begins_with"] for row in _data("never_counted.csv"))


def _data(name: str) -> list[dict[str, str]]:
    file = files("aiqyn").joinpath("data", "screening", name)
    return list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))
