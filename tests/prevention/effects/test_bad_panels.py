"""A panel that cannot be used is refused with the reason and what would help."""

from __future__ import annotations

import csv
import json

import pytest

pytest.importorskip("diff_diff", reason="the extra aiqyn[effects] is not installed")

START = {"A": "2022", "B": "2023"}
HEAD = ["area", "year", "persons", "start"]


def rows(areas="ABCDEF", years=range(2019, 2026)):
    return [
        [a, str(y), str(20 + 3 * i + (y * (i + 2)) % 5), START.get(a, "")]
        for i, a in enumerate(areas)
        for y in years
    ]


@pytest.fixture
def evaluated(tmp_path, typed):
    """Write the rows and evaluate them, as a person types it."""

    def run(table, *words, head=HEAD, separator=","):
        file = tmp_path / "panel.csv"
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, delimiter=separator).writerows([head, *table])
        columns = ("--unit", "area", "--time", "year", "--outcome", "persons")
        return typed("evaluate", file, *columns, *words, "--json")

    return run


def refusal(answer):
    return answer.json.get("why", answer.json.get("error"))["code"]


def changed(table, where, column, value):
    at = HEAD.index(column)
    return [[*r[:at], value, *r[at + 1 :]] if where(r) else r for r in table]


def test_a_panel_without_fault_is_answered_with_the_fields_of_the_contract(evaluated):
    answer = evaluated(rows(), "--start", "start")
    assert answer.code == 0
    wanted = "design effect se lo95 hi95 group_time event weights loss checks cautions refused"
    assert set(wanted.split()) <= set(answer.json)
    assert answer.json["checks"][0]["name"] == "pre-trends"
    assert set(answer.json["group_time"][0]) == {"group", "time", "effect", "se"}


def test_the_order_of_the_rows_and_the_separator_do_not_matter(evaluated):
    one = evaluated(rows(), "--start", "start")
    other = evaluated(rows()[::-1], "--start", "start", separator=";")
    assert other.out == one.out


def test_the_same_seed_gives_the_same_bytes(evaluated):
    first, again = (evaluated(rows(), "--start", "start", "--seed", 7).out for _ in range(2))
    assert first == again


def test_an_area_and_period_twice_end_with_three(evaluated):
    answer = evaluated([*rows(), rows()[3]], "--start", "start")
    assert (answer.code, refusal(answer)) == (3, "PREV-002")


def test_a_gap_in_the_panel_ends_with_three(evaluated):
    answer = evaluated(rows()[:-1], "--start", "start")
    assert (answer.code, refusal(answer)) == (3, "PREV-003")
    assert "2025" in answer.err


@pytest.mark.parametrize("cell", ["", "12 persons", "inf"])
def test_an_outcome_that_is_no_number_ends_with_three(evaluated, cell):
    table = changed(rows(), lambda r: r[:2] == ["C", "2020"], "persons", cell)
    answer = evaluated(table, "--start", "start")
    assert (answer.code, refusal(answer)) == (3, "PREV-004")


def test_a_programme_that_is_switched_off_ends_with_three(evaluated):
    table = changed(rows(), lambda r: r[:2] == ["A", "2025"], "start", "")
    assert refusal(evaluated(table, "--start", "start")) == "PREV-005"


def test_a_mark_of_treated_periods_is_a_start_and_may_not_go_back(evaluated):
    marked = [[*r[:3], str(int(bool(START.get(r[0])) and r[1] >= START[r[0]]))] for r in rows()]
    by_mark, by_start = (evaluated(t, "--start", "start").json for t in (marked, rows()))
    assert by_mark["effect"] == pytest.approx(by_start["effect"])
    off = changed(marked, lambda r: r[:2] == ["A", "2024"], "start", "0")
    answer = evaluated(off, "--start", "start")
    assert (answer.code, refusal(answer)) == (3, "PREV-005")


