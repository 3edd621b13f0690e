"""Latent classes against posteriors worked out exactly, and truths that were drawn."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.special import betaln, gammaln, logsumexp

from aiqyn import words
from aiqyn.errors import AnswerRefused
from aiqyn.estimates import CaptureTable
from aiqyn.estimates.bayesian.convergence import bulk_effective
from aiqyn.estimates.latent_classes import Plan, Prior, latent_class
from aiqyn.estimates.latent_classes.answer import places
from aiqyn.estimates.latent_classes.sampler import advance, histories, start
from aiqyn.estimates.results import Estimate

from ..conftest import WESTERN, table_of

ONE_CLASS = Prior(classes=1, alpha_shape=0.25, alpha_rate=0.25)
SHORT = Plan(chains=4, first_sweeps=200, most_sweeps=400, hopeless_rhat=1.2, hopeless_after=200)


def drawn(population: int, chances: list[list[float]], shares: list[float], seed: int):
    """A table of persons of several kinds, each with its chances of being listed."""
    rng = np.random.default_rng(seed)
    kind = rng.choice(len(shares), size=population, p=shares)
    listed = rng.random((population, len(chances[0]))) < np.array(chances)[kind]
    counts = np.bincount(listed @ (1 << np.arange(len(chances[0]))), minlength=1 << len(chances[0]))
    rows = tuple(int(h) for h in np.flatnonzero(counts) if h)
    names = tuple("ABCDEF"[: len(chances[0])])
    return CaptureTable("drawn", names, (0, *(int(n) for n in counts[1:])), rows)


def test_one_class_gives_the_posterior_of_independent_lists(western):
    # Castledine (1981), Biometrika 68, 197-210: uniform chances integrated out,
    # p(N) ∝ 1/N · N! / (N - n)! · prod_j B(1 + n_j, 1 + N - n_j).
    n, totals = western.observed, np.array(list(western.totals.values()))[:, None]
    every = n + np.arange(0, 60_000)
    log = gammaln(every + 1) - gammaln(every - n + 1) - np.log(every)
    log = log + betaln(1 + totals, 1 + every - totals).sum(axis=0)
    reached = np.cumsum(np.exp(log - logsumexp(log)))
    median, low, high = (every[np.searchsorted(reached, p)] for p in (0.5, 0.025, 0.975))

    ours = latent_class(western, prior=ONE_CLASS, seed=4)
    spread = np.log(high / low) / 3.92 / np.sqrt(ours.settings["effective"])  # of a mean of logs
    assert np.log(ours.total / median) == pytest.approx(0, abs=4 * 1.25 * spread)
    assert np.log(ours.intervals[0].low / low) == pytest.approx(0, abs=4 * 2.7 * spread)
    assert np.log(ours.intervals[0].high / high) == pytest.approx(0, abs=4 * 2.7 * spread)


def exact_hidden(cells: dict[int, int], lists: int, prior: Prior, most: int):
    """``p(hidden = 0 … most | hidden <= most)``: every allotment of the persons added up.

    Chances and sticks are integrated out by hand, `alpha` by a sum over 400 points.
    """
    classes = prior.classes
    alpha = np.exp(np.linspace(-40, 6, 400))[:, None]
    density = prior.alpha_shape * np.log(alpha) - prior.alpha_rate * alpha

    def allotments(persons):
        return np.array(
            [w for w in product(range(persons + 1), repeat=classes) if sum(w) == persons]
        )

    def ways(split):
        return gammaln(split.sum(axis=-1) + 1) - gammaln(split + 1).sum(axis=-1)

    seen = sum(cells.values())
    unseen = np.concatenate([allotments(h) for h in range(most + 1)])
    hidden = unseen.sum(axis=1)
    weight = np.full(most + 1, -np.inf)
    for split in product(*(allotments(n) for n in cells.values())):
        each = np.array(split)
        held = unseen + each.sum(axis=0)
        log = ways(each).sum() + ways(unseen)
        for j in range(lists):
            on = sum(w for h, w in zip(cells, each, strict=True) if h >> j & 1) + 0 * held
            log = log + betaln(1 + on, 1 + held - on).sum(axis=1)
        behind = held[:, ::-1].cumsum(axis=1)[:, ::-1] - held
        sticks = np.zeros((len(alpha), len(held)))
        for k in range(classes - 1):
            sticks += betaln(1 + held[:, k], alpha + behind[:, k]) - betaln(1, alpha)
        log = log + logsumexp(sticks + density, axis=0)
        log = log + gammaln(seen + hidden) - gammaln(hidden + 1)  # N! / hidden! · 1 / N
        for h in range(most + 1):
            weight[h] = np.logaddexp(weight[h], logsumexp(log[hidden == h]))
    return np.exp(weight - logsumexp(weight))


@pytest.mark.parametrize(("classes", "most"), [(2, 12), (3, 8)])
def test_a_tiny_table_has_the_posterior_found_by_adding_up_every_allotment(classes, most):
    cells = {0b001: 1, 0b011: 2, 0b111: 2, 0b100: 1}
    prior = Prior(classes, alpha_shape=0.5, alpha_rate=0.5)
    exact = exact_hidden(cells, 3, prior, most)
    counts = np.zeros(8, dtype=np.int64)
    counts[list(cells)] = list(cells.values())
    table, rng = histories(counts, 3), np.random.default_rng(11)
    _, hidden = advance(start(table, prior, 64, rng), table, prior, 2500, rng)
    kept = hidden[:, 500:]
    for h in range(most + 1):
        inside = kept <= most
        share = (kept == h).sum() / inside.sum()
        worth = bulk_effective((kept == h).astype(float))
        error = np.sqrt(exact[h] * (1 - exact[h]) / (worth * inside.mean()))
        assert share == pytest.approx(exact[h], abs=4 * error), h


def test_independent_lists_are_found_again():
    chances = [[0.3, 0.25, 0.2, 0.15, 0.3]]
    found = [latent_class(drawn(2000, chances, [1.0], seed), seed=1) for seed in range(3)]
    assert sum(e.intervals[0].low <= 2000 <= e.intervals[0].high for e in found) >= 2
    assert np.median([e.total for e in found]) == pytest.approx(2000, rel=0.05)


def test_two_kinds_of_people_are_found_again_where_independence_is_far_off():
    from aiqyn.estimates import independence

    chances = [[0.7, 0.6, 0.7, 0.6, 0.7, 0.6], [0.2, 0.15, 0.2, 0.25, 0.2, 0.15]]
    tables = [drawn(3000, chances, [0.4, 0.6], seed) for seed in range(3)]
    naive = [independence(t, boot=0).total for t in tables]
    found = [latent_class(t, seed=1) for t in tables]
    assert max(naive) < 2650
    assert np.median([e.total for e in found]) == pytest.approx(3000, rel=0.03)
    assert sum(e.intervals[0].low <= 3000 <= e.intervals[0].high for e in found) >= 2


def test_when_nearly_everybody_is_on_every_list_nobody_is_hidden():
    found = latent_class(drawn(300, [[0.9] * 5], [1.0], seed=3))
    assert found.total == found.observed
    assert found.interval(0.95).high <= found.observed + 1


def test_the_order_of_lists_moves_the_answer_by_no_more_than_chance(western):
    turned = {"".join("EDCBA"["ABCDE".index(x)] for x in h): n for h, n in WESTERN.items()}
    first = latent_class(western, seed=1)
    other = latent_class(table_of(turned, lists="ABCDE"), seed=2)
    spread = np.log(first.intervals[1].high / first.intervals[1].low) / 2.56
    error = 1.25 * spread * np.hypot(*(e.settings["effective"] ** -0.5 for e in (first, other)))
    assert np.log(other.total / first.total) == pytest.approx(0, abs=4 * error)


def test_a_seed_gives_the_same_chains_again_and_another_seed_others(western):
    first, again, other = (latent_class(western, seed=s, plan=SHORT).to_json() for s in (1, 1, 2))
    assert first == again
    assert first["settings"]["seed"] == 1
    assert other["settings"]["chain_medians"] != first["settings"]["chain_medians"]


def test_chains_too_short_to_agree_refuse_and_show_where_they_stand(western):
    hasty = Plan(chains=4, first_sweeps=20, most_sweeps=20, hopeless_rhat=9, hopeless_after=20)
    found = latent_class(western, plan=hasty)
    assert found.total is None
    assert found.intervals == ()
    assert found.refusal.code == "EST-042"
    assert found.settings["sweeps"] == 20
    assert len(found.modes) >= 1
    assert found.to_json()["why"]["code"] == "EST-042"
    for lang in words.LANGUAGES:
        assert "{" not in found.text(lang)


def test_the_chains_run_twice_as_long_before_they_refuse(western):
    strict = Plan(chains=4, first_sweeps=20, most_sweeps=160, hopeless_rhat=99, hopeless_after=20)
    found = latent_class(western, plan=strict)
    assert found.refusal.code == "EST-042"
    assert found.settings["sweeps"] == 160


def test_fewer_than_four_chains_cannot_be_asked_for():
    with pytest.raises(ValueError, match="four"):
        Plan(chains=3, first_sweeps=20, most_sweeps=20, hopeless_rhat=2, hopeless_after=20)


def test_a_refusal_in_two_places_names_both():
    # Medians of ten single chains of LCMCR 0.4.14 on UKdat_5 (seeds 1 to 10).
    medians = [22873, 12254.5, 22904.5, 22252.5, 22790, 21352.5, 22994.5, 22985.5, 13285.5, 12372]
    assert places(np.sort(np.array(medians))) == (22873.0, 12372.0)


def test_a_chain_on_its_way_is_not_a_place():
    medians = np.array([9599.0, *[12_000.0] * 5, *[22_000.0] * 10])
    assert places(medians) == (22_000.0, 12_000.0)


def test_two_lists_or_nobody_on_two_are_refused(western):
    with pytest.raises(AnswerRefused, match="EST-023"):
        latent_class(table_of({"a": 67, "b": 44, "ab": 17}))
    with pytest.raises(AnswerRefused, match="EST-024"):
        latent_class(table_of({"a": 67, "b": 44, "c": 17}))


def test_the_answer_says_what_it_rests_on(western):
    found = latent_class(western)
    assert isinstance(found, Estimate)
    assert {"EST-141", "EST-108"} <= {c.code for c in found.cautions}
    low, high = found.interval(0.95).low, found.interval(0.95).high
    assert found.observed < low < found.interval(0.8).low < found.total < high
