"""Methods that answer with a posterior: their corrected totals against those on true histories."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.estimates import CaptureTable, Options, hidden_number
from aiqyn.estimates.decomposable.posterior import posterior, totals_over_graphs
from aiqyn.estimates.latent_classes import latent_class, totals_of_tables
from aiqyn.estimates.linkage_error.audits import LinkageAudit
from aiqyn.estimates.linkage_error.correcting import corrected_for_linkage
from aiqyn.estimates.linkage_error.posterior_methods import posterior_method
from aiqyn.estimates.linkage_error.shares import Share
from aiqyn.estimates.tables.capture_histories import table_of_rows

PERFECT = LinkageAudit(Share(1.0), Share(1.0))


def independent_lists(persons: int, chances: tuple[float, ...]) -> CaptureTable:
    """Expected histories of people of one kind."""
    lists = range(len(chances))
    on = np.array([[h >> j & 1 for j in lists] for h in range(1 << len(chances))])
    share = np.where(on, chances, 1 - np.array(chances)).prod(axis=1)
    rows = [(h, round(persons * s)) for h, s in enumerate(share) if h]
    return table_of_rows("t", tuple("abcd"[: len(chances)]), rows)


def test_the_correction_comes_back_to_the_posterior_of_the_true_histories(link):
    """The other posteriors need minutes for this; `docs/methods/linkage_error.md` has them."""
    method, away, covered = "decomposable", [], 0
    for seed in (1, 2, 3):
        rng, lists = np.random.default_rng(seed), link(seed, 0.09, 0.015, "hard names")
        truth = hidden_number(lists.true_table, (method,), Options(boot=0)).results[0].total
        found = corrected_for_linkage(lists.linked_table, lists.audit(1000, rng), method, rng=rng)
        away.append(abs(found.estimate / truth - 1))
        covered += found.lo95 <= truth <= found.hi95
    assert np.median(away) <= 0.05
    assert covered == 3


@pytest.mark.parametrize("method", ["decomposable", "bayes-threshold"])
def test_a_perfect_linkage_leaves_the_posterior_as_it_was(western, method):
    result = hidden_number(western, (method,), Options(boot=0)).results[0]
    found = corrected_for_linkage(western, PERFECT, method, rng=np.random.default_rng(2))
    own = result.interval()
    assert found.estimate == pytest.approx(result.total, rel=0.03)
    assert (found.lo95, found.hi95) == pytest.approx((own.low, own.high), rel=0.06)


def test_graphs_weighed_on_the_table_itself_give_the_posterior_of_all_of_them(western):
    counts, rng = western.vector, np.random.default_rng(3)
    draws = totals_over_graphs(counts, counts, rng)
    exact = posterior(counts, 1 / len(counts))
    for probability in (0.025, 0.5, 0.975):
        quantile = counts.sum() + exact.quantile(probability)
        assert np.mean(draws <= quantile) == pytest.approx(probability, abs=0.03)


def test_chains_that_walk_to_a_table_tell_what_chains_of_its_own_tell():
    """Both tables are of one kind of people, so both totals are known as well."""
    tables = [independent_lists(n, (0.4, 0.4, 0.3, 0.3)) for n in (400, 500)]
    walked = totals_of_tables(np.array([t.vector for t in tables]), np.random.default_rng(5))
    for draws, table, persons in zip(walked, tables, (400, 500), strict=True):
        own = latent_class(table)
        low, high = np.quantile(draws, (0.025, 0.975))
        assert np.median(draws) == pytest.approx(persons, rel=0.02)
        assert (low, high) == pytest.approx((own.interval().low, own.interval().high), rel=0.03)


def test_a_first_table_without_a_posterior_is_refused_and_a_later_one_is_left_out():
    good = np.array([0, 90, 80, 30, 70, 25, 20, 10.0])
    nobody_twice = np.array([0, 90, 80, 0, 70, 0, 0, 0.0])
    method = posterior_method("bayes-threshold", 1.0)
    rng = np.random.default_rng(1)
    answered, left_out = method(np.array([good, nobody_twice]), rng)
    assert len(answered)
    assert not len(left_out)
    with pytest.raises(AnswerRefused):
        method(np.array([nobody_twice, good]), rng)