def test_two_starts_in_one_area_end_with_three(evaluated):
    table = changed(rows(), lambda r: r[:2] == ["A", "2025"], "start", "2021")
    assert refusal(evaluated(table, "--start", "start")) == "PREV-006"


def test_without_a_comparison_the_answer_is_refused_with_four_and_a_way_out(evaluated):
    answer = evaluated(rows("AB"), "--start", "start")
    assert (answer.code, refusal(answer)) == (4, "PREV-011")
    assert answer.json["refused"]
    assert answer.json["effect"] is None
    assert "not-yet-treated" in answer.json["why"]["mend"]
    assert answer.json["card"]["grade"] == "none"


def test_areas_not_yet_treated_are_a_comparison_when_asked_for(evaluated):
    answer = evaluated(rows("AB"), "--start", "start", "--comparison", "not-yet-treated")
    assert answer.code == 0
    assert answer.json["effect"] is not None


def test_a_group_is_left_out_at_times_when_no_area_waits_any_longer(evaluated):
    """From 2023 on everyone is under the programme: what it does then cannot be told."""
    table = [
        [f"a{i}", str(y), str(20 + (7 * i + 3 * y) % 11), "2022" if i < 25 else "2023"]
        for i in range(50)
        for y in range(2019, 2026)
    ]
    answer = evaluated(table, "--start", "start", "--comparison", "not-yet-treated")
    told = answer.json["group_time"]
    assert {(x["group"], x["time"]) for x in told if x["time"] >= x["group"]} == {(2022, 2022)}
    json.dumps(answer.json, allow_nan=False)


def test_nobody_later_is_no_comparison_either(evaluated):
    answer = evaluated(rows("A"), "--start", "start", "--comparison", "not-yet-treated")
    assert (answer.code, refusal(answer)) == (4, "PREV-012")


@pytest.mark.parametrize("design", ["sc", "sdid"])
def test_one_treated_area_without_donors_is_refused(evaluated, design):
    words = ("--treated", "A", "--from", "2022", "--design", design)
    answer = evaluated(rows("A"), *words)
    assert (answer.code, refusal(answer)) == (4, "PREV-013")


def test_nothing_recorded_before_is_refused(evaluated):
    table = changed(rows(), lambda r: r[0] in "AB" and r[1] < "2023", "persons", "0")
    table = changed(table, lambda r: r[0] == "A" and r[1] >= "2022", "persons", "5")
    answer = evaluated(table, "--start", "start")
    assert (answer.code, refusal(answer)) == (4, "PREV-014")


def test_nobody_treated_is_refused(evaluated):
    assert refusal(evaluated(rows("CDEF"), "--start", "start")) == "PREV-010"


def test_an_area_treated_from_the_first_period_on_is_left_out_and_said(evaluated):
    table = changed(rows(), lambda r: r[0] == "F", "start", "2010")
    answer = evaluated(table, "--start", "start")
    assert "PREV-102" in [c["code"] for c in answer.json["cautions"]]
    assert answer.json["comparison"] == 3


def test_its_needs_no_other_area_but_a_past(evaluated):
    words = ("--treated", "A", "--from", "2022", "--design", "its")
    short = evaluated(rows("A"), *words)
    assert (short.code, refusal(short)) == (4, "PREV-017")
    long = evaluated(rows("A", range(2005, 2028)), *words)
    assert long.code == 0
    assert long.json["comparison"] == 0


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("--start", "nowhere"), "PREV-001", 3),
        (("--treated", "Z", "--from", "2022"), "PREV-007", 3),
        (("--treated", "A", "--from", "2030"), "PREV-008", 3),
        (("--start", "start", "--design", "guess"), "PREV-015", 2),
        (("--design", "sc"), "PREV-016", 2),
    ],
)
def test_a_question_that_the_panel_cannot_take_is_refused(evaluated, words, code, exit_code):
    answer = evaluated(rows(), *words)
    assert (answer.code, refusal(answer)) == (exit_code, code)
