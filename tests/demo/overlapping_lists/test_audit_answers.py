"""A searcher's answers, from the truth or with errors of a known rate."""

from __future__ import annotations

import math
import stat
from pathlib import Path

import polars as pl
import pytest

from aiqyn.demo.overlapping_lists import Truth, answer_audit, write_lists


def _audit(truth: Truth, file: Path, n: int = 800) -> Path:
    told = truth.records.filter(~pl.col("sealed")).head(n).select("list", "record_id")
    told.with_columns(pl.lit("surname").alias("shown"), pl.lit(None).alias("answer")).write_csv(
        file
    )
    return file


def _answers(file: Path) -> list[tuple[str, str, set[str]]]:
    told = pl.read_csv(file, infer_schema=False)
    assert told.columns == ["list", "record_id", "shown", "answer"]
    return [
        (a, b, set() if answer == "none" else set(answer.split(";")))
        for a, b, answer in told.select("list", "record_id", "answer").iter_rows()
    ]


def _others(truth: Truth) -> dict[tuple[str, str], set[str]]:
    """Every other open record of the person of a record, the slow and plain way."""
    of: dict[int, set[str]] = {}
    rows = truth.records.filter(~pl.col("sealed")).select("person", "list", "record_id")
    for person, name, record in rows.iter_rows():
        of.setdefault(person, set()).add(f"{name}:{record}")
    return {(name, record): of[p] - {f"{name}:{record}"} for p, name, record in rows.iter_rows()}


def test_a_perfect_searcher_finds_every_other_record(first: Truth, tmp_path: Path) -> None:
    file = answer_audit(_audit(first, tmp_path / "audit.csv"), first)
    others = _others(first)
    told = _answers(file)
    assert len(told) == 800
    assert all(answer == others[name, record] for name, record, answer in told)
    assert {len(answer) for *_, answer in told} >= {0, 1, 2}


def test_the_answers_are_for_the_owner_only_and_may_stand_elsewhere(
    first: Truth, tmp_path: Path
) -> None:
    asked = _audit(first, tmp_path / "audit.csv")
    file = answer_audit(asked, first, tmp_path / "answered.csv")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert pl.read_csv(asked)["answer"].null_count() == 800


def test_a_searcher_errs_as_often_as_told(first: Truth, tmp_path: Path) -> None:
    asked = _audit(first, tmp_path / "audit.csv", 4_000)
    told = _answers(answer_audit(asked, first, missed=0.2, wrong=0.05))
    others = _others(first)
    n = sum(len(others[name, record]) for name, record, _ in told)
    missed = sum(len(others[name, record] - answer) for name, record, answer in told)
    wrong = sum(len(answer - others[name, record]) for name, record, answer in told)
    assert abs(missed - 0.2 * n) < 4.5 * math.sqrt(0.16 * n)
    assert abs(wrong - 0.05 * 4_000) < 4.5 * math.sqrt(0.0475 * 4_000)


def test_the_same_seed_gives_the_same_errors(first: Truth, tmp_path: Path) -> None:
    asked = _audit(first, tmp_path / "audit.csv")
    made = [
        answer_audit(asked, first, tmp_path / f"{i}.csv", missed=0.3, seed=seed).read_bytes()
        for i, seed in enumerate((1, 1, 2))
    ]
    assert made[0] == made[1] != made[2]


def test_sealed_records_are_in_no_answer(tmp_path: Path) -> None:
    truth = write_lists(tmp_path / "lists", persons=3_000, sealed=0.3)
    told = _answers(answer_audit(_audit(truth, tmp_path / "audit.csv", 2_000), truth))
    others = _others(truth)
    assert all(answer == others[name, record] for name, record, answer in told)
    hidden = truth.records.filter("sealed").select(pl.concat_str("list", pl.lit(":"), "record_id"))
    assert set().union(*(answer for *_, answer in told)).isdisjoint(hidden.to_series())


def test_a_record_of_no_list_is_not_answered(first: Truth, tmp_path: Path) -> None:
    file = tmp_path / "audit.csv"
    file.write_text("list,record_id,answer\npolice,none-such,\n")
    with pytest.raises(ValueError, match="not in the lists"):
        answer_audit(file, first)
