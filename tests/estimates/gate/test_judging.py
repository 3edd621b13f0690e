"""The gate sees what a table can show, and bears what it cannot."""

from __future__ import annotations

import json

import numpy as np
import pytest

from aiqyn import words
from aiqyn.estimates import (
    HiddenNumber,
    Options,
    by_odds_ratio,
    hidden_number,
    read_scenario,
    simulate,
)
from aiqyn.estimates.gate.residual_dependence import (
    common_residual,
    every_pair_positive,
    fit_p_value,
)
from aiqyn.estimates.log_linear.fitting import fit, log_likelihood, reduce
from aiqyn.estimates.simulation.scenarios import histories
from aiqyn.estimates.simulation.simulating import draw_table
from aiqyn.estimates.tables.cells import main_masks, pair_masks

from ..conftest import table_of

ORDER = (
    *("lists", "overlap", "interval", "width", "modes", "without_list", "methods", "fit"),
    *("residual", "within_list", "odds_ratio", "linkage"),
)


@pytest.fixture(scope="module")
def sound() -> HiddenNumber:
    """One table of a population of 2,000 that five independent lists nearly exhaust."""
    table = draw_table(read_scenario("dense"), np.random.default_rng(3))
    return hidden_number(table, ["stepwise", "bic"], Options(boot=200))


def singles(lists: int) -> np.ndarray:
    terms = np.zeros(1 << lists, dtype=np.bool_)
    terms[[0, *main_masks(lists)]] = True
    return terms


def test_a_dense_table_of_independent_lists_may_be_printed_with_its_number(sound):
    assert sound.gate.publish == "estimate"
    assert sound.gate.low < 2000 < sound.gate.high


def test_what_is_printed_is_never_narrower_than_the_interval(sound, western):
    for found in (sound, hidden_number(western, options=Options(boot=200))):
        interval = found.results[0].interval(0.95)
        assert found.gate.low < interval.low
        assert found.gate.high > interval.high


def test_the_printed_range_bears_the_odds_ratios_of_the_rules(western):
    gate = hidden_number(western, options=Options(boot=200)).gate
    curve = by_odds_ratio(western)
    assert gate.low < curve.at(1 / 2) < curve.at(2.0) < gate.high


def test_checks_stand_in_fixed_order_with_a_sentence_each(sound, western):
    for found in (sound, hidden_number(western, options=Options(boot=200))):
        names = [
            c.key.removeprefix("estimate.gate.check.").split(".")[0] for c in found.gate.checks
        ]
        assert tuple(names) == ORDER
        for lang in words.LANGUAGES:
            assert all("{" not in c.text(lang) for c in found.gate.checks)
    told = sound.to_json()["gate"]["checks"]
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert {c["verdict"] for c in told} == {"passed", "caution"}


def test_only_an_audit_of_the_linkage_takes_its_caution_away(western):
    options = Options(boot=40)
    plain = hidden_number(western, options=options).gate.checks[-1]
    audited = hidden_number(western, options=options, audited=True).gate.checks[-1]
    assert (plain.verdict, audited.verdict) == ("caution", "passed")


def test_a_closed_gate_has_a_check_that_closed_it(western):
    gate = hidden_number(western, options=Options(boot=200)).gate
    assert gate.publish != "estimate"
    closing = [c for c in gate.checks if c.verdict == "not_for"]
    assert len(closing) == len(gate.reasons)


def test_when_every_method_refuses_that_is_the_check():
    gate = hidden_number(table_of({"a": 40, "b": 30, "c": 20})).gate
    assert [c.verdict for c in gate.checks] == ["not_for", "caution"]


