"""Which dimensions are positive, and whether to refer to a trained person.

ILO & European Commission (2009), *Operational indicators of trafficking in human beings*,
WCMS_105023, p. 3. Signs for a caseworker, never a finding: not referring never means "not harmed".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from aiqyn.signals.screening.answers import Answers
from aiqyn.signals.screening.indicator_list import DIMENSIONS, IndicatorList
from aiqyn.signals.screening.shipped_tables import shipped_rows
from aiqyn.signals.series.judged import Caution

Seen = Literal["signs", "not known", "not asked"]
RECRUITMENT, EXPLOITATION, COERCION = (1, 2, 3), (4,), (5, 6)


@dataclass(frozen=True, slots=True)
class Dimension:
    """Signs that are present in a dimension, by weight; and what is still open.

    Attributes
    ----------
    strong, medium, weak : indicators answered with yes
    not_sure, unanswered : indicators of the list answered so, or not named by the form
    """

    dimension_no: int
    strong: int
    medium: int
    weak: int
    not_sure: int
    unanswered: int

    @property
    def positive(self) -> bool:
        """By the rule of the ILO and the EC."""
        return is_positive(self.strong, self.medium, self.weak)


def is_positive(strong: int, medium: int, weak: int) -> bool:
    """Two strong; one strong and another; three medium; or two medium and a weak one."""
    if strong:
        return strong + medium + weak >= 2
    return medium >= 3 or (medium == 2 and weak >= 1)


@dataclass(frozen=True, slots=True)
class Screening:
    """The signs of one form.

    Attributes
    ----------
    list_name : whose weights
    dimensions : all six, in order
    ilo11 : numbers of the ILO's eleven indicators of forced labour for which a sign is present
    cautions : of the form
    """

    list_name: str
    dimensions: tuple[Dimension, ...]
    ilo11: tuple[int, ...]
    cautions: tuple[Caution, ...] = ()

    @property
    def refer(self) -> bool:
        """True with a positive dimension or a strong sign; False says nothing of the person."""
        return any(one.positive or one.strong for one in self.dimensions)

    @property
    def open_questions(self) -> int:
        """Indicators without a yes or a no."""
        return sum(one.not_sure + one.unanswered for one in self.dimensions)

    def shown(self, numbers: tuple[int, ...]) -> bool:
        """Whether one of these dimensions is positive."""
        return any(one.positive for one in self.dimensions if one.dimension_no in numbers)

    def elements(self) -> dict[str, bool]:
        """Which parts of trafficking for labour have a positive dimension: signs, no verdict.

        Of a child no means are asked: `coercion` is then left out.
        """
        found = {
            "recruitment": self.shown(RECRUITMENT),
            "exploitation": self.shown(EXPLOITATION),
            "coercion": self.shown(COERCION),
        }
        if self.of_a_child:
            del found["coercion"]
        return found

    @property
    def of_a_child(self) -> bool:
        """Whether the list is for children, of whom no means are asked."""
        return self.list_name.startswith("child")

    def reading(self) -> dict[str, Seen]:
        """Act, means and purpose: which have a positive dimension (`palermo_reading.csv`)."""
        by_element: dict[str, list[int]] = {}
        for row in shipped_rows("palermo_reading.csv"):
            by_element.setdefault(row["element"], []).append(int(row["dimension_no"]))
        seen: dict[str, Seen] = {
            element: "signs" if self.shown(tuple(numbers)) else "not known"
            for element, numbers in by_element.items()
        }
        return seen | {"means": "not asked"} if self.of_a_child else seen


def screen_answers(answers: Answers, listed: IndicatorList) -> Screening:
    """Count the signs of a form in each dimension. Only the list's indicators are looked at."""
    given = {one: answers.by_code.get(one.code, "unanswered") for one in listed.indicators}
    ilo11 = {number for one, answer in given.items() if answer == "yes" for number in one.ilo11}
    counted = []
    for number in DIMENSIONS:
        within = [(one.weight, a) for one, a in given.items() if one.dimension_no == number]
        signs = Counter(weight for weight, answer in within if answer == "yes")
        still = Counter(answer for _, answer in within)
        weights = (signs["strong"], signs["medium"], signs["weak"])
        counted.append(Dimension(number, *weights, still["not_sure"], still["unanswered"]))
    return Screening(listed.name, tuple(counted), tuple(sorted(ilo11)), answers.cautions)
