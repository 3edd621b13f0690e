"""A file that copies its persons is caught; one that never saw them is not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from aiqyn.disclosure.microdata import coincidence
from aiqyn.errors import InputRefused

COLUMNS = tuple("abcdefgh")


def people(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """Rows from a population: a latent kind decides how likely each code is."""
    kind = rng.integers(0, 4, n)
    drawn = (rng.random((n, len(COLUMNS))) ** (1 + kind[:, None]) * 6).astype(int)
    return pl.DataFrame({c: drawn[:, i].astype(str) for i, c in enumerate(COLUMNS)})


def test_a_file_that_copies_a_tenth_of_its_persons_is_caught() -> None:
    rng = np.random.default_rng(1)
    training, control, fresh = (people(rng, 1_500) for _ in range(3))
    released = pl.concat([training.head(150), fresh.head(1_350)])
    told = coincidence(released, training, control, COLUMNS)
    assert told.tells
    assert told.unique_training >= 100 > told.unique_control
    assert told.low > 0.5


def test_a_file_that_knows_neither_half_is_seldom_accused() -> None:
    """5 % of quiet files at most; 60 trials, so 8 or more would be chance below 1 in 100."""
    accused = 0
    for seed in range(60):
        rng = np.random.default_rng([2026, seed])
        accused += coincidence(*(people(rng, 300) for _ in range(3)), COLUMNS).tells
    assert accused < 8


def test_the_nearest_row_is_the_one_found_by_looking_at_each() -> None:
    rng = np.random.default_rng(3)
    released, training, control = (people(rng, n) for n in (250, 60, 60))
    told = coincidence(released, training, control, COLUMNS)
    away = [
        [min(sum(x != y for x, y in zip(r, o, strict=True)) for o in half.iter_rows())
         for r in released.iter_rows()]
        for half in (training, control)
    ]  # fmt: skip
    assert told.distance_training == pytest.approx(np.mean(away[0]))
    assert told.distance_control == pytest.approx(np.mean(away[1]))
    assert told.nearer_training == sum(a < b for a, b in zip(*away, strict=True))
    assert told.nearer_control == sum(b < a for a, b in zip(*away, strict=True))


def test_a_missing_value_equals_a_missing_value() -> None:
    rows = pl.DataFrame({"a": ["1", None], "b": [None, "2"]})
    told = coincidence(rows, rows, rows, ("a", "b"))
    assert (told.unique_training, told.unique_control) == (2, 2)
    assert not told.tells
    assert (told.share_nearer, told.low, told.high) == (0.5, 0.0, 1.0)


def test_a_sample_asks_for_chance_and_halves_must_be_halves() -> None:
    rng = np.random.default_rng(4)
    a, b = people(rng, 100), people(rng, 100)
    with pytest.raises(ValueError, match="rng"):
        coincidence(a, a, b, COLUMNS, sample=10)
    assert coincidence(a, a, b, COLUMNS, sample=10, rng=rng).rows == 10
    with pytest.raises(InputRefused) as refusal:
        coincidence(a, a, b.head(50), COLUMNS)
    assert refusal.value.code == "DISC-206"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_it_says_so_in_three_languages(lang: str) -> None:
    rng = np.random.default_rng(5)
    told = coincidence(*(people(rng, 100) for _ in range(3)), COLUMNS)
    assert told.text(lang)
    assert set(told.to_json()) == {"rows", "unique", "nearest", "tells"}
