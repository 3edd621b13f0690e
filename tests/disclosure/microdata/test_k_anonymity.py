"""Groups of rows: counted by hand on small tables, and on the file that CTDC published."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.disclosure.microdata import (
    attribute_risk,
    k_anonymity,
    k_anonymity_of_file,
    suppress_locally,
)
from aiqyn.errors import AnswerRefused, InputRefused

KEYS = ("a", "b", "c")
Row = tuple[str | None, ...]
ROWS = st.lists(st.tuples(*[st.sampled_from([None, "x", "y", "z"])] * 3), min_size=6, max_size=24)


def frame(rows: Sequence[Row], keys: Sequence[str] = KEYS) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(keys, pl.String), orient="row")


def by_hand(rows: Sequence[Row], ways: int) -> list[tuple[tuple[int, ...], int, int, int]]:
    """(keys, row, rows equal to it, rows that fit it) for all sets of up to `ways` keys."""
    found = []
    for size in range(1, ways + 1):
        for at in combinations(range(len(rows[0])), size):
            for i, row in enumerate(rows):
                mine = [row[j] for j in at]
                if any(v is not None for v in mine):
                    others = [[other[j] for j in at] for other in rows]
                    same = sum(other == mine for other in others)
                    fits = sum(
                        all(a == b or None in (a, b) for a, b in zip(mine, other, strict=True))
                        for other in others
                    )
                    found.append((at, i, same, fits))
    return found


@settings(max_examples=150, deadline=None)
@given(ROWS, st.integers(1, 4), st.integers(1, 3))
def test_groups_are_counted_as_by_hand_a_missing_value_either_way(
    rows: list[Row], k: int, ways: int
) -> None:
    told, truth = k_anonymity(frame(rows), KEYS, k, ways=ways), by_hand(rows, ways)
    assert told.smallest == min((same for _, _, same, _ in truth), default=None)
    assert told.below == len({i for _, i, same, _ in truth if same < k})
    assert told.below_wildcard == len({i for _, i, _, fits in truth if fits < k})
    assert told.smallest_wildcard == min((fits for *_, fits in truth), default=None)


@settings(max_examples=150, deadline=None)
@given(ROWS, st.integers(2, 5), st.integers(1, 3))
def test_what_is_left_is_k_anonymous_and_none_of_it_was_invented(
    rows: list[Row], k: int, ways: int
) -> None:
    made = suppress_locally(frame(rows), KEYS, k, ways=ways)
    left = list(made.records.iter_rows())
    assert all(same >= k and fits >= k for _, _, same, fits in by_hand(left, ways))
    assert made.check.holds
    assert all(new in (old, None) for r, s in zip(rows, left, strict=True)
               for old, new in zip(r, s, strict=True))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(2, 4), st.integers(1, 3))
def test_no_single_value_could_have_been_left_in(rows: list[Row], k: int, ways: int) -> None:
    left = [list(row) for row in suppress_locally(frame(rows), KEYS, k, ways=ways).records.rows()]
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None and left[i][j] is None:
                left[i][j] = value
                assert any(same < k for _, _, same, _ in by_hand(list(map(tuple, left)), ways))
                left[i][j] = None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from("uv")), min_size=4, max_size=6))
def test_it_takes_at_most_twice_the_fewest_values_on_tables_small_enough_to_try_all(
    rows: list[tuple[str, str]],
) -> None:
    keys = ("a", "b")
    made = suppress_locally(frame(rows, keys), keys, 2)
    cells = [(i, j) for i in range(len(rows)) for j in range(2)]
    fewest = next(
        size
        for size in range(len(cells) + 1)
        for out in combinations(cells, size)
        if all(same >= 2 for _, _, same, _ in by_hand(_without(rows, out), 2))
    )
    assert fewest <= sum(made.taken.values()) <= 2 * fewest


def _without(rows: Sequence[Row], out: Sequence[tuple[int, int]]) -> list[Row]:
    gone = set(out)
    return [
        tuple(None if (i, j) in gone else v for j, v in enumerate(r)) for i, r in enumerate(rows)
    ]


def test_a_file_that_is_anonymous_already_loses_nothing() -> None:
    rows = [("x", "y", "z")] * 5 + [("x", None, "z")] * 5
    made = suppress_locally(frame(rows), KEYS, 5)
    assert list(made.records.iter_rows()) == rows
    assert made.kept == 1.0


def test_the_column_that_is_dear_is_kept_where_another_can_go() -> None:
    rows = [("x", "y", "z")] * 4 + [("x", "q", "r")]
    first = suppress_locally(frame(rows), KEYS, 2, importance={"b": 5, "c": 5})
    second = suppress_locally(frame(rows), KEYS, 2, ways=1, importance={"b": 5})
    assert first.check.holds
    assert second.taken["a"] == 0


def test_a_written_file_is_read_again_and_an_empty_cell_is_missing(tmp_path: Path) -> None:
    made = suppress_locally(frame([("x", "y", "z")] * 3 + [("x", "y", "w")]), KEYS, 2)
    made.records.write_csv(tmp_path / "out.csv")
    made.records.write_parquet(tmp_path / "out.parquet")
    for name in ("out.csv", "out.parquet"):
        assert k_anonymity_of_file(tmp_path / name, KEYS, 2) == made.check


@pytest.mark.shared
def test_the_published_file_of_ctdc_is_11_anonymous_on_its_seven_columns(shared: Path) -> None:
    """CTDC states k = 11; the file was not made by us."""
    file = shared / "data" / "ctdc" / "ctdc_kanonymised_apr2020_7cols.csv.gz"
    records = pl.read_csv(file, infer_schema=False)
    told = k_anonymity(records, records.columns, 11)
    assert (told.rows, told.smallest, told.holds) == (48_773, 11, True)
    assert not k_anonymity(records, records.columns, 12).holds
    assert sum(suppress_locally(records, records.columns, 11).taken.values()) == 0


@pytest.mark.shared
def test_the_synthetic_file_of_ctdc_made_anonymous_keeps_most_of_it(shared: Path) -> None:
    """notes: three-way local suppression with k = 10 keeps 96.6 % of 50,000 rows by 15 columns."""
    file = shared / "data" / "ctdc" / "ctdc_global_synthetic_2002_2021.csv.gz"
    records = pl.read_csv(file, infer_schema=False).head(5_000)
    keys = records.columns[:6]
    made = suppress_locally(records, keys, 5, ways=3)
    assert made.check.holds
    assert made.kept > 0.8


def test_the_column_that_makes_rows_unique_is_named_first() -> None:
    rows = [("x", str(i), "z" if i % 2 else "w") for i in range(20)]
    told = attribute_risk(frame(rows), KEYS, 2)
    assert told.at_risk == 20
    assert told.contributions["column"][0] == "b"
    assert told.contributions["relieved"][0] == 20
    assert told.contributions.filter(column="a")["relieved"].item() == 0
    assert "“b”" in told.text("en")


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(2, 4), st.integers(1, 3))
def test_risk_without_a_column_is_the_risk_of_the_file_without_it(
    rows: list[Row], k: int, ways: int
) -> None:
    told = attribute_risk(frame(rows), KEYS, k, ways=ways)
    for column, _, without, _ in told.contributions.iter_rows():
        others = [key for key in KEYS if key != column]
        assert without == k_anonymity(frame(rows), others, k, ways=ways).below


def test_what_cannot_be_asked_is_refused() -> None:
    rows = frame([("x", "y", "z")] * 3)
    for keys, k, code in ((("q",), 2, "DISC-203"), ((), 2, "DISC-203"), (KEYS, 0, "DISC-204")):
        with pytest.raises(InputRefused) as refusal:
            k_anonymity(rows, keys, k)
        assert refusal.value.code == code
    with pytest.raises(AnswerRefused) as small:
        suppress_locally(rows, KEYS, 4)
    assert small.value.code == "DISC-205"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_each_result_speaks_three_languages_and_json(lang: str) -> None:
    made = suppress_locally(frame([("x", "y", "z")] * 3 + [("x", "y", "w")]), KEYS, 2)
    assert made.text(lang)
    assert made.to_json()["check"]["holds"] is True
    assert "x" not in repr(made)
