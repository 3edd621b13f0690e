"""What the Bayesian methods make of a file of replicates."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn.estimates import Options, average_of_graphs, hidden_number
from aiqyn.estimates.intervals.resampling import draw
from aiqyn.estimates.tables.cells import superset_sums

from ..conftest import WESTERN, table_of


def codes(estimate) -> set[str]:
    return {c.code for c in estimate.cautions}


def test_decomposable_gives_each_table_the_answer_it_gives_that_table_alone(western):
    tables = draw(western, 4, seed=5)
    tables = tables[(superset_sums(tables)[:, [1, 2, 4, 8, 16]] > 0).all(axis=1)]
    found = average_of_graphs(western, tables=tables)
    alone = [average_of_graphs(of_vector(counts)).total for counts in tables]
    assert found.replicate_estimates == pytest.approx(alone)
    assert len(set(alone)) > 1
    assert "EST-143" in codes(found)


def of_vector(counts):
    names = {h: "".join("ABCDE"[j] for j in range(5) if h >> j & 1) for h in range(32)}
    return table_of({names[h]: int(n) for h, n in enumerate(counts) if n}, lists="ABCDE")


def test_the_replicates_do_not_move_the_interval(western):
    found = average_of_graphs(western, tables=draw(western, 3, seed=5))
    assert found.intervals == average_of_graphs(western).intervals
    assert found.replicates.run == 3


def test_a_list_without_a_case_in_a_replicate_is_absent_from_it(western):
    counts = western.vector.copy()
    counts[[h for h in range(32) if h >> 1 & 1]] = 0  # nobody on B
    found = average_of_graphs(western, tables=counts[None])
    left = table_of({h: n for h, n in WESTERN.items() if "B" not in h}, lists="ACDE")
    assert found.replicate_estimates == pytest.approx([average_of_graphs(left).total])
    assert found.replicates.empty_list == 1
    assert "EST-103" in codes(found)


def test_a_replicate_without_overlap_or_with_two_lists_has_no_number(western):
    apart, two = np.zeros(32), np.zeros(32)
    apart[[1, 2, 4, 8, 16]] = 50
    two[[1, 2, 3]] = 50
    found = average_of_graphs(western, tables=np.array([apart, two, western.vector]))
    assert found.replicate_estimates == (None, None, found.total)
    assert (found.replicates.refused, found.replicates.ties) == (2, 1)


def test_methods_of_markov_chains_say_that_they_leave_replicates_aside(western):
    options = Options(tables=draw(western, 20, seed=5))
    chains = hidden_number(western, ["bayes-threshold", "latent-class"], options).results
    for found in chains:
        assert found.replicate_estimates is None
        assert "EST-142" in codes(found)
    without = hidden_number(western, ["latent-class"]).results[0]
    assert "EST-142" not in codes(without)
    assert without.total == chains[1].total
