"""Cell-key noise against the algebra of its table and chi-square on 2,000 draws."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.stats import chisquare

from aiqyn.disclosure.cell_key import (
    NoiseTable,
    cell_keys_of_names,
    cell_keys_of_records,
    load_noise_table,
    perturbed,
    record_keys,
)
from aiqyn.disclosure.cell_key.noise_table import greatest_entropy
from aiqyn.errors import InputRefused

SECRET = b"sixteen bytes or more"


@pytest.fixture(scope="module")
def table() -> NoiseTable:
    return load_noise_table()


def test_each_row_has_mean_0_variance_3_and_shows_neither_1_nor_2(table: NoiseTable) -> None:
    assert table.noise.tolist() == list(range(-5, 6))
    assert len(table.chance) == 9
    assert table.chance.sum(axis=1) == pytest.approx(np.ones(9))
    assert table.chance[0, 5] == 1.0
    for count, row in enumerate(table.chance[1:], 1):
        assert row @ table.noise == pytest.approx(0, abs=1e-9)
        assert row @ table.noise**2 == pytest.approx(3)
        shown = count + table.noise
        assert row[(shown < 0) | (shown == 1) | (shown == 2)].sum() == 0


def test_no_row_could_be_more_even(table: NoiseTable) -> None:
    """Greatest entropy under two moments: the logarithms lie on a parabola."""
    for row in table.chance[1:]:
        there = row > 1e-12
        v = table.noise[there].astype(float)
        design = np.column_stack([np.ones_like(v), v, v**2])
        fitted = design @ np.linalg.lstsq(design, np.log(row[there]), rcond=None)[0]
        assert np.log(row[there]) == pytest.approx(fitted, abs=1e-6)


def test_a_small_case_solved_by_hand() -> None:
    """Noise -1, 0, 1 with variance v: v/2 on either side and 1 - v in the middle."""
    told = greatest_entropy(1, 0.5)
    assert told.chance[-1] == pytest.approx([0.25, 0.5, 0.25])


def test_wishes_that_contradict_each_other_are_named() -> None:
    with pytest.raises(ValueError, match="no distribution"):
        greatest_entropy(2, 0.5, unshown=2)  # from 2 to 0 or 3 the variance is 2 at least


@pytest.mark.parametrize("count", [1, 4, 8, 60])
def test_2000_cells_are_spread_as_the_table_says(table: NoiseTable, count: int) -> None:
    keys = cell_keys_of_names(([("cell", str(i))] for i in range(2000)), SECRET)
    drawn = table.draw(np.full(2000, count), keys)
    chance = table.chance[min(count, 8)]
    seen = np.array([(drawn == v).sum() for v in table.noise])
    assert seen[chance == 0].sum() == 0
    likely = chance * 2000 >= 5
    rest = [seen[~likely].sum()], [chance[~likely].sum() * 2000]
    told = np.concatenate([seen[likely], rest[0]]), np.concatenate([chance[likely] * 2000, rest[1]])
    used = told[1] > 0
    assert chisquare(told[0][used], told[1][used]).pvalue > 0.001


def test_the_same_persons_get_the_same_noise_under_any_heading(table: NoiseTable) -> None:
    rng = np.random.default_rng(1)
    people = pl.DataFrame(
        {
            "id": [f"p{i}" for i in range(300)],
            "region": rng.choice(["A", "B", "C"], 300),
            "sex": rng.choice(["f", "m"], 300),
        }
    ).with_columns(part=pl.col("region").replace({"A": "north", "B": "south", "C": "south"}))
    one = perturbed(cell_keys_of_records(people, ["region", "sex"], "id", SECRET), table)
    turned = people.reverse().rename({"region": "oblast"})
    two = perturbed(cell_keys_of_records(turned, ["part", "sex"], "id", SECRET), table)
    north = two.filter(part="north").sort("sex")["n"].to_list()
    assert one.filter(region="A").sort("sex")["n"].to_list() == north
    other = perturbed(cell_keys_of_records(people, ["region", "sex"], "id", SECRET[::-1]), table)
    assert one["n"].to_list() != other["n"].to_list()


def test_a_zero_stays_a_zero(table: NoiseTable) -> None:
    keys = record_keys(map(str, range(500)), SECRET)
    assert not table.draw(np.zeros(500, dtype=np.int64), keys).any()


def test_a_secret_that_can_be_tried_out_is_refused() -> None:
    with pytest.raises(InputRefused, match="DISC-028"):
        record_keys(["a"], b"2025")
