"""Ratios to R: the right record is taken, a short run is scaled, a missing one is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from benches.against_r import TASKS, Task, against_r, seconds_of_r
from benches.measures import limits

STEPWISE = Task("stepwise", "1,000 replicates", "r_bca", "pthresh=0.02", "R")


def record(**parts: object) -> dict[str, object]:
    usual = {"dataset": "UKdat_5", "method": "r_bca", "settings": "pthresh=0.02; nboot=1000"}
    return {**usual, "cpu_seconds": 70.0, **parts}


def test_a_short_run_of_r_is_scaled_to_a_thousand_replicates() -> None:
    assert seconds_of_r(STEPWISE, [record()]) == 70
    short = record(settings="pthresh=0.02; nboot=100", cpu_seconds=15.9)
    assert seconds_of_r(STEPWISE, [short]) == pytest.approx(159)


@pytest.mark.parametrize(
    "other",
    [{"dataset": "Korea"}, {"method": "r"}, {"settings": "pthresh=0.001"}, {"cpu_seconds": None}],
)
def test_a_record_of_something_else_is_passed_over(other: dict[str, object]) -> None:
    assert seconds_of_r(STEPWISE, [record(**other)]) is None
    assert seconds_of_r(STEPWISE, [record(**other), record()]) == 70


def test_without_the_recorded_results_the_rows_are_skipped_with_the_reason(tmp_path: Path) -> None:
    (row,) = against_r(tmp_path)
    assert row.verdict == "skipped"
    assert "expected.json" in row.why


def test_every_task_has_a_limit_and_every_ratio_one_below_one() -> None:
    for task in TASKS:
        assert 0 < limits()["estimates"][task.kind] < (1 if task.package else 200)


def test_every_task_has_its_record_of_r(shared: Path) -> None:
    import json

    text = (shared / "golden" / "mse" / "expected.json").read_text(encoding="utf-8")
    records = json.loads(text)["records"]
    assert all(seconds_of_r(task, records) for task in TASKS if task.package)
