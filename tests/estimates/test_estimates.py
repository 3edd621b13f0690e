"""Estimates do not depend on names or order, and carry what must be said with them."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from aiqyn import words
from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.estimates import (
    Options,
    bayes_threshold,
    best_model,
    chapman,
    hidden_number,
    independence,
    lower_bound,
    stepwise,
    with_conditional_intervals,
)
from aiqyn.estimates.intervals.bca import Correction, bca_probability, quantile_8
from aiqyn.estimates.log_linear.fitting import fit, reduce
from aiqyn.estimates.log_linear.stepwise_choice import log_p_values

from .conftest import WESTERN, table_of

SAME = 1e-9


def renamed(order: str) -> dict[str, int]:
    new = dict(zip("ABCDE", order, strict=True))
    return {"".join(new[x] for x in history): n for history, n in WESTERN.items()}


@pytest.mark.parametrize("order", ["EDCBA", "BCDEA", "CAEBD"])
def test_neither_names_nor_the_order_of_lists_move_a_limit(western, order):
    first = stepwise(western, boot=200, seed=5)
    other = stepwise(table_of(renamed(order), lists="ABCDE"), boot=200, seed=5)
    assert other.total == pytest.approx(first.total, rel=SAME)
    for a, b in zip(first.intervals, other.intervals, strict=True):
        assert (b.low, b.high) == pytest.approx((a.low, a.high), rel=SAME)


def test_the_chains_of_the_threshold_do_not_see_names_nor_the_order_of_lists(western):
    first, other = (
        bayes_threshold(t) for t in (western, table_of(renamed("CAEBD"), lists="ABCDE"))
    )
    assert other.total == pytest.approx(first.total, rel=SAME)
    assert [(i.low, i.high) for i in other.intervals] == [(i.low, i.high) for i in first.intervals]


def test_few_replicates_give_limits_that_are_flagged(western):
    (found,) = hidden_number(western, options=Options(boot=5)).results
    assert found.replicates.run == 5
    assert "EST-101" in {c.code for c in found.cautions}


def test_the_order_of_rows_moves_nothing(western):
    backwards = table_of(dict(reversed(WESTERN.items())), lists="ABCDE")
    assert stepwise(backwards, boot=100).intervals == stepwise(western, boot=100).intervals


def test_a_seed_gives_the_same_answer_again_and_another_seed_another(western):
    first = stepwise(western, boot=100, seed=1).to_json()
    assert stepwise(western, boot=100, seed=1).to_json() == first
    assert stepwise(western, boot=100, seed=2).to_json() != first
    assert first["settings"]["seed"] == 1


def test_three_lists_without_dependence_give_the_root_of_darroch():
    # Darroch (1958), Biometrika 45, 343-359, eq. 4: prod(N - n_i) = N^(k-1) (N - n)
    table = table_of({"a": 60, "b": 45, "c": 30, "ab": 8, "ac": 6, "bc": 5, "abc": 1})
    total = independence(table, boot=0).total
    left = math.prod(total - n for n in table.totals.values())
    assert left == pytest.approx(total**2 * (total - table.observed), rel=1e-8)


def test_two_lists_without_dependence_give_lincoln_and_petersen():
    table = table_of({"a": 67, "b": 44, "ab": 17})
    assert independence(table, boot=0).total == pytest.approx(84 * 61 / 17, rel=SAME)


def test_chapman_is_his_formula_and_warns():
    found = chapman(table_of({"a": 67, "b": 44, "ab": 17}), boot=200)
    assert found.total == pytest.approx(85 * 62 / 18 - 1)
    assert found.interval(0.95).low < found.total < found.interval(0.95).high
    assert found.cautions[0].code == "EST-106"


def test_chapman_takes_two_lists_only(western):
    with pytest.raises(AnswerRefused, match="EST-023"):
        chapman(western)


def test_two_lists_are_never_published():
    found = hidden_number(table_of({"a": 67, "b": 44, "ab": 17}), ["chapman"], Options(boot=100))
    assert found.gate.publish == "nothing"
    assert found.gate.low is None


def test_fitted_totals_of_the_terms_are_those_counted(western):
    terms = np.zeros((1, 32), dtype=np.bool_)
    terms[0, [0, 1, 2, 4, 8, 16, 0b10001, 0b00110]] = True
    mean = fit(western.vector[None], reduce(western.vector[None], terms)).mean[0]
    for term in np.flatnonzero(terms[0]):
        around = [c for c in range(1, 32) if c & term == term]
        assert mean[around].sum() == pytest.approx(western.vector[around].sum(), rel=SAME)


def test_an_emptied_list_counts_as_absent_and_is_counted(western):
    tables = np.tile(western.vector, (20, 1))
    without_e = table_of({h: n for h, n in WESTERN.items() if "E" not in h}, lists="ABCD")
    for history in range(32):
        if history >> 4 & 1:
            tables[:10, history] = 0
    found = stepwise(western, tables=tables)
    expected = stepwise(without_e, boot=0).total
    assert found.replicates.empty_list == 10
    assert found.replicate_estimates[0] == pytest.approx(expected, rel=SAME)
    assert found.replicate_estimates[-1] == pytest.approx(found.total, rel=SAME)
    assert "EST-103" in {c.code for c in found.cautions}


def test_a_replicate_without_a_maximum_has_no_number_and_is_counted(western):
    tables = np.tile(western.vector, (20, 1))
    tables[0] = 0
    tables[0, [1, 2, 4, 8, 16]] = 50
    found = stepwise(western, tables=tables)
    assert found.replicate_estimates[0] is None
    assert found.replicates.refused == 1


def test_a_conditional_interval_carries_its_warning_and_is_narrower(western):
    default = stepwise(western, boot=400)
    known = with_conditional_intervals(western, default)
    assert known.cautions[0].code == "EST-110"
    width = [e.interval(0.95).high - e.interval(0.95).low for e in (known, default)]
    assert width[0] < width[1]


def test_chao_says_that_it_is_a_lower_bound(western):
    assert lower_bound(western, boot=0).cautions[0].code == "EST-111"


def test_every_result_reads_in_three_languages(western):
    found = hidden_number(western, ["all"], Options(boot=20))
    for lang in words.LANGUAGES:
        text = found.text(lang)
        assert "{" not in text
        assert words.number(western.observed, lang) in text
    assert found.table().height == len(found.results)


def test_shares_of_the_replicates_add_to_one_for_few_models(western):
    found = stepwise(western, boot=60)
    assert sum(m.share for m in found.models) == pytest.approx(1)
    assert found.models[0].share == max(m.share for m in found.models)


def test_too_many_lists_for_a_full_search_are_refused():
    letters = "abcdefg"
    counts = {x: 30 for x in letters} | {a + b: 4 for a, b in pairwise(letters)}
    with pytest.raises(AnswerRefused, match="EST-016"):
        best_model(table_of(counts), boot=0)
    with pytest.raises(AnswerRefused, match="EST-016"):
        best_model(table_of({h: n for h, n in counts.items() if "g" not in h}), order=3, boot=0)


@pytest.mark.parametrize("wrong", [{"pthresh": 0}, {"pthresh": 1}, {"order": 1}, {"boot": -1}])
def test_options_that_make_no_sense_are_refused(wrong):
    with pytest.raises(UsageRefused, match="EST-032"):
        Options(**wrong)


def test_a_method_that_does_not_exist_is_refused(western):
    with pytest.raises(UsageRefused, match="EST-031"):
        hidden_number(western, ["guess"])


def test_quantiles_are_of_type_eight():
    values = np.random.default_rng(3).lognormal(size=57)
    for p in (0.001, 0.025, 0.5, 0.9, 0.999):
        expected = np.quantile(values, p, method="median_unbiased")
        assert quantile_8(values, p) == pytest.approx(expected)


def test_without_bias_and_skewness_bca_is_the_percentile():
    assert bca_probability(Correction(0.0, 0.0, 0), 0.025) == pytest.approx(0.025)


def test_p_values_far_below_what_a_number_holds_keep_their_order():
    seen = np.array([[900.0, 1000.0, 0.0]])
    logs = log_p_values(seen, np.array([[1.0, 1.0, 2000.0]]))[0]
    assert logs[1] < logs[0] < -700
    assert logs[2] == pytest.approx(-2000, rel=1e-3)


def test_p_values_are_the_smaller_poisson_tail():
    # P(X >= 7) and P(X <= 1) for a Poisson mean of 3: 0.033509, 0.199148
    logs = log_p_values(np.array([[7.0, 1.0]]), np.array([[3.0, 3.0]]))[0]
    assert np.exp(logs) == pytest.approx([0.033509, 0.199148], abs=1e-6)


def test_an_interval_is_left_open_when_all_replicates_lie_on_one_side(western):
    tables = np.tile(western.vector, (30, 1))
    tables[:, 5] += 10  # more persons on A and C: every estimate is lower
    interval = stepwise(western, tables=tables).interval(0.95)
    assert (interval.low, interval.high) == (None, None)
    assert interval.degenerate == ("low", "high")


def test_millions_of_persons_and_a_handful_are_both_answered_or_refused_without_noise():
    many = {"a": 600_000, "b": 400_000, "c": 300_000, "ab": 12_000, "bc": 30_000, "ac": 1_000}
    few = {"a": 2, "b": 1, "c": 1, "ab": 1}
    for counts in (many, few):
        found = hidden_number(table_of(counts), ["all"], Options(boot=20))
        for result in found.results:
            assert (result.total is None) == (result.refusal is not None)
            assert result.total is None or result.total >= found.observed


def test_a_thin_table_is_published_as_a_bound_at_most():
    found = hidden_number(table_of({"a": 40, "b": 30, "c": 20, "ab": 6}), options=Options(boot=100))
    assert found.gate.publish in {"lower_bound", "nothing"}
    assert found.gate.high is None
