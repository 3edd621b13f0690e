"""Clerical review: a blind queue, two readers, a third where they differ."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from aiqyn.errors import InputRefused
from aiqyn.linkage.lists import SHOWN
from aiqyn.linkage.review.decisions import kappa, read_decisions, reviewed
from aiqyn.linkage.review.queue import draw_queue, for_reader


def _records() -> pl.DataFrame:
    base = pl.DataFrame({c: pl.Series([None] * 4, dtype=pl.String) for c in SHOWN})
    return base.with_columns(
        pl.Series("record", [0, 1, 2, 3]),
        pl.Series("list", ["a", "a", "b", "b"]),
        pl.Series("record_id", ["1", "2", "1", "2"]),
        pl.Series("sealed", [False, False, False, True]),
    )


PAIRS = pl.DataFrame(
    {"left": [0, 0, 1, 2], "right": [2, 1, 2, 3], "probability": [0.4, 0.99, 0.6, 0.5]}
)


def test_the_queue_holds_pairs_in_doubt_and_tells_no_probability_and_nothing_sealed() -> None:
    queue = draw_queue(_records(), PAIRS, (0.05, 0.95), 99, seed=1)
    ends = set(zip(queue["record_id_1"], queue["record_id_2"], strict=True))
    assert ends == {("1", "1"), ("2", "1")}
    assert not any("prob" in c or "sealed" in c for c in queue.columns)
    assert for_reader(queue, 1, 1).sort("pair").equals(for_reader(queue, 2, 1).sort("pair"))


def test_no_pair_in_doubt_is_said() -> None:
    with pytest.raises(InputRefused, match="LINK-015"):
        draw_queue(_records(), PAIRS, (0.991, 0.995), 5, seed=1)


def test_kappa_is_cohens_own_example() -> None:
    """Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, the 2 x 2 of 50 grants:
    20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no give kappa 0.40."""
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert kappa(first, second) == pytest.approx(0.4)
    assert kappa(["y"], ["y"]) is None


def _read(folder: Path, name: str, decisions: list[str]) -> pl.DataFrame:
    rows = [f"{i},a,{i},b,{i},{d}" for i, d in enumerate(decisions, 1)]
    file = folder / f"{name}.csv"
    head = "pair,list_1,record_id_1,list_2,record_id_2,decision"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return read_decisions(file)


def test_what_two_readers_differ_in_goes_to_a_third(tmp_path: Path) -> None:
    first = _read(tmp_path, "1", ["same", "Да", "different", "not sure"])
    second = _read(tmp_path, "2", ["same", "жоқ", "нет", "not sure"])
    two = reviewed(first, second, None)
    assert two.open == (2, 4)
    assert two.decided["decision"].to_list() == ["same", "different"]
    third = _read(tmp_path, "3", ["", "same", "", "not sure"])
    three = reviewed(first, second, third)
    assert three.open == (4,)
    assert three.to_json()["same"] == 2


def test_a_word_that_is_no_decision_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        _read(tmp_path, "1", ["same", "perhaps"])
    assert (refused.value.code, refused.value.slots["row"]) == ("LINK-017", 3)
