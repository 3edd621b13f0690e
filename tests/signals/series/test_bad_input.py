"""What a file of series may have wrong with it, and what becomes of it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from aiqyn.errors import AnswerRefused, InputRefused, UsageRefused
from aiqyn.signals.series import read_series, watch_series


@pytest.fixture
def weekly(tmp_path):
    """Write weeks of six years, changed by a function of (t, year, week, a, b) rows."""

    def write(change=lambda rows: rows, heading="t,year,period,a,b"):
        rows = [
            [52 * y + w, 2018 + y, w, 5 + (w + y) % 3, 4] for y in range(6) for w in range(1, 53)
        ]
        text = "\n".join(",".join(map(str, row)) for row in change(rows))
        file = tmp_path / "series.csv"
        file.write_text(f"{heading}\n{text}\n")
        return file

    return write


def codes(told):
    return [caution.code for caution in told.cautions]


def test_a_missing_week_is_put_in_and_changes_no_other_weeks_place(weekly):
    whole = read_series(weekly())
    gap = read_series(weekly(lambda rows: rows[:100] + rows[101:]))
    assert codes(gap) == ["SIG-103"]
    assert gap.calendar.length == whole.calendar.length
    assert np.isnan(gap.counts[100]).all()
    np.testing.assert_array_equal(gap.counts[101:], whole.counts[101:])


def test_a_missing_week_is_found_without_t_too(weekly):
    def without_t(rows):
        return [row[1:] for row in rows[:100] + rows[101:]]

    assert codes(read_series(weekly(without_t, "year,period,a,b"))) == ["SIG-103"]


def test_a_week_missing_from_the_dates_is_put_in(tmp_path):
    file = tmp_path / "dated.csv"
    days = ["2024-01-01", "2024-01-08", "2024-01-22"]
    file.write_text(
        "t,year,period,a,date\n" + "\n".join(f"{i},2024,{i},3,{d}" for i, d in enumerate(days, 1))
    )
    told = read_series(file)
    assert told.calendar.length == 4
    assert codes(told) == ["SIG-103"]


def test_a_row_that_stands_twice_is_taken_once(weekly):
    told = read_series(weekly(lambda rows: [*rows[:50], rows[49], *rows[50:]]))
    assert codes(told) == ["SIG-101"]
    assert told.calendar.length == 312


def test_one_week_with_two_counts_is_refused(weekly):
    def twice(rows):
        return [*rows[:50], [*rows[49][:3], 99, 4], *rows[50:]]

    with pytest.raises(InputRefused, match="SIG-004"):
        read_series(weekly(twice))


def test_rows_out_of_order_are_ordered(weekly):
    told = read_series(weekly(lambda rows: rows[::-1]))
    assert codes(told) == ["SIG-102"]
    np.testing.assert_array_equal(told.counts, read_series(weekly()).counts)


@pytest.mark.parametrize("cell", ["-1", "many", "inf"])
def test_a_cell_that_is_no_count_is_refused_with_its_place(weekly, cell):
    def spoilt(rows):
        rows[7][3] = cell
        return rows

    with pytest.raises(InputRefused, match="SIG-003") as why:
        read_series(weekly(spoilt))
    assert (why.value.slots["row"], why.value.slots["column"]) == (9, "a")


def test_units_that_are_silent_young_gone_or_never_there_are_told(weekly):
    def change(rows):
        for i, row in enumerate(rows):
            row[3] = "" if i < 60 else row[3]
            row[4] = "" if i > 200 else 0
        return rows

    assert codes(read_series(weekly(change))) == ["SIG-107", "SIG-108", "SIG-109"]


def test_a_history_that_is_too_short_is_refused_and_a_part_of_it_is_a_caution(weekly):
    table = read_series(weekly(lambda rows: rows[:200]))
    with pytest.raises(AnswerRefused, match="SIG-011"):
        watch_series(table, "farrington", {"b": 5}, "150:200")
    told = watch_series(table, "farrington", {"b": 3}, "150:200")
    assert codes(told) == ["SIG-104"]
    assert np.isnan(told.upperbound[0]).all()
    assert not np.isnan(told.upperbound[-1]).any()


def test_a_series_of_zeros_has_no_threshold_and_no_alarm(weekly):
    def zeros(rows):
        return [[*row[:3], 0, 0] for row in rows]

    table = read_series(weekly(zeros))
    for method in ("farrington", "ears-c1", "ears-c2"):
        assert not np.nansum(watch_series(table, method, {}, "300:312").alarm)
    for method in ("glr-pois", "cusum"):
        with pytest.raises(AnswerRefused, match="SIG-013"):
            watch_series(table, method, {}, "300:312")


def test_a_silent_unit_beside_another_costs_only_its_own_answer(weekly):
    def half(rows):
        return [[*row[:4], 0] for row in rows]

    told = watch_series(read_series(weekly(half)), "glr-nb", {}, "280:312")
    assert "SIG-106" in codes(told)
    assert not np.isnan(told.upperbound[:, 0]).any()
    assert np.isnan(told.upperbound[:, 1]).all()


@pytest.mark.parametrize(
    ("method", "config", "code"),
    [
        ("farrington", {"alpha": 2}, "SIG-008"),
        ("farrington", {"powertrans": "3/4"}, "SIG-008"),
        ("farrington", {"fitFun": "mine"}, "SIG-008"),
        ("glr-pois", {"mu0": [1.0, 2.0]}, "SIG-014"),
        ("glr-nb", {"alpha": 0.1, "ret": "cases"}, "SIG-015"),
        ("glr-pois", {"theta": 0}, "SIG-016"),
        ("glr-nb", {"mu0": 3.0}, "SIG-017"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(weekly, method, config, code):
    with pytest.raises(InputRefused, match=code):
        watch_series(read_series(weekly()), method, config, "300:312")


def test_periods_that_are_still_to_come_are_told(weekly, tmp_path):
    assert codes(read_series(weekly(), today=date(2023, 12, 31))) == []
    told = read_series(weekly(), today=date(2022, 12, 31))
    assert [(c.code, c.slots["n"]) for c in told.cautions] == [("SIG-211", 52)]
    file = tmp_path / "dated.csv"
    days = ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"]
    file.write_text("year,period,a,date\n" + "\n".join(f"2024,1,3,{d}" for d in days))
    told = read_series(file, today=date(2024, 1, 8))
    assert [(c.code, c.slots["n"]) for c in told.cautions] == [("SIG-211", 2)]


def test_the_poisson_chart_has_no_dispersion_and_says_that_it_left_one_aside(weekly):
    table = read_series(weekly())
    with_one = watch_series(table, "glr-pois", {"alpha": 0.2}, "300:312")
    without = watch_series(table, "glr-pois", {}, "300:312")
    assert codes(with_one) == ["SIG-111"]
    np.testing.assert_array_equal(with_one.upperbound, without.upperbound)


def test_an_unknown_method_or_range_is_refused_and_an_unknown_key_is_told(weekly):
    table = read_series(weekly())
    with pytest.raises(UsageRefused, match="SIG-007"):
        watch_series(table, "oracle", {})
    for asked in ("0:5", "300:313", "10:5", "x"):
        with pytest.raises(UsageRefused, match="SIG-009"):
            watch_series(table, "ears-c1", {}, asked)
    assert codes(watch_series(table, "ears-c1", {"colour": 1})) == ["SIG-111"]
