"""``aiqyn estimate --by`` and ``--years``: the fields, the languages and the exit code."""

from __future__ import annotations

import json

import pytest

from aiqyn.cli.estimate import estimate_of_file, exit_code
from aiqyn.errors import UsageRefused

ROWS = """\
2020,1,0,0,90
2020,0,1,0,70
2020,0,0,1,60
2020,1,1,0,14
2020,1,0,1,12
2020,0,1,1,9
2020,1,1,1,3
2021,1,0,0,120
2021,0,1,0,95
2021,0,0,1,70
2021,1,1,0,25
2021,1,0,1,20
2021,0,1,1,17
2021,1,1,1,6
"""


@pytest.fixture
def file(csv_file):
    return csv_file("year,police,ngo,shelter,count\n" + ROWS)


def test_groups_stand_beside_the_estimate_of_the_table(file):
    answer = estimate_of_file(file, by="year", boot=40)
    json.loads(json.dumps(answer, allow_nan=False))
    by = answer["by"]
    assert answer["lists"] == ["police", "ngo", "shelter"]
    assert answer["observed"] == by["sum"]["observed"] == 611
    assert [s["code"] for s in by["strata"]] == ["2020", "2021"]
    assert sum(s["estimate"] for s in by["strata"]) == by["sum"]["estimate"]
    assert exit_code(answer) == 0


def test_a_column_called_year_is_split_into_crime_and_detection(file):
    answer = estimate_of_file(file, by="year", boot=40)
    (change,) = answer["change"]
    assert (change["from"], change["to"]) == ("2020", "2021")
    ratio = change["crime"]["ratio"] * change["detection"]["ratio"]
    assert ratio == pytest.approx(change["counts"]["ratio"])
    assert [d["code"] for d in answer["detection_probability"]] == ["2020", "2021"]


def test_other_groups_are_not_years(csv_file):
    other = csv_file("group,A,B,C,count\n" + ROWS.replace("2020", "f").replace("2021", "m"))
    assert "change" not in estimate_of_file(other, by="group", boot=0)
    with pytest.raises(UsageRefused, match="EST-079"):
        estimate_of_file(other, by="group", years="A")


def test_scaled_to_the_table_the_groups_sum_to_the_estimate_printed_above_them(file):
    answer = estimate_of_file(file, years="year", whole="table", boot=40)
    assert answer["by"]["sum"]["estimate"] == pytest.approx(answer["results"][0]["estimate"])


def test_groups_that_are_refused_leave_the_results_and_exit_with_four(csv_file):
    rows = "f,1,0,0,9\nf,0,1,0,8\nm,1,0,0,7\nm,0,0,1,6\n"
    answer = estimate_of_file(csv_file("sex,A,B,C,count\n" + rows), by="sex")
    assert answer["by"]["refused"]
    assert answer["by"]["why"]["code"] == "EST-020"
    assert exit_code(answer) == 4


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_each_language_tells_the_groups_and_the_change(file, lang):
    text = estimate_of_file(file, by="year", boot=40, lang=lang)["text"]
    assert "2021" in text
    assert "{" not in text
    assert ("rose or fell" in text) == (lang == "en")
