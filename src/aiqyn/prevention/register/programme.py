"""A programme as its register has it: what, where, when, for whom, at what cost, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from aiqyn.prevention.effects.linear_form import Comparison
from aiqyn.prevention.effects.results import Design, Kind

Period = Literal["month", "quarter", "half-year", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)


@dataclass(frozen=True, slots=True)
class Place:
    """A region that the programme reached, from its first day there on; `until` None: still on."""

    region: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OutcomeFile:
    """Outcomes that are not counted from the records: estimates, a survey.

    Attributes
    ----------
    name : of a CSV in the register's folder: ``region``, ``period`` and the outcome
    outcome : heading of the outcome
    low, high : headings of its 95 % interval, where it is an estimate
    """

    name: str
    outcome: str
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme.

    Attributes
    ----------
    title, what, theory : by language; `title` in all three, the others in one at least
    groups, forms : whom it is for: women, girls, men, boys; groups of forms of exploitation
    expected_change : what was hoped for, as a share of the outcome or in its unit
    cost : of the whole programme, in `currency` (ISO 4217)
    design, comparison, period, evaluate_on, evaluated_by : the evaluation as it was planned
    source : file in which it is registered
    """

    code: str
    title: Mapping[str, str]
    what: Mapping[str, str]
    theory: Mapping[str, str]
    groups: tuple[str, ...]
    forms: tuple[str, ...]
    places: tuple[Place, ...]
    expected_change: float
    expected_scale: Literal["share", "outcome"]
    outcome_kind: Kind
    funder: str
    design: Design
    comparison: Comparison
    period: Period
    evaluate_on: date
    evaluated_by: str
    cost: float | None = None
    currency: str | None = None
    runs_it: str | None = None
    outcome_file: OutcomeFile | None = None
    source: str = ""

    @property
    def first_day(self) -> date:
        """When it began anywhere."""
        return min(place.since for place in self.places)

    def told(self, text: Mapping[str, str], lang: str) -> str:
        """The text in `lang`, or in the language in which its owner wrote it."""
        return text.get(lang) or next(iter(text.values()))


@dataclass(frozen=True, slots=True)
class Register:
    """The programmes that can be read, and what is wrong with the others.

    Attributes
    ----------
    programmes : by code, in the order of the codes
    faults : refusals, each with file, field and how to mend it
    """

    programmes: Mapping[str, Programme] = field(default_factory=dict)
    faults: tuple[Exception, ...] = ()
