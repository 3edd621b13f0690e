"""A file of many forms: a row a form, a column a sign by its code, the decision, the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.signals.screening.answers import Answers, answer_written
from aiqyn.signals.screening.bias.accuracy import Flags
from aiqyn.signals.screening.dimensions import screen_answers
from aiqyn.signals.screening.indicator_list import IndicatorList
from aiqyn.signals.series.judged import Floats

DECIDED = {"yes": 1.0, "no": 0.0}
NO_GROUP = "unknown"


@dataclass(frozen=True, slots=True)
class ScreenedForms:
    """What the signs of each form say, what was decided, and who it was about.

    Attributes
    ----------
    referred : (forms,) by the signs alone
    concerned : (forms,) 1, 0, or NaN where nobody has decided
    groups : column -> (forms,) group; read for the comparison only
    """

    referred: Flags
    concerned: Floats
    groups: dict[str, tuple[str, ...]]


def read_forms(
    path: Path, listed: IndicatorList, groups: Sequence[str], decision: str = "decision"
) -> ScreenedForms:
    """The forms of a CSV file.

    Parameters
    ----------
    listed : its indicators' codes are the columns that are counted; no other column is
    groups : columns to compare by
    decision : column of the trained person's decision: yes, no; anything else known is undecided

    Raises
    ------
    InputRefused: not readable (SIG-043), columns missing (SIG-206), a cell that is no answer
    (SIG-207).
    """
    table = _table(path)
    codes = [one.code for one in listed.indicators if one.code in table.columns]
    lacking = [name for name in (decision, *groups) if name not in table.columns]
    if lacking or not codes or not table.height:
        names = ", ".join(lacking) or listed.indicators[0].code
        raise InputRefused("SIG-206", file=path.name, columns=names)
    answers = {name: _answers(table, name, path) for name in (*codes, decision)}
    referred = [
        screen_answers(Answers({code: answers[code][i] for code in codes}), listed).refer
        for i in range(table.height)
    ]
    return ScreenedForms(
        np.array(referred),
        np.array([DECIDED.get(answer, np.nan) for answer in answers[decision]]),
        {name: tuple(table[name].fill_null(NO_GROUP).to_list()) for name in groups},
    )


def _table(path: Path) -> pl.DataFrame:
    try:
        raw = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as why:
        raise InputRefused("SIG-043", file=path.name) from why
    trimmed = raw.rename({name: name.strip() for name in raw.columns})
    return trimmed.with_columns(pl.all().str.strip_chars().replace({"": None}))


def _answers(table: pl.DataFrame, name: str, path: Path) -> list[str]:
    read = [answer_written(cell or "") for cell in table[name]]
    if None in read:
        raise InputRefused("SIG-207", file=path.name, row=read.index(None) + 2, column=name)
    return [answer for answer in read if answer is not None]
