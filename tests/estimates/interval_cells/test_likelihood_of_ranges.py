"""The likelihood of ranges against sums over every fill, and against tables that are full."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import minimize, minimize_scalar
from scipy.stats import poisson

from aiqyn.estimates import CaptureTable, Options, capture_table, hidden_number
from aiqyn.estimates.interval_cells.filling import filled, likely_table
from aiqyn.estimates.interval_cells.fitting import fitted, saturated
from aiqyn.estimates.interval_cells.table import IntervalTable, table_of_bounds
from aiqyn.estimates.interval_cells.truncated import Suppressed, suppressed_cells
from aiqyn.estimates.log_linear.existence import Existence

# Korean women held in sexual slavery, Palembang (Ball, Shin & Yang 2018), with three cells hidden.
LISTS = "bcd"
RANGES = [(1, 30, 30), (2, 13, 13), (4, 1, 5), (3, 32, 32), (5, 0, 4), (6, 2, 9), (7, 21, 21)]


def table_with(rows=RANGES, lists=LISTS) -> IntervalTable:
    table = table_of_bounds("t", lists, rows)
    assert isinstance(table, IntervalTable)
    return table


def terms_of(*masks: int, lists: int = 3) -> np.ndarray:
    terms = np.zeros((1, 1 << lists), dtype=np.bool_)
    terms[0, [0, *(1 << j for j in range(lists)), *masks]] = True
    return terms


def brute_log_likelihood(beta: np.ndarray, held: np.ndarray, table: IntervalTable) -> float:
    """Log of the sum, over every fill of the ranges, of the product of Poisson probabilities."""
    cells = range(1, len(table.low))
    means = [np.exp(sum(b for b, s in zip(beta, held, strict=True) if s & c == s)) for c in cells]
    numbers = [range(table.low[c], table.high[c] + 1) for c in cells]
    fills = np.array(list(product(*numbers)))
    return float(np.log(poisson.pmf(fills, means).prod(axis=1).sum()))


@pytest.mark.parametrize("pairs", [(), (3,), (6,), (3, 5)])
def test_the_fit_is_the_maximum_of_the_sum_over_every_fill(pairs):
    table, terms = table_with(), terms_of(*pairs)
    found = fitted(table, terms)
    held = np.flatnonzero(terms[0])
    best = minimize(
        lambda beta: -brute_log_likelihood(beta, held, table),
        found.beta[0, held] + 0.3,
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 20_000, "maxfev": 20_000},
    )
    height = terms.sum() - found.aic[0] / 2
    assert height == pytest.approx(-best.fun, abs=1e-6)
    np.testing.assert_allclose(found.beta[0, held], best.x, atol=1e-4)


def test_the_total_adds_the_expected_persons_of_each_range_to_the_dark_figure():
    table, terms = table_with(), terms_of(3)
    found = fitted(table, terms)
    total = float(np.exp(found.beta[0, 0]))
    for cell in range(1, 8):
        eta = sum(b for s, b in enumerate(found.beta[0]) if s & cell == s)
        numbers = np.arange(table.low[cell], table.high[cell] + 1)
        share = poisson.pmf(numbers, np.exp(eta))
        total += float((numbers * share).sum() / share.sum())
    assert found.total[0] == pytest.approx(total, rel=1e-9)


def test_the_saturated_likelihood_is_the_best_that_any_means_give():
    table, best = table_with(), 0.0
    for low, high in zip(table.low[1:], table.high[1:], strict=True):
        numbers = np.arange(low, high + 1)
        found = minimize_scalar(
            lambda mean, n=numbers: -np.log(poisson.pmf(n, mean).sum()),
            bounds=(1e-12, 100),
            method="bounded",
            options={"xatol": 1e-10},
        )
        best -= found.fun
    assert saturated(table) == pytest.approx(best, abs=1e-8)


def test_a_range_leaves_less_variance_than_none_so_the_likelihood_is_concave():
    etas = np.linspace(-8, 8, 161)[:, None]
    for low, high in [(0, 1), (0, 4), (1, 4), (3, 17), (50, 400)]:
        cell = Suppressed(np.array([1]), np.array([low]), np.array([high]))
        _, variance = cell.moments(etas)
        assert (variance < np.exp(etas) * (1 + 1e-9)).all()


def test_a_range_of_one_number_has_that_mean_and_no_variance():
    cell = Suppressed(np.array([1]), np.array([3]), np.array([3]))
    mean, variance = cell.moments(np.array([[-2.0], [0.0], [5.0]]))
    np.testing.assert_allclose(mean, 3)
    np.testing.assert_allclose(variance, 0, atol=1e-12)


@pytest.mark.parametrize("method", ["stepwise", "independence", "bic", "aic", "bic-average"])
def test_ranges_of_one_number_give_the_answer_of_the_full_table(western, method):
    options = Options(boot=0)
    known = hidden_number(western, [method], options).results[0]
    whole = IntervalTable("w", western.lists, western.counts, western.counts, western.rows)
    found = hidden_number(whole, [method], options).results[0]
    assert found.total == pytest.approx(known.total, rel=1e-6)
    assert found.model == known.model
    if known.model:
        for name in ("aic", "bic", "deviance"):
            assert getattr(found, name) == pytest.approx(getattr(known, name), rel=1e-6)
    assert [m.model for m in found.models[:20]] == [m.model for m in known.models[:20]]


def test_a_pair_whose_whole_overlap_may_be_nobody_goes_to_minus_infinity():
    rows = [(1, 60, 60), (2, 50, 50), (4, 40, 40), (3, 0, 4), (5, 9, 9), (6, 8, 8), (7, 0, 0)]
    table = table_with(rows)
    found = hidden_number(table, ["bic"], Options(boot=0)).results[0]
    row = terms_of(3)
    held = np.flatnonzero(row[0])
    beta = fitted(table, row).beta[0]
    heights = []
    for value in (-1.0, -4.0, -8.0, -16.0):
        beta[3] = value
        heights.append(brute_log_likelihood(beta[held], held, table))
    assert heights == sorted(heights)
    assert ("b", "c") in {*found.model.minus_infinity, *found.models[1].model.minus_infinity}


def test_no_maximum_is_reported_where_ranges_bound_nothing():
    rows = [(1, 60, 60), (2, 50, 50), (4, 40, 40), (3, 0, 4), (5, 0, 4), (6, 0, 4)]
    code = fitted(table_with(rows), terms_of()).codes[0]
    assert code == Existence.NO_MAXIMUM


def test_independent_lists_lie_between_the_answers_at_the_extremes(western):
    rows = [(h, *((1, 4) if 0 < n < 5 else (n, n))) for h, n in enumerate(western.counts) if h]
    ranged = table_with(rows, western.lists)
    found = hidden_number(ranged, ["independence"], Options(boot=0)).results[0]
    corners = []
    for ends in product(*[(1, 4)] * len(ranged.suppressed)):
        counts = list(western.counts)
        for history, end in zip(ranged.suppressed, ends, strict=True):
            counts[history] = end
        corner = CaptureTable("corner", western.lists, tuple(counts), western.rows)
        corners.append(hidden_number(corner, ["independence"], Options(boot=0)).results[0].total)
    assert min(corners) < found.total < max(corners)


def test_fills_keep_to_their_ranges_and_to_what_is_known():
    table = table_with()
    fills = filled(table, terms_of(3)[0], 500, np.random.default_rng(4))
    assert (fills >= table.low).all()
    assert (fills <= table.high).all()
    hidden = suppressed_cells(table)
    for history in hidden.histories:
        assert len(np.unique(fills[:, history])) > 1


def test_relabelled_lists_and_moved_rows_give_the_same_intervals(western):
    rows = [(h, *((0, 4) if 0 < n < 5 else (n, n))) for h, n in enumerate(western.counts) if n]
    mirror = [(int(f"{h:05b}"[::-1], 2), low, high) for h, low, high in reversed(rows)]
    options = Options(boot=40)
    one = hidden_number(table_with(rows, western.lists), ["stepwise"], options).results[0]
    two = hidden_number(table_with(mirror, western.lists[::-1]), ["stepwise"], options).results[0]
    assert two.total == pytest.approx(one.total, rel=1e-9)
    for a, b in zip(one.intervals, two.intervals, strict=True):
        assert (b.low, b.high) == pytest.approx((a.low, a.high), rel=1e-6)


def test_the_gate_is_asked_about_a_full_table_within_the_ranges():
    table = table_with()
    likely = likely_table(table)
    assert all(a <= n <= b for a, n, b in zip(table.low, likely.counts, table.high, strict=True))


def test_suppression_widens_the_interval_and_keeps_the_truth_in_it():
    """Four independent lists, 600 persons, twelve tables; every count below 10 is hidden."""
    rng = np.random.default_rng(20260101)
    shares = np.ones(16)
    for j, p in enumerate((0.25, 0.2, 0.15, 0.1)):
        shares *= np.where(np.arange(16) >> j & 1, p, 1 - p)
    wider, covered = 0, 0
    for seed in range(12):
        counts = rng.multinomial(600, shares)
        names = {
            tuple("pqrs"[j] for j in range(4) if h >> j & 1): int(counts[h]) for h in range(1, 16)
        }
        full = capture_table(names, lists="pqrs")
        rows = [(h, *((0, 9) if n < 10 else (n, n))) for h, n in enumerate(full.counts) if h]
        options = Options(boot=100, seed=seed)
        known = hidden_number(full, ["independence"], options).results[0].interval(0.95)
        ranged = hidden_number(table_with(rows, "pqrs"), ["independence"], options).results[0]
        found = ranged.interval(0.95)
        wider += np.log(found.high / found.low) > np.log(known.high / known.low)
        covered += found.low <= 600 <= found.high
    assert wider >= 10
    assert covered >= 10
