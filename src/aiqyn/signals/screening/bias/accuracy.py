"""How often a referral is right, from forms that a trained person has decided.

Persons who were not referred are seldom decided: sensitivity from the decided forms alone is then
far too high. Begg & Greenes (1983) correct for it, if whether a form is decided hangs on the
referral only, not on who the person is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from aiqyn.profiles.intervals import Z_95, wilson
from aiqyn.signals.series.judged import Floats

MEASURES = ("referral_rate", "sensitivity", "specificity", "predictive_value")
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of 1 with its 95 % interval; `of` persons.

    `value` is None where nobody, or too few, can be told of.
    """

    of: int
    value: float | None = None
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Shares of a group.

    Attributes
    ----------
    forms, decided : of the group; decided by a trained person
    referral_rate : referred, of all
    sensitivity : referred, of those concerned
    specificity : not referred, of those not concerned
    predictive_value : concerned, of those referred and decided
    corrected : some were not decided, so sensitivity and specificity are those of Begg & Greenes
    """

    forms: int
    decided: int
    referral_rate: Share
    sensitivity: Share
    specificity: Share
    predictive_value: Share
    corrected: bool


def accuracy_of(referred: Flags, concerned: Floats, least: int = 1) -> Accuracy:
    """The shares of a group of forms.

    Parameters
    ----------
    referred : (forms,) by the form's signs
    concerned : (forms,) 1 or 0 as the trained person decided, NaN where nobody has
    least : of fewer persons no share is told

    References
    ----------
    Begg & Greenes (1983), Biometrics 39, 207-215; Wilson (1927).
    """
    known = ~np.isnan(concerned)
    yes = concerned == 1
    total, sent = len(referred), int(referred.sum())
    cells = [[int((known & side & (yes == c)).sum()) for c in (True, False)]
             for side in (referred, ~referred)]  # fmt: skip
    (tp, fp), (fn, tn) = cells
    whole = bool(known.all())
    if whole:
        sensitivity, specificity = _counted(tp, tp + fn), _counted(tn, tn + fp)
    else:
        sensitivity = _corrected(sent, total - sent, (tp, fp), (fn, tn))
        specificity = _corrected(total - sent, sent, (tn, fn), (fp, tp))
    return Accuracy(
        total,
        int(known.sum()),
        _told(_counted(sent, total), least),
        _told(sensitivity, least),
        _told(specificity, least),
        _told(_counted(tp, tp + fp), least),
        corrected=not whole,
    )


def _told(share: Share, least: int) -> Share:
    return share if share.of >= least else Share(share.of)


def _counted(part: int, of: int) -> Share:
    return Share(of, part / of, *wilson(part, of)) if of else Share(0)


def _corrected(on: int, off: int, here: tuple[int, int], there: tuple[int, int]) -> Share:
    """The share on this side of those who share a decision.

    Parameters
    ----------
    on, off : forms on this side of the referral and on the other, decided or not
    here, there : decided forms of either side: with the decision in question, and with the other
    """
    of = here[0] + there[0]
    if not (on and off and sum(here) and sum(there)) or of == 0:
        return Share(of)
    among = on * here[0] / sum(here)
    rest = off * there[0] / sum(there)
    half = 0.5 if 0 in (*here, *there) else 0.0  # Haldane's, for the interval only
    (a, b), (c, d) = ((x + half for x in side) for side in (here, there))
    place = log(on / off) + log(a / (a + b)) - log(c / (c + d))
    variance = 1 / on + 1 / off + b / (a * (a + b)) + d / (c * (c + d))
    reach = Z_95 * sqrt(variance)
    ends = _from_logit(place - reach), _from_logit(place + reach)
    return Share(of, among / (among + rest), *ends)


def _from_logit(x: float) -> float:
    return 1 / (1 + exp(-x))


def difference(one: Share, other: Share) -> Share | None:
    """One share minus another, with the interval that follows from theirs; None if one is unknown.

    References
    ----------
    Newcombe (1998), Stat. Med. 17, 873-890, method 10; Zou & Donner (2008), Stat. Med. 27,
    1693-1702, for intervals of any kind.
    """
    if one.value is None or other.value is None:
        return None
    apart = one.value - other.value
    down = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    up = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Share(min(one.of, other.of), apart, apart - down, apart + up)
