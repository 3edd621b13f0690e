"""Parts scaled and rounded always add up to the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.estimates.subgroups.agreement import rounded_to_sum, scaled_to

numbers = st.lists(st.floats(0, 1e6), min_size=1, max_size=20)


@given(numbers, st.sampled_from([1, 10]))
def test_rounded_parts_add_up_to_the_rounded_sum_and_none_moves_by_a_step(values, step):
    rounded = rounded_to_sum(values, step)
    assert abs(sum(rounded) - sum(values)) <= step / 2 + 1e-6
    assert all(abs(r - v) < step + 1e-6 for r, v in zip(rounded, values, strict=True))
    assert all(r % step == 0 and r >= 0 for r in rounded)


def test_scaled_parts_have_the_whole_of_their_own_draw_and_keep_their_proportions():
    dark = np.array([[10.0, 30.0], [5.0, 5.0], [1.0, np.inf]])
    scaled = scaled_to(dark, np.array([80.0, 20.0, 9.0]))
    assert scaled[:2].sum(axis=1) == pytest.approx([80, 20])
    assert scaled[0] == pytest.approx([20, 60])
    assert np.isinf(scaled[2]).all()
