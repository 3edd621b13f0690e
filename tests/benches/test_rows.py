"""The table of measured numbers: what is over its limit is said, what was skipped says why."""

from __future__ import annotations

import json

import pytest
from benches.rows import Row, as_json, as_text, failed, ratio, skipped


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row("time", 10.9, "×", 11), "ok"),
        (Row("time", 11.0, "×", 11), "ok"),
        (Row("time", 11.1, "×", 11), "over"),
        (Row("time", 3.0, "s"), "-"),
        (skipped("time", "no file"), "skipped"),
        (failed("time", "ended with code 1"), "failed"),
    ],
)
def test_a_number_is_judged_by_its_limit(row: Row, verdict: str) -> None:
    assert row.verdict == verdict


def test_a_ratio_is_large_over_small_and_never_divides_by_nothing() -> None:
    assert ratio("growth", 44.0, 4.0, 11).value == 11
    assert ratio("growth", 44.0, 0.0, 11).verdict == "skipped"


def test_every_row_has_its_line_and_the_reason_of_a_skipped_one_stands_there() -> None:
    text = as_text([Row("build: peak", 2500.0, "MB", 2048), skipped("check", "no such file")])
    heading, over, missing = text.splitlines()
    assert heading.split() == ["what", "value", "unit", "limit", "verdict"]
    assert over.split() == ["build:", "peak", "2,500", "MB", "2,048", "over"]
    assert missing.endswith("skipped  no such file")


def test_the_json_holds_value_limit_and_verdict() -> None:
    told = json.loads(as_json([Row("build", 2.5, "s", 2.0)], {"cores": 2}))
    assert told["machine"] == {"cores": 2}
    assert told["rows"] == [
        {
            "what": "build",
            "value": 2.5,
            "unit": "s",
            "limit": 2.0,
            "why": "",
            "failed": False,
            "verdict": "over",
        }
    ]
