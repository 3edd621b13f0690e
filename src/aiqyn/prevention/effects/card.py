"""The card of an evaluation: everything a funder must see on one page, or why there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from aiqyn.prevention.effects.results import Effect, Evaluation, shown
from aiqyn.words import percent, say

Grade = Literal["strong", "moderate", "weak", "very_weak", "none"]
Verdict = Literal[
    "fewer_harmed",
    "more_harmed",
    "more_detected",
    "fewer_detected",
    "changed",
    "no_change_seen",
    "not_attributable",
    "refused",
]
MANY = ("groups", "robust")  # intervals that rest on many areas or units
OWN_COMPARISON = {"its": "own_past", "rdd": "cut_off"}
FIRST = (
    "pre-trends",
    "pre-fit",
    "autocorrelation",
    "density",
)  # the check on which each design stands


@dataclass(frozen=True, slots=True)
class CostPerPerson:
    """Cost for each person protected, or for each one more found, in the currency of the cost.

    Attributes
    ----------
    of : "protected" where the outcome is an estimated total, "found" where it is detections
    low, high : 95 % interval; `high` None where the interval reaches no effect at all
    """

    of: Literal["protected", "found"]
    value: float
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """Question, design, comparison, assumptions, effect, cost, doubts, grade.

    Attributes
    ----------
    evaluation : the answer itself
    programme : its name as its owner writes it; None where nobody said
    cost : of the whole programme over the treated periods; None where nobody said
    """

    evaluation: Evaluation
    programme: str | None = None
    cost: float | None = None

    @property
    def grade(self) -> Grade:
        """The kind of evidence: by the design, its first check, and how many areas carry it."""
        answer = self.evaluation
        if answer.effect is None:
            return "none"
        failed = [c.name for c in answer.checks if c.passed is False]
        first = [c.passed for c in answer.checks if c.name in FIRST]
        if answer.design == "its":
            return "very_weak" if failed else "weak"
        if False in first:
            return "very_weak"
        if failed or None in first:
            return "weak"
        return "strong" if answer.effect.by in MANY else "moderate"

    @property
    def verdict(self) -> Verdict:
        """What may be said: the word for harm only where harm was measured and the checks hold."""
        answer = self.evaluation
        if answer.effect is None:
            return "refused"
        if answer.effect.direction == "not_seen":
            return "no_change_seen"
        if any(c.passed is False for c in answer.checks if c.name in FIRST):
            return "not_attributable"
        rose = answer.effect.direction == "rose"
        match answer.kind:
            case "detections":
                return "more_detected" if rose else "fewer_detected"
            case "estimates":
                return "more_harmed" if rose else "fewer_harmed"
            case _:
                return "changed"

    @property
    def per_person(self) -> CostPerPerson | None:
        """Cost over persons protected; None without a cost, a count of persons, or a gain."""
        answer = self.evaluation
        if self.cost is None or answer.effect is None or answer.kind not in SIGN:
            return None
        return _per_person(self.cost, answer.effect, SIGN[answer.kind])

    def change_of_mind(self) -> tuple[str, ...]:
        """Keys of what would change our mind, the nearest first."""
        return tuple(_change_of_mind(self.evaluation))

    def text(self, lang: str = "en") -> str:
        """The card in sentences."""
        return "\n".join(_lines(self, lang))

    def to_json(self, lang: str = "en") -> dict[str, Any]:  # Any: JSON
        """Grade, verdict, cost and sentences."""
        cost = self.per_person
        return {
            "programme": self.programme,
            "grade": self.grade,
            "verdict": self.verdict,
            "question": _question(self.evaluation, lang),
            "comparison": _comparison(self.evaluation, lang),
            "said": _said(self, lang),
            "cost_per_person": cost
            and {"of": cost.of, "value": cost.value, "lo95": cost.low, "hi95": cost.high},
            "would_change_our_mind": [
                say(f"effects.mind.{k}", lang) for k in self.change_of_mind()
            ],
            "text": self.text(lang),
        }


SIGN = {"estimates": -1.0, "detections": 1.0}  # the direction in which a person is gained


def _per_person(cost: float, effect: Effect, sign: float) -> CostPerPerson | None:
    gained = sign * effect.value * effect.cells
    ends = sorted(sign * e * effect.cells for e in (effect.low, effect.high) if e is not None)
    if gained <= 0 or len(ends) < 2:
        return None
    least = ends[0]
    return CostPerPerson(
        "found" if sign > 0 else "protected",
        cost / gained,
        cost / ends[1],
        cost / least if least > 0 else None,
    )


def _change_of_mind(answer: Evaluation) -> Iterator[str]:
    if answer.effect is None:
        yield "comparison"
        return
    if answer.design == "its":
        yield "comparison"
    if answer.design != "its" and answer.effect.by not in MANY:
        yield "more_areas"
    if any(c.passed is False for c in answer.checks):
        yield "checks"
    if answer.effect.direction == "not_seen":
        yield "longer"
    if answer.kind in ("detections", None):
        yield "hidden_number"
    if answer.design == "rdd":
        yield "away_from_cut_off"
    elif answer.check("spill-over") is None:
        yield "spill_over"
    yield "repeat"


def _lines(card: Card, lang: str) -> Iterator[str]:
    answer = card.evaluation
    yield (
        _question(answer, lang)
        if card.programme is None
        else say("effects.question.named", lang, programme=card.programme, outcome=answer.outcome)
    )
    yield say(f"effects.design.{answer.design}", lang)
    yield _comparison(answer, lang)
    yield _said(card, lang)
    yield from _relative(answer, lang)
    for check in answer.checks:
        mark = {True: "passed", False: "failed", None: "open"}[check.passed]
        yield f"  {say(f'effects.mark.{mark}', lang)} {check.text(lang)}"
    yield from _cost(card, lang)
    yield from (f"  ! {caution.code}  {caution.text(lang)}" for caution in answer.cautions)
    yield say("effects.mind", lang)
    yield from (f"  – {say(f'effects.mind.{key}', lang)}" for key in card.change_of_mind())
    yield say(f"effects.grade.{card.grade}", lang)


def _question(answer: Evaluation, lang: str) -> str:
    return say("effects.question", lang, outcome=answer.outcome)


def _comparison(answer: Evaluation, lang: str) -> str:
    key = OWN_COMPARISON.get(answer.design, "areas")
    slots = {"treated": shown(answer.treated, lang), "comparison": shown(answer.comparison, lang)}
    return say(f"effects.comparison.{key}", lang, **slots)


def _said(card: Card, lang: str) -> str:
    """The effect in the words that the kind of outcome allows."""
    answer = card.evaluation
    if answer.refusal is not None:
        return f"{answer.refusal.text(lang)} {answer.refusal.mend(lang)}"
    effect = answer.effect
    assert effect is not None
    slots = {"effect": shown(effect.value, lang)} | {
        name: say("effects.unbounded", lang) if end is None else shown(end, lang)
        for name, end in (("low", effect.low), ("high", effect.high))
    }
    if effect.low is None and effect.high is None:
        return say("effects.said.too_few", lang, effect=slots["effect"])
    return say(f"effects.said.{card.verdict}", lang, **slots)


def _relative(answer: Evaluation, lang: str) -> Iterator[str]:
    effect = answer.effect
    if (
        effect and effect.relative is not None and answer.kind in SIGN
    ):  # not of a logarithm or score
        without = shown(effect.without, lang)
        share = percent(effect.relative, lang, decimals=1)
        yield say("effects.relative", lang, without=without, share=share)


def _cost(card: Card, lang: str) -> Iterator[str]:
    cost = card.per_person
    if cost is None:
        if card.cost is not None:
            yield say("effects.cost.none", lang)
        return
    high = say("effects.unbounded", lang) if cost.high is None else shown(cost.high, lang)
    slots = {"value": shown(cost.value, lang), "low": shown(cost.low, lang), "high": high}
    yield say(f"effects.cost.{cost.of}", lang, **slots)