def test_the_score_is_the_signed_root_of_the_likelihood_ratio():
    """With many persons both tests of one parameter agree (Rao 1948): here to a few percent."""
    ratios = np.zeros(16)
    ratios[list(pair_masks(4))] = np.log(1.02)
    counts = np.round(2_000_000 * histories([0.3, 0.25, 0.2, 0.15], ratios))
    counts[0] = 0
    terms = singles(4)
    size = np.array([h.bit_count() for h in range(16)])
    design = np.column_stack(
        [(np.arange(16) & m > 0) for m in main_masks(4)] + [size * (size - 1) / 2]
    )
    design = np.column_stack([np.ones(16), design]).astype(float)[1:]
    beta = np.linalg.lstsq(design, np.log(counts[1:]), rcond=None)[0]
    for _ in range(30):
        mean = np.exp(design @ beta)
        beta = beta + np.linalg.solve(design.T * mean @ design, design.T @ (counts[1:] - mean))
    full = np.concatenate([[0.0], np.exp(design @ beta)])[None]
    without = fit(counts[None], reduce(counts[None], terms[None])).mean
    ratio = 2 * (log_likelihood(counts[None], full) - log_likelihood(counts[None], without))[0]
    assert beta[-1] == pytest.approx(np.log(1.02), rel=0.01)
    assert common_residual(counts, terms) == pytest.approx(np.sqrt(ratio), rel=0.03)


def test_the_score_of_independent_lists_is_standard_normal():
    scenario, rng = read_scenario("independent"), np.random.default_rng(5)
    drawn = (draw_table(scenario, rng).vector for _ in range(400))
    scores = np.array([common_residual(counts, singles(4)) for counts in drawn])
    assert abs(scores.mean()) < 3 / np.sqrt(400)
    assert 0.9 < scores.std() < 1.1


def test_a_model_with_all_pairs_leaves_nothing_to_score(western):
    terms = singles(5)
    terms[list(pair_masks(5))] = True
    full = np.full(32, 20.0)
    full[0] = 0
    assert common_residual(full, terms) is None


def test_half_of_all_pairs_going_together_is_the_mark_of_people_who_differ():
    mixed = 0.3 * histories([0.28, 0.25, 0.2], np.zeros(8)) + 0.7 * histories(
        [0.05, 0.035, 0.03], np.zeros(8)
    )
    counts = np.round(100_000 * mixed)
    counts[0] = 0
    terms = singles(3)
    assert not every_pair_positive(counts, terms, 3)
    terms[[0b011, 0b101]] = True
    assert every_pair_positive(counts, terms, 3)


def test_tables_of_the_model_fit_it_and_tables_of_another_do_not():
    rng = np.random.default_rng(9)
    referrals = draw_table(read_scenario("referrals"), rng).vector
    sound = draw_table(read_scenario("independent"), rng).vector
    assert fit_p_value(referrals, singles(4), rng) < 0.01
    shares = [
        fit_p_value(draw_table(read_scenario("independent"), rng).vector, singles(4), rng, draws=50)
        for _ in range(60)
    ]
    assert fit_p_value(sound, singles(4), rng) > 0.01
    assert 0.35 < np.mean(shares) < 0.65  # uniform if the test is right


@pytest.mark.parametrize(
    ("scenario", "useful"), [("independent", 20), ("two_kinds", 0), ("unseen_class", 0)]
)
def test_what_the_gate_lets_through_is_true_nine_times_in_ten(scenario, useful):
    found = simulate(read_scenario(scenario), options=Options(boot=100, seed=4), tables=40)
    printed = found.to_json()["printed"]
    assert sum(printed["given"].values()) == 40
    assert printed["coverage"] >= 0.9
    assert printed["given"]["estimate"] <= 2
    assert printed["true"]["estimate"] + printed["true"]["range"] >= useful


def test_people_out_of_reach_of_all_lists_are_not_seen_and_the_range_is_no_guarantee():
    """Half of the population on no list ever: nothing in the table can close the gate."""
    found = simulate(
        read_scenario("half_out_of_reach"), options=Options(boot=100, seed=4), tables=30
    )
    assert found.gate["range"] > 15
    assert found.to_json()["printed"]["coverage"] < 0.95
