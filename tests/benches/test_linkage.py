"""The bench of linkage: raw text as the lower mark, and rows that judge what is missing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from benches.linkage import error_rows
from benches.linkage_work import lists, score_persons
from benches.raw_text_link import link

from aiqyn.demo.overlapping_lists import cluster_scores, read_truth

PERFECT = {"precision": 1.0, "recall": 1.0, "f1": 1.0, "exact": 1.0, "observed_difference": 0.0}


def _verdicts(f1: float, raw: float, size: int) -> dict[str, str]:
    scores = {"counting": {**PERFECT, "f1": f1}, "casework": PERFECT}
    rows = error_rows("link", size, scores, {**PERFECT, "f1": raw})
    return {row.what: row.verdict for row in rows if row.verdict != "-"}


@pytest.mark.parametrize(
    ("f1", "size", "verdict"),
    [(0.925, 20_000, "ok"), (0.915, 20_000, "over"), (0.9, 200_000, "ok"), (0.88, 200_000, "over")],
)
def test_what_is_missing_of_f1_is_judged_by_size(f1: float, size: int, verdict: str) -> None:
    assert _verdicts(f1, 0.5, size)["link: 1 − F1"] == verdict


def test_normal_forms_that_are_worth_too_little_are_said() -> None:
    assert _verdicts(0.95, 0.6, 20_000)["link: F1 of raw text − F1"] == "ok"
    assert _verdicts(0.95, 0.7, 20_000)["link: F1 of raw text − F1"] == "over"


def test_a_linkage_of_raw_text_that_failed_is_said() -> None:
    *_, last = error_rows("link", 20_000, {"counting": PERFECT, "casework": PERFECT}, None)
    assert last.verdict == "failed"


def test_found_persons_are_scored_from_the_folder_of_the_verb(tmp_path: Path) -> None:
    lists(str(tmp_path / "lists"), "2000", "second", "5")
    truth = read_truth(tmp_path / "lists").records
    (tmp_path / "out").mkdir()
    truth.select(
        "list",
        "record_id",
        pl.col("person").alias("person_id"),
        pl.int_range(pl.len()).alias("case_person_id"),
    ).write_parquet(tmp_path / "out" / "persons.parquet")
    told = score_persons(str(tmp_path / "lists"), str(tmp_path / "out"))
    assert told["counting"] == PERFECT
    assert told["casework"]["recall"] == 0
    assert told["casework"]["precision"] == 1


@pytest.mark.filterwarnings("ignore")
def test_raw_text_links_some_and_leaves_what_is_spelled_otherwise(tmp_path: Path) -> None:
    """The trial before this project measured F1 .52 for raw text on lists of the kind."""
    lists(str(tmp_path), "5000", "first", "6")
    truth = read_truth(tmp_path)
    scores = cluster_scores(truth.records, link(truth.files))
    assert scores.records == truth.records.height
    assert 0.35 < scores.f1 < 0.7
    assert scores.recall < scores.precision
