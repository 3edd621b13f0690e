"""The nowcast: intervals that cover where the truth is known; the German outbreak; bad input."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.signals.nowcast import known_reports, nowcast_days, read_line_list

HUS = ("husO104Hosp.csv", "dHosp", "dReport")


def invented(seed: int, mean_delay, *, level=5.0, days=160, closed_weekends=False):
    """A line list with weekday effects and spread-out counts, and each day's final number."""
    rng = np.random.default_rng(seed)
    now = date(2025, 6, 2) + timedelta(seed % 7)
    dates = [now - timedelta(days - 1 - i) for i in range(days)]
    busy = np.array([0.6 if day.weekday() >= 5 else 1.1 for day in dates])
    final = rng.poisson(rng.gamma(3, level * busy * np.exp(0.4 * np.sin(np.arange(days) / 40)) / 3))
    rows = []
    for i, day in enumerate(dates):
        mean = mean_delay(i / days)
        for delay in rng.negative_binomial(2, 2 / (2 + mean), final[i]):
            report = day + timedelta(int(delay))
            while closed_weekends and report.weekday() >= 5:
                report += timedelta(1)
            rows.append((day, report))
    return pl.DataFrame(rows, schema=["event", "report"], orient="row"), now, final[-31:-1]


@pytest.mark.parametrize(
    ("mean_delay", "options"),
    [
        (lambda share: 8.0, {}),
        (lambda share: 4.0 + 8 * share, {}),
        (lambda share: 6.0, {"closed_weekends": True}),
        (lambda share: 8.0, {"level": 0.5}),
    ],
    ids=["steady", "growing longer", "no reports at weekends", "few events"],
)
def test_intervals_hold_the_final_number_on_nine_days_in_ten(mean_delay, options):
    held, recent = [], []
    for seed in range(8):
        rows, now, final = invented(seed, mean_delay, **options)
        told = nowcast_days(known_reports(rows, now), np.random.default_rng(seed))
        held += [d.lo95 <= n <= d.hi95 for d, n in zip(told, final, strict=True)]
        recent += held[-10:]
    assert np.mean(held) >= 0.9
    assert np.mean(recent) >= 0.9


def test_the_estimate_is_nearer_to_the_truth_than_what_is_reported():
    off, naive = 0.0, 0.0
    for seed in range(6):
        rows, now, final = invented(seed, lambda share: 8.0)
        told = nowcast_days(known_reports(rows, now), np.random.default_rng(seed))
        off += sum(abs(d.median - n) for d, n in zip(told, final, strict=True))
        naive += sum(abs(d.reported - n) for d, n in zip(told, final, strict=True))
    assert off < 0.7 * naive


@pytest.mark.shared
def test_the_german_outbreak_is_held_at_least_as_often_as_by_the_reference(shared):
    folder = shared / "data" / "nowcast"
    reference = json.loads((folder / "husO104.expected.json").read_text())
    held = theirs = 0
    for now in ("2011-06-02", "2011-06-10"):
        known = read_line_list(folder / HUS[0], HUS[1], HUS[2], date.fromisoformat(now))
        told = {d.date.isoformat(): d for d in nowcast_days(known, np.random.default_rng(1))}
        past = reference[now]
        for i, day in enumerate(past["when"]):
            final, ours = past["final"][i], told[day]
            assert ours.reported == past["reported_so_far"][i]
            assert ours.hi95 > ours.lo95
            held += ours.lo95 <= final <= ours.hi95
            bayes = past["bayes.notrunc"]
            theirs += bayes["lo"][i] <= final <= bayes["hi"][i]
    assert held >= theirs - 1  # both are surprised by 25 May: half of it came after ten days


def written(tmp_path, lines):
    file = tmp_path / "list.csv"
    file.write_text("\n".join(["found,told", *lines]) + "\n")
    return file


def asked(typed, file, now="2025-03-31", *more):
    return typed("nowcast", file, "--event", "found", "--report", "told", "--now", now, *more)


def test_every_one_of_the_thirty_days_is_told_and_a_silent_one_is_never_certain(tmp_path, typed):
    lines = ["2025-03-01,2025-03-01", "2025-03-01,2025-03-03", "2025-03-20,2025-03-22"]
    told = asked(typed, written(tmp_path, lines), "2025-03-31", "--json").json
    days = [date.fromisoformat(day["date"]) for day in told]
    assert days == [date(2025, 3, 1) + timedelta(i) for i in range(30)]
    assert all(set(day) == {"date", "reported", "median", "lo95", "hi95"} for day in told)
    assert all(day["hi95"] > day["lo95"] for day in told if not day["reported"])
    assert all(day["reported"] <= day["lo95"] <= day["median"] <= day["hi95"] for day in told)


def test_rows_that_cannot_be_are_left_out_and_told(tmp_path, typed):
    good = ["2025-03-10,2025-03-12"] * 3
    odd = ["2025-03-10,2025-03-09", "2025-04-02,2025-04-03", "2025-03-11,2025-04-01", ",2025-03-09"]
    told = asked(typed, written(tmp_path, [*good, *odd]), "2025-03-31", "--json")
    assert {day["date"]: day["reported"] for day in told.json}["2025-03-10"] == 3
    assert sum(day["reported"] for day in told.json) == 3
    assert all(code in told.err for code in ("SIG-130", "SIG-131", "SIG-132", "SIG-133"))


@pytest.mark.parametrize(
    ("lines", "exit_code", "code"),
    [
        ([], 3, "SIG-031"),
        (["2025-03-10,soon"], 3, "SIG-032"),
        (["2025-03-10,2025-03-09"], 4, "SIG-033"),
        (["2026-03-10,2026-03-12"], 4, "SIG-033"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_code(tmp_path, typed, lines, exit_code, code):
    told = asked(typed, written(tmp_path, lines), "2025-03-31", "--json")
    assert (told.code, told.json["error"]["code"]) == (exit_code, code)


def test_a_column_that_is_not_there_is_named(tmp_path, typed):
    file = written(tmp_path, ["2025-03-10,2025-03-12"])
    told = typed("nowcast", file, "--event", "x", "--report", "told", "--now", "2025-03-31")
    assert told.code == 3
    assert "SIG-031" in told.err


def test_the_same_seed_gives_the_same_days():
    rows, now, _ = invented(1, lambda share: 8.0)
    known = known_reports(rows, now)
    assert nowcast_days(known, np.random.default_rng(5)) == nowcast_days(
        known, np.random.default_rng(5)
    )


def test_where_all_is_reported_at_once_the_number_is_what_was_reported():
    now = date(2025, 6, 2)
    days = [now - timedelta(i) for i in range(100) for _ in range(4)]
    told = nowcast_days(
        known_reports(pl.DataFrame({"event": days, "report": days}), now), np.random.default_rng(1)
    )
    assert all((d.reported, d.lo95, d.hi95) == (4, 4, 4) for d in told)


def test_nothing_known_by_the_day_is_an_answer_refused():
    rows = pl.DataFrame({"event": [date(2025, 1, 5)], "report": [date(2025, 1, 9)]})
    with pytest.raises(AnswerRefused, match="SIG-033"):
        known_reports(rows, date(2025, 1, 8))
