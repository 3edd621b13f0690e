"""Suppressed counts are read as ranges, and every answer says what is not known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aiqyn import words
from aiqyn.cli.estimate import estimate_of_file
from aiqyn.errors import InputRefused
from aiqyn.estimates import CaptureTable, Options, hidden_number
from aiqyn.estimates.interval_cells.marks import bounds
from aiqyn.estimates.interval_cells.table import IntervalTable, table_of_bounds
from aiqyn.estimates.tables.table_files import read_counts

TEXT = "a,b,c,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,<5\n0,1,1,1-4\n1,0,1,6\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<5", (0, 4)),
        ("< 3", (0, 2)),
        ("≤4", (0, 4)),
        ("<=4", (0, 4)),
        ("1-4", (1, 4)),
        ("10–19", (10, 19)),
        ("<0", None),
        ("4-1", None),
        ("x", None),
        (">5", None),
        ("0-5000", None),
        ("17", None),
    ],
)
def test_a_mark_means_its_range_and_no_other(cell, expected):
    assert bounds(cell) == expected


def test_a_table_with_marks_is_read_with_its_fewest_and_most_persons(file):
    table = read_counts(file)
    assert isinstance(table, IntervalTable)
    assert (table.observed, table.observed_high) == (40 + 30 + 20 + 0 + 1 + 6, 96 + 4 + 4)
    assert len(table.suppressed) == 2


def test_a_range_of_one_number_is_that_number(file):
    file.write_text(TEXT.replace("<5", "<1").replace("1-4", "4-4"), encoding="utf-8")
    table = read_counts(file)
    assert isinstance(table, CaptureTable)
    assert table.observed == 100


def test_the_ranges_of_one_history_add_up():
    table = table_of_bounds("t", "ab", [(1, 9, 9), (2, 9, 9), (3, 0, 4), (3, 1, 4), (3, 2, 2)])
    assert isinstance(table, IntervalTable)
    assert (table.low[3], table.high[3]) == (3, 10)


def test_a_list_of_which_nobody_is_certain_is_refused(file):
    file.write_text("a,b,c,count\n1,0,0,9\n0,1,0,9\n1,1,0,3\n0,0,1,<5\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refusal:
        read_counts(file)
    assert refusal.value.code == "EST-061"
    assert "c" in refusal.value.slots["lists"]


@pytest.mark.parametrize("change", [("0,0,1,20", "0,0,0,<5"), ("a,b,c", "a,b,b")])
def test_what_is_refused_of_a_full_table_is_refused_of_a_suppressed_one(file, change):
    file.write_text(TEXT.replace(*change), encoding="utf-8")
    with pytest.raises(InputRefused) as refusal:
        read_counts(file)
    assert refusal.value.code in {"EST-007", "EST-004"}


def test_every_answer_says_how_many_cells_and_persons_are_unknown(file):
    answer = estimate_of_file(file, methods=["all"], boot=20)
    assert (answer["observed_low"], answer["observed_high"]) == (97, 104)
    assert answer["observed"] == 97
    answered = [r for r in answer["results"] if not r["refused"]]
    assert {r["method"] for r in answered} >= {"stepwise", "bic", "bic-average", "chao"}
    for result in answered:
        told = {c["code"]: c["text"] for c in result["cautions"]}
        assert "cells: 2" in told["EST-160"]
        assert "7 more persons" in told["EST-160"]
        assert ("EST-161" in told) == (result["method"] == "chao")
    codes = {r["why"]["code"] for r in answer["results"] if r["refused"]}
    assert codes == {"EST-062"}
    json.dumps(answer, allow_nan=False)


def test_the_answer_of_a_full_table_has_one_number_observed(file):
    file.write_text(TEXT.replace("<5", "3").replace("1-4", "2"), encoding="utf-8")
    answer = estimate_of_file(file, boot=0)
    assert answer["observed"] == answer["observed_low"] == answer["observed_high"] == 101
    assert "EST-160" not in {c["code"] for c in answer["results"][0]["cautions"]}


def test_the_caution_and_the_refusals_are_said_in_three_languages(file):
    found = hidden_number(read_counts(file), ["stepwise", "decomposable"], Options(boot=0))
    for lang in words.LANGUAGES:
        assert "{" not in found.text(lang)
        assert "decomposable" in found.results[1].text(lang)


def test_the_codes_of_existence_are_those_of_the_fewest_persons(file):
    codes = estimate_of_file(file, boot=0, models=True)["existence"]
    file.write_text(TEXT.replace("<5", "0").replace("1-4", "1"), encoding="utf-8")
    assert codes == estimate_of_file(file, boot=0, models=True)["existence"]
