"""Controlled rounding: multiples that add up, next to the truth, and the nearest ones."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiqyn.disclosure.long_tables.protecting import read_true
from aiqyn.disclosure.rounding import RoundedTable, round_controlled

HEALTH = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def rounded(folder: Path, inner: np.ndarray, base: int) -> RoundedTable:
    """Round the table of all sums of `inner`."""
    rows = []
    for at in product(*([*range(k), None] for k in inner.shape)):
        part = inner[tuple(slice(None) if i is None else i for i in at)]
        rows.append([*("Total" if i is None else f"c{i}" for i in at), int(np.sum(part))])
    path = folder / "t.csv"
    heading = ",".join([*(f"d{i}" for i in range(inner.ndim)), "count"])
    path.write_text("\n".join([heading, *(",".join(map(str, r)) for r in rows)]) + "\n")
    return round_controlled(read_true(path), base=base)


def adds_up(values: np.ndarray, shape: tuple[int, ...]) -> bool:
    cube = values.reshape([k + 1 for k in shape])
    return all(
        np.array_equal(np.take(cube, range(k), axis).sum(axis), np.take(cube, k, axis))
        for axis, k in enumerate(shape)
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=HEALTH)
@given(
    st.sampled_from([(3, 3), (4, 5), (2, 2, 3)]),
    st.sampled_from([3, 5, 10]),
    st.randoms(use_true_random=False),
)
def test_a_rounded_table_adds_up_next_to_the_truth(tmp_path, shape, base, random) -> None:
    inner = np.array([random.choice([0, 1, 2, 5, 7, 30]) for _ in range(int(np.prod(shape)))])
    done = rounded(tmp_path, inner.reshape(shape), base)
    true = done.table.cells["_low"].to_numpy()
    assert adds_up(done.values, shape)
    assert not (done.values % base).any()
    assert not done.values[true == 0].any()
    if len(shape) == 2:  # Cox (1987): in two dimensions there is always one without going beyond
        assert done.beyond == 0
    if not done.beyond:
        assert np.abs(done.values - true).max() < base
        assert (done.values[true % base == 0] == true[true % base == 0]).all()


def test_of_all_tables_that_add_up_the_nearest_is_taken(tmp_path) -> None:
    inner = np.array([[1, 4], [8, 3]])
    done = rounded(tmp_path, inner, 5)
    true, best = done.table.cells["_low"].to_numpy(), np.inf
    neighbours = [sorted({5 * (n // 5), -5 * (-n // 5)}) for n in true.tolist()]
    for values in product(*neighbours):
        if adds_up(np.array(values), inner.shape):
            best = min(best, np.abs(np.array(values) - true).sum())
    assert np.abs(done.values - true).sum() == pytest.approx(best)


def test_multiples_stay_as_they_are(tmp_path) -> None:
    inner = np.array([[10, 0], [5, 25]])
    done = rounded(tmp_path, inner, 5)
    assert done.moved == 0
