from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.linkage import persons

CODES = pl.List(pl.String)
SCHEMA = {
    "source_id": pl.String,
    "agency": pl.String,
    "person_code": pl.String,
    "status": pl.String,
    "sex": pl.String,
    "age": pl.Int64,
    "date_detected": pl.Date,
    "year": pl.Int64,
    "means": CODES,
    "forms": CODES,
}


def victims(*rows: dict) -> pl.DataFrame:
    blank = dict.fromkeys(SCHEMA)
    filled = [
        {
            **blank,
            "agency": "police",
            "status": "detected",
            "year": 2025,
            "source_id": f"s{n}",
            **row,
        }
        for n, row in enumerate(rows)
    ]
    return pl.DataFrame(filled, schema=SCHEMA)


def test_a_person_on_two_lists_is_counted_once():
    found = persons(victims({"person_code": "P1"}, {"person_code": "P1", "agency": "shelter"}))
    assert found["lists"].to_list() == [["police", "shelter"]]
    assert found["records"].to_list() == [2]


def test_a_record_without_a_code_stands_alone():
    found = persons(victims({}, {}, {"person_code": "P1"}))
    assert found.height == 3
    assert sorted(found["coded"].to_list()) == [False, False, True]


def test_what_one_agency_recorded_fills_what_another_left_out():
    found = persons(
        victims(
            {"person_code": "P1", "sex": "unknown", "means": None},
            {"person_code": "P1", "sex": "female", "means": ["deception"]},
        )
    )
    assert found["sex"].to_list() == ["female"]
    assert found["means"].to_list() == [["deception"]]


def test_recorded_as_absent_gives_way_to_a_recorded_presence_but_not_to_silence():
    both = persons(
        victims({"person_code": "P1", "means": ["none"]}, {"person_code": "P1", "means": ["force"]})
    )
    silent = persons(
        victims({"person_code": "P1", "means": ["none"]}, {"person_code": "P1", "means": None})
    )
    nothing = persons(victims({"person_code": "P1", "means": None}))
    assert both["means"].to_list() == [["force"]]
    assert silent["means"].to_list() == [["none"]]
    assert nothing["means"].to_list() == [None]


def test_the_earliest_record_decides_where_agencies_differ():
    found = persons(
        victims(
            {"person_code": "P1", "age": 19, "date_detected": date(2025, 5, 1)},
            {"person_code": "P1", "age": 17, "date_detected": date(2025, 2, 1)},
        )
    )
    assert found["age"].to_list() == [17]


def test_the_highest_status_stands_and_those_found_not_to_be_victims_are_left_out():
    found = persons(
        victims(
            {"person_code": "P1", "status": "presumed"},
            {"person_code": "P1", "status": "recognised"},
            {"person_code": "P2", "status": "not_victim"},
        )
    )
    assert found["person_id"].to_list() == ["P1"]
    assert found["status"].to_list() == ["recognised"]


def test_a_person_belongs_to_the_year_of_the_first_detection():
    found = persons(
        victims({"person_code": "P1", "year": 2025}, {"person_code": "P1", "year": 2023})
    )
    assert found["year"].to_list() == [2023]


row = st.fixed_dictionaries(
    {
        "person_code": st.sampled_from([None, "P1", "P2", "P3"]),
        "agency": st.sampled_from(["police", "shelter", "iom"]),
        "sex": st.sampled_from([None, "female", "male", "unknown"]),
        "means": st.sampled_from([None, ["none"], ["force"], ["deception", "force"]]),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(row, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(rows, chance):
    numbered = [{**r, "source_id": f"s{n}"} for n, r in enumerate(rows)]
    shuffled = list(numbered)
    chance.shuffle(shuffled)
    assert persons(victims(*numbered)).equals(persons(victims(*shuffled)))


@settings(max_examples=60, deadline=None)
@given(st.lists(row, min_size=1, max_size=12))
def test_no_record_is_lost_and_none_is_counted_twice(rows):
    table = victims(*rows)
    found = persons(table)
    assert found["records"].sum() == table.height
    assert sorted(found["source_ids"].explode()) == sorted(table["source_id"])
