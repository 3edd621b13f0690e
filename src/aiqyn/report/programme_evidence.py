"""What the report may read of the prevention programmes: the register, and rounded answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What was registered; texts by language stand among the labels under the code.

    Attributes
    ----------
    since : first day anywhere
    cost : of the whole programme, in `currency`
    expected : change hoped for, a share ("share") or in the outcome's unit ("outcome")
    kind : "detections", "estimates" or "survey"
    period : "month", "quarter", "half-year" or "year"
    """

    code: str
    funder: str
    groups: tuple[str, ...]
    forms: tuple[str, ...]
    regions: tuple[str, ...]
    since: date
    cost: float | None
    currency: str | None
    expected: float
    scale: str
    kind: str
    design: str
    period: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the evaluation found, a region and period, in the outcome's unit.

    Attributes
    ----------
    value, low, high : effect and its 95 % interval; an end is None where there is none
    without, relative : what would have been, and the effect as a share of it
    checks : sentence's key, whether passed (None: cannot tell), numbers in it
    mind : keys of what would change our mind
    cost_per_person : "protected" or "found", cost, its ends (the upper may be None)
    placebos : the same sum where there was no programme
    event : periods since the start, effect, its ends; empty where few persons stand behind it
    power : effect as a share, chance of seeing it; `least` the smallest seen in 80 of 100 cases
    """

    value: float
    low: float | None
    high: float | None
    without: float
    relative: float | None
    treated: int
    comparison: int
    checks: tuple[tuple[str, bool | None, Mapping[str, float]], ...]
    mind: tuple[str, ...]
    cost_per_person: tuple[Any, ...] | None = None
    placebos: tuple[float, ...] = ()
    event: tuple[tuple[Any, ...], ...] = ()
    power: tuple[tuple[float, float], ...] = ()
    least: float | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeEvidence:
    """One programme: what was registered, the verdict, the grade, the answer or why there is none.

    `refused` is a code and its slots.
    """

    facts: ProgrammeFacts
    verdict: str
    grade: str
    answer: Answer | None = None
    refused: tuple[Any, ...] | None = None
