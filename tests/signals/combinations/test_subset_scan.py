"""Groups of values: the ascent reaches what trying all groups finds; what was planted is told."""

from __future__ import annotations

from functools import reduce
from itertools import product

import numpy as np
import polars as pl
import pytest
from benches.planted import noise, with_a_pair
from benches.planted_groups import planted_group

from aiqyn.signals import new_combinations
from aiqyn.signals.combinations.attributes import Attributes
from aiqyn.signals.combinations.shuffled_dates import Dates
from aiqyn.signals.combinations.subset_scan.strongest_group import strongest_group
from aiqyn.signals.combinations.subset_scan.values import common_values
from aiqyn.signals.combinations.subset_scan.worth_of_records import cases

WINDOWS = (1, 2, 3, 6, 9, 12)


def small_file(seed, sizes, records=300):
    """Values of few attributes, some not known, in two files of three with a group that rose."""
    rng = np.random.default_rng(seed)
    codes = np.array([rng.integers(-1, size, records) for size in sizes])
    back = rng.integers(0, 48, records)
    moved = (back < 12) & (rng.random(records) < (0.15 if seed % 3 else 0))
    for a, size in enumerate(sizes):
        codes[a, moved] = rng.choice(rng.choice(size, 3, replace=False), moved.sum())
    named = tuple(tuple(f"{value}" for value in range(size)) for size in sizes)
    return Attributes(tuple("abc"[: len(sizes)]), named, codes), Dates(back, back % 12 // 3, 12)


def best_of_all(values, dated, known):
    """The worth of the best group, by trying every subset of every attribute."""
    picks = [every_subset(size) for size in np.diff(values.first)]
    named = [np.where(pick[:, -1], 0, pick.sum(axis=1)) for pick in picks]
    paid = [
        np.where(k, values.penalty[first + k - 1], 0)
        for k, first in zip(named, values.first, strict=False)
    ]
    several = reduce(np.maximum, np.ix_(*named)) > 1
    best = -np.inf
    for case in known:
        worth = table_of(case.gain * (dated.back < case.months) - case.cost, values)
        for pick in picks:  # each turns the first axis, of values, into a last one, of subsets
            worth = np.tensordot(worth, pick, axes=(0, 1))
        best = max(best, (worth - sum(np.ix_(*paid)))[several].max())
    return best


def every_subset(size):
    """Of the values; not known is in none but the last, which is no choice at all."""
    some = [(*pick, 0) for pick in product((0, 1), repeat=size) if 0 < sum(pick) < size]
    return np.array([*some, (1,) * (size + 1)])


def table_of(weight, values):
    """Weights summed by value of each attribute, those not known last."""
    sizes = np.diff(values.first)
    place = [
        np.where(code < 0, size, code - first)
        for code, size, first in zip(values.codes, sizes, values.first, strict=False)
    ]
    table = np.zeros(sizes + 1)
    np.add.at(table, tuple(place), weight)
    return table


@pytest.mark.parametrize(("sizes", "reached"), [((6, 6), 57), ((5, 4, 4), 57)])
def test_the_ascent_reaches_the_best_of_all_groups(sizes, reached):
    same = 0
    for seed in range(60):
        attributes, dated = small_file(seed, sizes)
        values = common_values(attributes, np.arange(len(dated.back)))
        known = cases(values, dated, WINDOWS)
        group = strongest_group(values, dated.latest(), known)
        best = best_of_all(values, dated, known)
        assert group.score <= best + 1e-9
        same += group.score >= best - 1e-6
    assert same >= reached


def told(records, of_groups=0.25):
    return new_combinations(
        records,
        date="date",
        attributes=records.columns[1:],
        rng=np.random.default_rng(1),
        of_groups=of_groups,
    )


def spread(seed=3):
    """Two channels with two regions and two sectors: 12 % of the last year's records."""
    sizes = {"channel": 2, "region": 2, "sector": 2}
    return planted_group(seed, 1500, sizes, 0.12)


def test_a_group_that_rose_is_told_with_its_values_and_adds_its_false_alarms():
    records, what = spread()
    without, run = told(records, 0.0), told(records)
    assert run.expected_false_alarms == without.expected_false_alarms + 0.25 <= 2
    group = next(one for one in run.signals if one.is_group)
    named = {
        (name, value)
        for name, values in group.what.items()
        for value in ([values] if isinstance(values, str) else values)
    }
    true = {(name, value) for name, values in what.items() for value in values}
    assert len(named & true) >= len(true) / 2
    assert len(named & true) >= len(named) / 2
    inside = records.with_row_index("i").filter(
        *(
            pl.col(name).is_in([v] if isinstance(v, str) else list(v))
            for name, v in group.what.items()
        ),
        pl.col("date") >= group.since,
    )
    assert group.records == tuple(inside["i"].to_list())
    assert group.observed == inside.height > group.expected
    assert [one.q for one in run.signals] == sorted(one.q for one in run.signals)


def test_what_single_combinations_tell_is_not_told_again_as_a_group():
    records, what = with_a_pair(noise(0), 0)
    run = told(records)
    assert run.signals[0].what == what
    for one in run.signals[1:]:
        assert len(set(one.records) & set(run.signals[0].records)) < len(one.records) / 2
