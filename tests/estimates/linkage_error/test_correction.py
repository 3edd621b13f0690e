"""The corrected total against the total on the true histories, and against algebra."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn import words
from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.estimates import capture_table, stepwise
from aiqyn.estimates.linkage_error.adding import (
    listed_twice,
    merged,
    split_off,
    with_more_error,
)
from aiqyn.estimates.linkage_error.audited_persons import audit_of
from aiqyn.estimates.linkage_error.audits import LinkageAudit
from aiqyn.estimates.linkage_error.correcting import corrected_for_linkage
from aiqyn.estimates.linkage_error.error_rates import ErrorRates, leaving
from aiqyn.estimates.linkage_error.extrapolating import STEPS, back_weights
from aiqyn.estimates.linkage_error.recall_by_list import recalls_by_list
from aiqyn.estimates.linkage_error.sensitivity import linkage_sensitivity
from aiqyn.estimates.linkage_error.shares import Share
from aiqyn.estimates.tables.cells import superset_sums
from aiqyn.linkage.audit.found_and_true import Audited, TruePerson

TWO = capture_table({("a",): 30_000, ("b",): 20_000, ("a", "b"): 10_000})
THREE = np.array([0, 900, 800, 300, 700, 250, 200, 100.0])  # histories of a, b, c
RECORDS = np.array([h.bit_count() for h in range(8)])


def known(recall: float, precision: float = 1.0) -> LinkageAudit:
    return LinkageAudit(Share(recall), Share(precision))


@pytest.mark.parametrize("kind", ["records", "pairs", "hard names"])
def test_the_correction_comes_back_to_the_total_on_true_histories(link, kind):
    """Six populations of 20,000, 5 to 12 % of links missed, 1 to 2 % of persons two."""
    away, naive, covered = [], [], 0
    for seed in range(6):
        rng = np.random.default_rng(seed)
        lists = link(seed, 0.05 + 0.014 * seed, 0.01 + 0.002 * seed, kind)
        truth = stepwise(lists.true_table, boot=0).total
        found = corrected_for_linkage(lists.linked_table, lists.audit(1000, rng), rng=rng, boot=60)
        away.append(abs(found.estimate / truth - 1))
        naive.append(abs(found.naive / truth - 1))
        covered += found.lo95 <= truth <= found.hi95
    assert np.median(away) <= 0.05
    assert np.median(away) < np.median(naive)
    assert covered >= 5


def test_two_lists_are_corrected_by_the_recall_itself():
    """The total is n1 n2 / n12, and n12 is too small by the factor of the recall."""
    for recall in (0.95, 0.8):
        found = corrected_for_linkage(
            TWO, known(recall), "independence", rng=np.random.default_rng(7), boot=40
        )
        assert found.naive == pytest.approx(40_000 * 30_000 / 10_000)
        assert found.estimate == pytest.approx(found.naive * recall, rel=0.01)


def test_chapmans_total_of_two_lists_is_corrected_by_the_recall_too():
    found = corrected_for_linkage(TWO, known(0.9), "chapman", rng=np.random.default_rng(7), boot=40)
    assert found.naive == pytest.approx(40_000 * 30_000 / 10_000, rel=1e-3)
    assert found.estimate == pytest.approx(found.naive * 0.9, rel=0.01)


def test_a_perfect_audit_corrects_nothing():
    found = corrected_for_linkage(TWO, known(1.0), rng=np.random.default_rng(7), boot=40)
    assert found.estimate == pytest.approx(found.naive, rel=1e-9)
    assert found.lo95 < found.naive < found.hi95


def test_an_audit_of_fewer_persons_gives_a_wider_interval():
    width = []
    for n in (3000, 100):
        audit = LinkageAudit(Share(0.9, n), Share(0.98, n))
        found = corrected_for_linkage(TWO, audit, rng=np.random.default_rng(3), boot=100)
        width.append(found.hi95 / found.lo95)
    assert width[1] > 1.1 * width[0]


def test_a_pair_survives_when_neither_of_its_records_leaves():
    rng, leave = np.random.default_rng(5), np.array([0.1, 0.2, 0.05])
    tables = np.tile(THREE * 100, (200, 1))
    after = split_off(tables, np.tile(leave, (200, 1)), rng)
    assert (after @ RECORDS == tables @ RECORDS).all()
    before, left = superset_sums(THREE * 100), superset_sums(after).mean(axis=0)
    for pair, (a, b) in {3: (0, 1), 5: (0, 2), 6: (1, 2)}.items():
        assert left[pair] / before[pair] == pytest.approx((1 - leave[a]) * (1 - leave[b]), rel=2e-3)
    assert left[7] / before[7] == pytest.approx((1 - leave).prod(), rel=5e-3)


def test_error_added_once_and_once_more_is_error_added_twice():
    rng = np.random.default_rng(5)
    tables, leave = np.tile(THREE * 100, (200, 1)), np.full((200, 3), 0.08)
    rates = ErrorRates(leave, np.zeros((200, 3)), np.zeros(200))
    once = with_more_error(with_more_error(tables, rates, 1.0, rng), rates, 1.0, rng)
    twice = with_more_error(tables, rates, 2.0, rng)
    np.testing.assert_allclose(once.mean(axis=0), twice.mean(axis=0), rtol=5e-3)


def test_a_merge_makes_one_person_of_two_on_the_lists_of_both():
    rng = np.random.default_rng(5)
    tables = np.tile(THREE, (300, 1))
    after = merged(tables, np.full(300, 40.0), rng)
    assert (after.sum(axis=1) == THREE.sum() - 40).all()
    assert (after >= 0).all()
    shares = THREE / THREE.sum()
    unions = np.zeros(8)
    for a, p in enumerate(shares):
        for b, q in enumerate(shares):
            unions[a | b] += p * q
    expected = THREE - 80 * shares + 40 * unions
    np.testing.assert_allclose(after.mean(axis=0), expected, rtol=0.01)


def test_the_rates_are_those_that_made_the_recall_of_each_list():
    leave = np.array([0.02, 0.1, 0.2])
    keep = 1 - leave
    true = superset_sums(THREE)
    links = {3: keep[0] * keep[1], 5: keep[0] * keep[2], 6: keep[1] * keep[2]}
    recalls = [
        sum(links[p] * true[p] for p in links if p >> j & 1)
        / sum(true[p] for p in links if p >> j & 1)
        for j in range(3)
    ]
    seen = np.tile(THREE * 1e6, (1, 1))
    after = split_off(seen, leave[None], np.random.default_rng(2))
    np.testing.assert_allclose(leaving(after, np.array([recalls])), leave[None], atol=2e-3)


def test_the_rates_come_back_from_an_audit_of_everybody(link):
    lists = link(11, 0.1, 0.03, persons=40_000)
    table = lists.linked_table
    audit = lists.audit(table.observed, np.random.default_rng(1))
    assert audit.recall.value == pytest.approx(0.9, abs=0.01)
    only_pairs = LinkageAudit(audit.recall, audit.precision)
    for known_by, merges in ((audit, 0.04), (only_pairs, 0.12)):
        rates = known_by.rates(table.vector[None], table.lists)
        assert rates.leaving.mean() == pytest.approx(1 - np.sqrt(0.9), abs=0.006)
        assert rates.merges[0] == pytest.approx(0.03 * table.observed / 2, rel=merges)


def test_records_of_one_list_that_fell_apart_are_no_missed_link_between_lists():
    """Anna stands twice at the police, apart, and once at the ngo, with one of the two."""
    anna = {("police", "1"): "x", ("police", "2"): "y", ("ngo", "1"): "x"}
    berik = {("police", "3"): "z", ("ngo", "2"): "w"}
    clara = {("police", "4"): "v", ("ngo", "3"): "v"}
    whose = {"x": anna, "z": berik, "v": clara}
    audit = audit_of([Audited(key, (TruePerson(found),)) for key, found in whose.items()])
    # Anna and Berik were each to be met through two found persons, and count half.
    assert audit.recall.value == pytest.approx((0.5 * 1 + 0.5 * 0 + 1) / (0.5 * 3 + 0.5 * 1 + 1))
    assert audit.by_list["ngo"].value == pytest.approx((0.5 * 1 + 0.5 * 0 + 1) / (0.5 + 0.5 + 1))
    assert audit.twice["police"].value == pytest.approx(0.5 / (0.5 + 0.5 + 1))
    assert audit.twice["ngo"].value == 0
    assert audit.two_in_one.value == 0


def test_a_found_person_who_is_two_counts_one_too_many():
    both = (TruePerson({("a", "1"): "x", ("b", "1"): "x"}), TruePerson({("a", "2"): "x"}))
    alone = (TruePerson({("a", "3"): "y", ("b", "3"): "y"}),)
    audit = audit_of([Audited("x", both), Audited("y", alone), Audited("z", alone)])
    assert audit.two_in_one.value == pytest.approx(1 / 3)


def test_who_stands_twice_on_a_list_is_once_more_on_that_list_alone():
    rng = np.random.default_rng(5)
    tables, twice = np.tile(THREE, (300, 1)), np.tile([0.1, 0.0, 0.3], (300, 1))
    more = (listed_twice(tables, twice, rng) - tables).mean(axis=0)
    on = superset_sums(THREE)
    np.testing.assert_allclose(more[[1, 4]], [0.1 * on[1], 0.3 * on[4]], rtol=0.02)
    assert more[[0, 2, 3, 5, 6, 7]].tolist() == [0] * 6


def test_the_recall_of_a_list_is_its_own_where_many_pairs_were_met_and_borrowed_where_few():
    values = [0.8, 0.9, 0.95]
    many = recalls_by_list([Share(v, 1e6) for v in values], 1, None)
    few = recalls_by_list([Share(v, 8) for v in values], 1, None)
    np.testing.assert_allclose(many[0], values, atol=1e-4)
    np.testing.assert_allclose(few[0], np.mean(values))
    drawn = recalls_by_list([Share(v, 400) for v in values], 4000, np.random.default_rng(3))
    # Four hundred pairs of each list are six hundred pairs, each met from both of its ends.
    assert drawn.mean(axis=1).std() == pytest.approx(np.sqrt(0.883 * 0.117 / 600), rel=0.35)


def test_a_quadratic_is_carried_back_exactly():
    steps = np.array(STEPS)
    for curve in (np.ones(5), steps, 3 - 2 * steps + 0.7 * steps**2):
        beyond = np.polyval(np.polyfit(steps, curve, 2), -1)
        assert curve @ back_weights() == pytest.approx(beyond)


@pytest.mark.parametrize("share", [Share(0.2, 50), Share(float("nan"), 50), Share(0.9, 0.0)])
def test_an_audit_that_says_too_little_is_refused(share):
    with pytest.raises(AnswerRefused) as refusal:
        LinkageAudit(share, Share(1.0, 50))
    assert refusal.value.code == "EST-063"


def test_an_audit_that_met_no_pair_is_refused():
    with pytest.raises(AnswerRefused) as refusal:
        audit_of([])
    assert refusal.value.code == "EST-063"


def test_a_method_that_does_not_exist_is_refused():
    with pytest.raises(UsageRefused) as refusal:
        corrected_for_linkage(TWO, known(0.9), "guess", rng=np.random.default_rng(1))
    assert refusal.value.code == "EST-064"


def test_the_same_seed_gives_the_same_answer_in_the_form_of_the_contract():
    audit = LinkageAudit(Share(0.9, 400), Share(0.99, 300))
    one, two = (
        corrected_for_linkage(TWO, audit, rng=np.random.default_rng(8), boot=40) for _ in range(2)
    )
    assert one == two
    assert list(one.to_json()) == ["estimate", "lo95", "hi95", "recall", "precision"]


def test_more_missed_links_lower_the_total_and_more_wrong_ones_raise_it(western):
    found = linkage_sensitivity(western, rng=np.random.default_rng(4))
    total = {(p.missed, p.false): p.estimate for p in found.points}
    assert total[0.0, 0.0] == found.naive
    assert total[0.05, 0.0] < total[0.02, 0.0] < found.naive
    assert total[0.0, 0.02] > total[0.0, 0.01] > found.naive
    assert found.range[0] <= found.naive <= found.range[1]
    assert len(found.to_json()["points"]) == len(found.table()) == 12


def test_missed_links_divide_a_total_of_two_lists_by_the_share_found():
    found = linkage_sensitivity(
        TWO, (0.0, 0.1), (0.0,), "independence", rng=np.random.default_rng(4)
    )
    assert found.points[1].estimate == pytest.approx(0.9 * found.naive, rel=0.01)


@pytest.mark.parametrize("rates", [(-0.1,), (0.9,), ()])
def test_rates_out_of_range_are_refused(rates):
    with pytest.raises(UsageRefused):
        linkage_sensitivity(TWO, rates, rng=np.random.default_rng(4))


def test_the_answers_read_in_three_languages(western):
    rng = np.random.default_rng(4)
    corrected = corrected_for_linkage(western, known(0.95, 0.99), rng=rng, boot=40)
    grid = linkage_sensitivity(western, (0.0, 0.02), (0.0,), rng=rng, draws=20)
    for lang in words.LANGUAGES:
        assert "{" not in corrected.text(lang) + grid.text(lang)
    texts = {corrected.text(lang) for lang in words.LANGUAGES}
    assert len(texts) == 3
