"""Never a number where the maximum does not exist."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.estimates import best_model, existence_of_models, hidden_number, independence, stepwise
from aiqyn.estimates.log_linear.existence import identifiable
from aiqyn.estimates.log_linear.fitting import reduce
from aiqyn.estimates.log_linear.hierarchical_models import model_terms
from aiqyn.estimates.tables.cells import members

from ..conftest import table_of

NOBODY_TWICE = {"a": 40, "b": 30, "c": 20}


@pytest.mark.parametrize("method", [stepwise, independence])
def test_lists_that_share_nobody_at_all_give_no_number(method):
    with pytest.raises(AnswerRefused, match="EST-020"):
        method(table_of(NOBODY_TWICE), boot=0)


def test_no_model_at_all_is_admissible_when_nobody_is_on_two_lists():
    with pytest.raises(AnswerRefused, match="EST-022"):
        best_model(table_of(NOBODY_TWICE), boot=0)


def test_every_method_asked_for_refuses_such_a_table():
    found = hidden_number(table_of(NOBODY_TWICE), ["all"])
    assert found.refused
    assert all(r.total is None and not r.intervals for r in found.results)
    assert found.gate.publish == "nothing"


def test_rank_is_that_of_the_design_matrix_written_out():
    rng = np.random.default_rng(7)
    terms = model_terms(4, 3)
    for _ in range(20):
        counts = rng.poisson(0.6, 16).astype(float)
        counts[[0, 1, 2, 4, 8]] = [0, 5, 6, 7, 8]
        model = reduce(np.tile(counts, (len(terms), 1)), terms)
        ours = identifiable(model)
        for row in range(0, len(terms), 7):
            cells, held = np.flatnonzero(model.cells[row]), np.flatnonzero(model.terms[row])
            design = np.array([[float(c & t == t) for t in held] for c in cells])
            assert ours[row] == (np.linalg.matrix_rank(design) == len(held))


def test_existence_is_that_of_the_programme_solved_for_every_model():
    from aiqyn.estimates.log_linear.existence import _programme, existence

    rng = np.random.default_rng(11)
    terms = model_terms(3, 2)
    for _ in range(40):
        counts = rng.poisson(1.5, 8).astype(float)
        counts[0] = 0
        for j in range(3):
            counts[1 << j] += 1
        table = np.tile(counts, (len(terms), 1))
        model = reduce(table, terms)
        codes = existence(table, terms)
        for row, code in enumerate(codes):
            exists = _programme(counts, model.terms[row], model.cells[row])
            assert (int(code) & 1 == 0) == exists


def test_codes_stand_in_the_order_of_the_models(western):
    codes = existence_of_models(western, 2)
    assert len(codes) == 1024
    assert set(codes) == {0}


def test_members_of_a_mask_are_the_lists_in_it():
    assert members(0b10110) == (1, 2, 4)
