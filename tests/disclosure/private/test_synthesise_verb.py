"""The verb as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

FIELDS = {"rows", "epsilon", "delta", "spent", "tv", "gate", "why"}


@pytest.fixture
def desk(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    codes: dict[str, list[str]],
    invented: Callable[[int], pl.DataFrame],
) -> Path:
    """A folder with 300 rows, 6,000 rows and the codes of their columns."""
    monkeypatch.chdir(tmp_path)
    Path("codes.json").write_text(json.dumps(codes))
    invented(300).write_csv("small.csv")
    invented(6_000).write_parquet("large.parquet")
    return tmp_path


def test_300_rows_end_with_4_the_reason_and_a_way_out(
    typed: Callable[..., Any], desk: Path
) -> None:
    words = ("synthesise", "small.csv", "--epsilon", "1", "--domain", "codes.json")
    said = typed(*words, "--out", "open.csv", "--json")
    assert said.code == 4
    assert said.json.keys() >= FIELDS
    assert said.json["gate"] == "refused"
    assert said.json["tv"] == {"1": None, "2": None, "3": None}
    assert 0 < said.json["spent"] < 0.2
    assert not list(desk.glob("open*"))
    for lang in ("kk", "ru", "en"):
        told = typed(*words, "--out", "open.csv", "--lang", lang)
        assert "aiqyn protect" in told.out


def test_a_column_without_a_list_ends_with_3(typed: Callable[..., Any], desk: Path) -> None:
    said = typed("synthesise", "small.csv", "--epsilon", "1", "--out", "open.csv", "--json")
    assert said.code == 3
    assert said.json["error"]["code"] in ("DISC-103", "DISC-105")
    assert not list(desk.glob("*ledger*"))


def test_an_exhausted_budget_ends_with_5(typed: Callable[..., Any], desk: Path) -> None:
    words = ("synthesise", "small.csv", "--epsilon", "1", "--domain", "codes.json")
    said = typed(*words, "--out", "open.csv", "--budget", "0.5")
    assert said.code == 5
    assert "DISC-111" in said.err


@pytest.mark.parametrize("wrong", [("--epsilon", "-1"), ("--epsilon", "1", "--delta", "2")])
def test_a_budget_that_is_none_ends_with_2(
    typed: Callable[..., Any], desk: Path, wrong: tuple[str, ...]
) -> None:
    assert typed("synthesise", "small.csv", "--out", "a.csv", *wrong).code == 2
    assert typed("synthesise", "small.csv", "--out", "small.csv", "--epsilon", "1").code == 2


def test_a_larger_file_leaves_and_comes_again_unchanged(
    typed: Callable[..., Any], desk: Path
) -> None:
    words = ("synthesise", "large.parquet", "--epsilon", "2", "--domain", "codes.json")
    said = typed(*words, "--out", "open.parquet", "--json")
    assert said.code == 0, said.err
    assert said.json.keys() >= FIELDS
    assert said.json["rows"] == pl.read_parquet("open.parquet").height
    assert said.json["tv"]["1"] < said.json["tv"]["2"] < said.json["tv"]["3"] < 0.1
    assert said.json["spent"] <= 2
    assert Path("open.parquet.marginals.csv").is_file()
    before = Path("open.parquet").read_bytes()
    again = typed(*words, "--out", "copy.parquet", "--release", "open.parquet", "--json")
    assert (again.code, again.json["drawn"]) == (0, False)
    assert Path("copy.parquet").read_bytes() == before
