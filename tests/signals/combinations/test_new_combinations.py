"""New combinations: quiet where nothing changes, right where something was planted; bad input."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from benches.planted import noise, with_a_pair

from aiqyn.signals import new_combinations
from aiqyn.signals.combinations.attributes import coded
from aiqyn.signals.combinations.cells import every_cell
from aiqyn.signals.combinations.months_back import first_day, months_back


def found(records, seed=1, **options):
    return new_combinations(
        records,
        date="date",
        attributes=[name for name in records.columns if name != "date"],
        rng=np.random.default_rng(seed),
        **options,
    )


def test_noise_gives_no_more_false_alarms_than_stated():
    runs = [found(noise(seed)) for seed in range(12)]
    assert sum(len(run.signals) for run in runs) / 12 <= runs[0].expected_false_alarms <= 2


def test_a_pair_that_a_quarter_of_the_last_year_moved_to_is_the_first_signal():
    first = 0
    for seed in range(10):
        records, what = with_a_pair(noise(seed), seed)
        signals = found(records).signals
        first += bool(signals) and signals[0].what == what
    assert first >= 9


def test_a_value_that_fell_is_no_rise_for_what_others_took_more():
    """B takes half of the last year; C goes from 12 to 9 % of all, from 12 to 18 % of the rest."""
    counts = {False: {"A": 2640, "B": 30, "C": 360}, True: {"A": 420, "B": 500, "C": 90}}
    places = [(place, late) for late, own in counts.items() for place in own]
    rows = [
        (date(2024 if late else 2021, 1, 1) + timedelta(days=i % (365 if late else 1095)), place)
        for place, late in places
        for i in range(counts[late][place])
    ]
    records = pl.DataFrame(rows, schema=["date", "place"], orient="row")
    signals = found(records, as_of=date(2024, 12, 31)).signals
    assert [signal.what for signal in signals] == [{"place": "B"}]
    assert signals[0].observed > signals[0].expected


def test_the_same_seed_gives_the_same_answer_whatever_the_order_of_the_columns_before():
    records, _ = with_a_pair(noise(4), 4)
    assert found(records) == found(records)


def test_observed_and_rows_are_the_records_of_the_window():
    records, what = with_a_pair(noise(0), 0)
    run = found(records)
    signal = run.signals[0]
    inside = records.with_row_index("i").filter(
        *(pl.col(name) == value for name, value in what.items()),
        pl.col("date") >= signal.since,
    )
    assert signal.observed == inside.height
    assert signal.records == tuple(inside["i"].to_list())
    assert sum(signal.by_month[-signal.months :]) == signal.observed


def harvests(seed, autumns):
    """Records of which harvest work is three in five each autumn of these years."""
    rng = np.random.default_rng(seed)
    days = [date(2021, 1, 1) + timedelta(int(d)) for d in rng.integers(0, 1461, 1500)]
    many = np.array([day.month >= 10 and day.year in autumns for day in days])
    work = np.where(rng.random(1500) < np.where(many, 0.6, 0.05), "harvest", "other")
    return pl.DataFrame({"date": days, "work": work, "sex": rng.choice(["f", "m"], 1500)})


def test_a_season_of_its_own_is_not_new_and_the_first_such_season_is():
    every, last = range(2021, 2025), (2024,)
    assert sum(len(found(harvests(seed, every)).signals) for seed in range(6)) <= 1
    assert found(harvests(0, last)).signals[0].what == {"work": "harvest"}


def test_cells_are_those_of_a_plain_count():
    records = noise(1)
    cells = every_cell(coded(records, ["a", "b", "c"]), 3)
    counted = sum(
        records.group_by(names).len().filter(pl.col("len") >= 3).height
        for names in (["a"], ["b"], ["c"], ["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"])
    )
    assert cells.number == counted


@pytest.mark.parametrize("as_of", [date(2024, 12, 31), date(2024, 2, 29), date(2024, 6, 15)])
def test_a_window_begins_on_its_first_day(as_of):
    for months in (1, 3, 12):
        begins = first_day(as_of, months)
        days = pl.Series([begins - timedelta(1), begins, as_of])
        back = months_back(days, as_of)
        assert back[0] >= months > back[1] >= 0 == back[2]


def written(folder, records):
    file = folder / "r.csv"
    records.write_csv(file)
    return file


def watched(typed, file, *words):
    return typed(
        "watch", "--records", file, "--date", "date", "--attributes", "a,b,c", "--json", *words
    )


def test_the_answer_has_the_fields_of_the_contract(typed, tmp_path):
    records, what = with_a_pair(noise(1), 1)
    told = watched(typed, written(tmp_path, records)).json
    assert {"series", "tested", "expected_false_alarms", "signals"} <= set(told)
    assert told["signals"][0]["what"] == what
    assert told["signals"][0].keys() >= {"id", "where", "since", "observed", "expected", "q"}
    assert told["accepted"] + told["refused"] == told["read"] == records.height


def test_dates_that_cannot_be_and_numbers_of_cases_are_told(typed, tmp_path):
    records = noise(1).with_columns(pl.col("date").cast(pl.String), b=pl.int_range(1500))
    odd = records.with_columns(
        date=pl.when(pl.int_range(1500) == 3)
        .then(pl.lit("soon"))
        .when(pl.int_range(1500) == 4)
        .then(pl.lit("2999-01-01"))
        .otherwise("date")
    )
    told = watched(typed, written(tmp_path, odd)).json
    assert {"SIG-173", "SIG-174", "SIG-177"} <= {c["code"] for c in told["cautions"]}
    assert told["refused"] == 2


@pytest.mark.parametrize(
    ("records", "code"),
    [
        (noise(1).head(0), 3),
        (noise(1).drop("c"), 3),
        (noise(1).with_columns(date=pl.lit("soon")), 3),
        (noise(1).head(10), 4),
        (noise(1).with_columns(date=pl.lit(date(2024, 1, 1))), 4),
        (noise(1).with_columns(a=pl.lit("x"), b=pl.lit("x"), c=pl.lit("x")), 4),
    ],
    ids=["no row", "no column", "no date", "few records", "one day", "one value"],
)
def test_what_cannot_be_judged_is_refused(typed, tmp_path, records, code):
    assert watched(typed, written(tmp_path, records)).code == code


def test_records_without_their_columns_are_a_usage_error(typed, tmp_path):
    assert typed("watch", "--records", written(tmp_path, noise(1))).code == 2
