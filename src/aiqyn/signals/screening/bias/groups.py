"""Referral and its errors by group, each group against all the others of its column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.signals.screening.bias.accuracy import (
    MEASURES,
    Accuracy,
    Share,
    accuracy_of,
    difference,
)
from aiqyn.signals.screening.bias.forms_file import ScreenedForms
from aiqyn.signals.series.judged import Caution

LEAST = 20  # persons; a share of fewer is not told (design: numbers by language)
OUTSIDE_BY_CHANCE = 0.05  # of 95 % intervals of differences that are none


@dataclass(frozen=True, slots=True)
class GroupBias:
    """A group and how it differs from all others of the column.

    Attributes
    ----------
    column, group : where and who
    accuracy : of the group
    differences : measure -> the group's share minus that of the others; only where both are told
    """

    column: str
    group: str
    accuracy: Accuracy
    differences: Mapping[str, Share]

    @property
    def apart(self) -> tuple[str, ...]:
        """Measures whose difference has an interval without zero."""
        return tuple(m for m, d in self.differences.items() if d.low > 0 or d.high < 0)


@dataclass(frozen=True, slots=True)
class BiasReport:
    """All groups.

    Attributes
    ----------
    overall : of all forms
    groups : by column, as asked, and by the group's name
    cautions : undecided forms, small groups
    """

    overall: Accuracy
    groups: tuple[GroupBias, ...]
    cautions: tuple[Caution, ...] = ()

    @property
    def comparisons(self) -> int:
        """Differences told. About one in twenty would leave out zero with no difference at all."""
        return sum(len(group.differences) for group in self.groups)


def compare_groups(forms: ScreenedForms, least: int = LEAST) -> BiasReport:
    """Referral rate, sensitivity, specificity and predictive value by group.

    Raises
    ------
    AnswerRefused: no form was decided (SIG-208).
    """
    if np.isnan(forms.concerned).all():
        raise AnswerRefused("SIG-208")
    overall = accuracy_of(forms.referred, forms.concerned)
    groups = tuple(_groups(forms, least))
    return BiasReport(overall, groups, _cautions(forms, overall, groups, least))


def _groups(forms: ScreenedForms, least: int) -> Iterator[GroupBias]:
    for column, named in forms.groups.items():
        names = np.array(named)
        for group in sorted(set(named)):
            ours, others = (
                accuracy_of(forms.referred[of], forms.concerned[of], least)
                for of in (names == group, names != group)
            )
            both = {m: difference(getattr(ours, m), getattr(others, m)) for m in MEASURES}
            told = {measure: apart for measure, apart in both.items() if apart is not None}
            yield GroupBias(column, group, ours, told)


def _cautions(
    forms: ScreenedForms, overall: Accuracy, groups: tuple[GroupBias, ...], least: int
) -> tuple[Caution, ...]:
    few = sum(
        getattr(group.accuracy, measure).value is None for group in groups for measure in MEASURES
    )
    open_forms = overall.forms - overall.decided
    unseen = bool(np.isnan(forms.concerned[~forms.referred]).all())
    told = (("SIG-209", open_forms), ("SIG-217", unseen), ("SIG-210", few))
    slots: dict[str, object] = {"of": overall.forms, "least": least}
    return tuple(Caution(code, slots | {"n": int(n)}) for code, n in told if n)
