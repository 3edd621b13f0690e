"""Bias by group: against a published difference, against simulated truth, and what never counts."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from aiqyn.profiles.intervals import wilson
from aiqyn.signals.screening.bias import ScreenedForms, Share, accuracy_of, compare_groups
from aiqyn.signals.screening.bias.accuracy import difference


def forms_file(tmp_path, rows, heading, name="forms.csv"):
    file = tmp_path / name
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *rows])
    return file


def screened(rng, n, sensitivity, specificity, prevalence, decided=(1.0, 1.0)):
    """Referred, and what a trained person decided; `decided` of the referred and of the others."""
    concerned = rng.random(n) < prevalence
    referred = rng.random(n) < np.where(concerned, sensitivity, 1 - specificity)
    known = rng.random(n) < np.where(referred, *decided)
    return referred, np.where(known, concerned.astype(float), np.nan)


def test_the_interval_of_a_difference_is_newcombe_s():
    """Newcombe (1998), Table II, method 10: 56 of 70 against 48 of 80."""
    one, other = (Share(n, r / n, *wilson(r, n)) for r, n in ((56, 70), (48, 80)))
    apart = difference(one, other)
    assert (apart.value, apart.low, apart.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_with_every_form_decided_the_shares_are_those_of_the_table_of_four():
    referred = np.repeat([True, True, False, False], [30, 20, 10, 140])
    concerned = np.repeat([1.0, 0.0, 1.0, 0.0], [30, 20, 10, 140])
    told = accuracy_of(referred, concerned)
    assert told.sensitivity.value == pytest.approx(30 / 40)
    assert told.specificity.value == pytest.approx(140 / 160)
    assert told.predictive_value.value == pytest.approx(30 / 50)
    assert told.referral_rate.value == pytest.approx(50 / 200)
    assert not told.corrected


def test_weighting_each_decided_form_by_its_chance_of_being_decided_gives_the_same():
    referred, concerned = screened(np.random.default_rng(1), 4000, 0.8, 0.85, 0.1, (0.9, 0.15))
    told, known = accuracy_of(referred, concerned), ~np.isnan(concerned)
    weight = np.where(referred, 1 / known[referred].mean(), 1 / known[~referred].mean())
    weighted = weight[known & (concerned == 1) & referred].sum()
    among = weight[known & (concerned == 1)].sum()
    assert told.sensitivity.value == pytest.approx(weighted / among)


def test_with_few_decided_the_truth_is_in_the_interval_and_the_plain_share_is_far_off():
    rng, runs = np.random.default_rng(5), 2000
    held, plain = np.zeros((runs, 2)), np.zeros(runs)
    for i in range(runs):
        referred, concerned = screened(rng, 1500, 0.75, 0.85, 0.2, (0.9, 0.3))
        told = accuracy_of(referred, concerned)
        held[i] = (
            told.sensitivity.low <= 0.75 <= told.sensitivity.high,
            told.specificity.low <= 0.85 <= told.specificity.high,
        )
        plain[i] = referred[concerned == 1].mean()
    error = 3 * np.sqrt(0.05 * 0.95 / runs)
    assert np.abs(held.mean(axis=0) - 0.95).max() <= error
    assert plain.mean() > 0.85  # the truth is 0.75


def test_where_nobody_who_was_not_referred_is_decided_sensitivity_is_not_known():
    referred = np.array([True] * 40 + [False] * 60)
    concerned = np.concatenate([np.tile([1.0, 0.0], 20), np.full(60, np.nan)])
    told = accuracy_of(referred, concerned)
    assert told.sensitivity.value is None
    assert told.specificity.value is None
    assert told.predictive_value.value == 0.5


@pytest.fixture
def biased(tmp_path):
    """Debt bondage is asked about; half of the men's signs are missed, none of the women's."""
    rng = np.random.default_rng(9)
    rows = []
    for i in range(1200):
        sex = "man" if i % 2 else "woman"
        concerned = rng.random() < 0.3
        seen = rng.random() < ((0.45 if sex == "man" else 0.9) if concerned else 0.1)
        rows.append(["yes" if concerned else "no", sex, ("ZZA", "ZZB", "ZZC")[i % 3],
                     "rare" if i < 7 else "usual", "yes" if seen else "no", ""])  # fmt: skip
    heading = ["decision", "sex", "citizenship", "place", "5.02", "4.06"]
    return rows, heading, forms_file(tmp_path, rows, heading)


def test_a_group_whose_signs_are_missed_stands_out_and_others_do_not(biased, typed):
    told = typed("screen", "--bias", biased[2], "--groups", "sex,citizenship", "--json").json
    by_group = {group["group"]: group for group in told["groups"]}
    for group in ("man", "woman"):
        assert "sensitivity" in by_group[group]["apart"]
        assert "specificity" not in by_group[group]["apart"]
    apart = by_group["man"]["differences"]["sensitivity"]
    assert apart["low"] < -0.45 < apart["high"]
    assert told["expected_by_chance"] == pytest.approx(0.05 * told["comparisons"])


def test_where_groups_do_not_differ_one_difference_in_twenty_stands_out():
    rng, apart, compared = np.random.default_rng(6), 0, 0
    for _ in range(400):
        referred, concerned = screened(rng, 800, 0.75, 0.85, 0.3)
        groups = {"sex": tuple(rng.choice(["man", "woman"], 800).tolist())}
        told = compare_groups(ScreenedForms(referred, concerned, groups)).groups[0]  # of two alike
        apart, compared = apart + len(told.apart), compared + len(told.differences)
    assert abs(apart / compared - 0.05) <= 3 * np.sqrt(0.05 * 0.95 / 400)


def test_groups_never_enter_the_score(biased, tmp_path, typed):
    rows, heading, file = biased
    rng = np.random.default_rng(0)
    mixed = np.array(rows, dtype=object)
    for column in (1, 2, 3):
        mixed[:, column] = rng.permutation(mixed[:, column])
    other = forms_file(tmp_path, mixed.tolist(), heading, "mixed.csv")
    ask = ("--groups", "sex,citizenship,place", "--json")
    one, two = (typed("screen", "--bias", f, *ask).json for f in (file, other))
    assert one["overall"] == two["overall"]
    assert one["groups"] != two["groups"]


def test_shares_of_a_small_group_are_not_shown_and_that_is_said(biased, typed):
    ask = ("screen", "--bias", biased[2], "--groups", "place")
    told = typed(*ask, "--json").json
    rare = next(group for group in told["groups"] if group["group"] == "rare")
    assert rare["sensitivity"] is rare["referral_rate"] is None
    assert rare["differences"] == {}
    assert "SIG-210" in {caution["code"] for caution in told["cautions"]}
    assert "too few" in typed(*ask).out


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_report_is_told_in_each_language(biased, typed, lang):
    told = typed("screen", "--bias", biased[2], "--groups", "sex", "--lang", lang)
    assert told.code == 0
    assert "{" not in told.out
    assert len(told.out.splitlines()) >= 6


@pytest.mark.parametrize(
    ("heading", "row", "code"),
    [
        (["decision", "4.06"], ["yes", "yes"], "SIG-206"),
        (["decision", "sex", "other"], ["yes", "man", "yes"], "SIG-206"),
        (["decision", "sex", "4.06"], ["yes", "man", "perhaps Anna"], "SIG-207"),
        (["decision", "sex", "4.06"], ["", "man", "yes"], "SIG-208"),
    ],
)
def test_what_cannot_be_compared_is_refused(tmp_path, typed, heading, row, code):
    told = typed(
        "screen", "--bias", forms_file(tmp_path, [row], heading), "--groups", "sex", "--json"
    )
    assert told.json["error"]["code"] == code
    assert "Anna" not in told.out + told.err


def test_undecided_forms_are_told_and_a_missing_group_has_a_name_of_its_own(tmp_path, typed):
    rows = [["yes", "man", "yes"]] * 30 + [["", "", "no"]] * 30 + [["no", "woman", "no"]] * 30
    file = forms_file(tmp_path, rows, ["decision", "sex", "5.02"])
    told = typed("screen", "--bias", file, "--groups", "sex", "--json").json
    assert {group["group"] for group in told["groups"]} == {"man", "unknown", "woman"}
    assert "SIG-209" in {caution["code"] for caution in told["cautions"]}
