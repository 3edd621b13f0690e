"""The card says what was measured, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("diff_diff", reason="the extra aiqyn[effects] is not installed")

from aiqyn.prevention.effects import Card, Check, Effect, Evaluation, Question, evaluate

HARM = {
    "en": ("harm", "more victims", "rose"),
    "ru": ("вред", "выросл"),
    "kk": ("зиян", "жәбірленушілердің"),
}


def answer(kind, value=3.0, low=1.0, high=5.0, **more):
    effect = Effect(value, 1.0, low, high, "groups", 20.0, 10, 0.01)
    held = (Check("pre-trends", True, {"p": 0.4, "n": 3}),)
    told = {"design": "staggered-did", "outcome": "y", "seed": 1, "checks": held}
    return Evaluation(effect=effect, kind=kind, **(told | more))


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_more_detected_is_never_told_as_harm(lang):
    card = Card(answer("detections"))
    assert card.verdict == "more_detected"
    said = card.to_json(lang)["said"].casefold()
    assert not [word for word in HARM[lang] if word in said]


def test_a_rise_of_the_estimated_number_is_told_as_one():
    assert Card(answer("estimates")).verdict == "more_harmed"
    assert Card(answer("estimates", -3.0, -5.0, -1.0)).verdict == "fewer_harmed"


def test_an_outcome_of_unknown_kind_is_only_told_as_changed():
    assert Card(answer(None)).verdict == "changed"


@pytest.mark.parametrize("kind", ["detections", "estimates", "survey", None])
def test_an_interval_that_holds_nothing_is_never_called_an_effect(kind):
    assert Card(answer(kind, 1.0, -1.0, 3.0)).verdict == "no_change_seen"


def test_a_difference_is_not_ascribed_where_the_first_check_failed():
    failed = (Check("pre-trends", False, {"p": 0.001, "n": 3}),)
    card = Card(answer("estimates", -3.0, -5.0, -1.0, checks=failed))
    assert (card.verdict, card.grade) == ("not_attributable", "very_weak")


def test_the_own_past_is_weak_evidence_at_best():
    held = (Check("autocorrelation", True, {"p": 0.4, "lags": 3}),)
    assert Card(answer("estimates", design="its", checks=held)).grade == "weak"


def test_cost_for_each_person_protected_is_cost_over_persons_averted():
    card = Card(answer("estimates", -4.0, -5.0, -2.0), cost=1000.0)
    cost = card.per_person  # ten treated cells: 40 averted, 20 to 50
    assert (cost.of, cost.value, cost.low, cost.high) == ("protected", 25.0, 20.0, 50.0)


def test_cost_has_no_upper_end_where_the_effect_may_be_nothing():
    assert Card(answer("estimates", -4.0, -9.0, 1.0), cost=1000.0).per_person.high is None


def test_no_cost_for_each_person_where_nobody_gained_or_nobody_is_counted():
    assert Card(answer("estimates", 4.0, 2.0, 5.0), cost=1000.0).per_person is None
    assert Card(answer("survey", -4.0, -5.0, -2.0), cost=1000.0).per_person is None


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("design", ["staggered-did", "sdid", "sc", "its"])
def test_every_card_is_written_in_every_language(make, lang, design):
    panel = make(areas=14, periods=16, starts={10: 1}, effect=4)
    neighbours = {"A0": ("A1", "A2")}
    question = Question(design=design, kind="estimates", neighbours=neighbours)
    text = Card(evaluate(panel, question), "P-01", 5000.0).text(lang)
    assert "P-01" in text
    assert "{" not in text
    assert len(text.splitlines()) > 8


def test_a_refusal_is_a_card_too(make):
    panel = make(areas=4, starts={4: 4})
    card = Card(evaluate(panel, Question()))
    assert (card.grade, card.verdict) == ("none", "refused")
    assert "not-yet-treated" in card.text("en")


def test_the_neighbours_are_left_out_of_the_comparison(make):
    panel = make(areas=30, starts={4: 5}, effect=-6)
    near = panel.outcome.copy()
    near[5:10, 4:] -= 4.0  # the programme reached the neighbours too
    spilled = panel.with_outcome(near)
    neighbours = {"A0": tuple(f"A{i}" for i in range(5, 10))}
    found = evaluate(spilled, Question(neighbours=neighbours)).check("spill-over")
    clean = evaluate(panel.only(~_between(panel, 5, 10)), Question()).effect.value
    assert found.slots["effect"] == pytest.approx(clean)
    assert found.slots["n"] == 5


def _between(panel, low, high):
    import numpy as np

    at = np.arange(len(panel.units))
    return (at >= low) & (at < high)


def test_a_kind_changes_words_and_no_number(make):
    panel = make(areas=30, starts={4: 6}, effect=3)
    found = [evaluate(panel, Question(kind=k)) for k in ("detections", "estimates", None)]
    bare = {replace(a, kind=None, cautions=()).effect for a in found}
    assert len(bare) == 1
