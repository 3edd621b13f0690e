from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.profiles import count_cube, person_counts

DOMAINS = {"sex": ["female", "male", "unknown"], "place": ["a", "b", "unknown"]}


def people(rows) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"person_id": f"p{n}", "year": y, "sex": s, "place": p}
            for n, (y, s, p) in enumerate(rows)
        ],
        schema={"person_id": pl.String, "year": pl.Int64, "sex": pl.String, "place": pl.String},
    )


persons = st.lists(
    st.tuples(
        st.sampled_from([2024, 2025]),
        st.sampled_from(["female", "male", "not in the list"]),
        st.sampled_from(["a", "b"]),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=50, deadline=None)
@given(persons)
def test_every_margin_is_the_sum_of_its_parts(rows):
    cube = count_cube(people(rows), ("sex", "place"), DOMAINS)
    inner = cube.filter((pl.col("sex") != "_all") & (pl.col("place") != "_all"))
    for dim, other in (("sex", "place"), ("place", "sex")):
        summed = inner.group_by("year", dim).agg(pl.col("n").sum()).sort("year", dim)
        margin = cube.filter((pl.col(other) == "_all") & (pl.col(dim) != "_all"))
        assert margin.select("year", dim, "n").sort("year", dim).equals(summed)
    assert cube.filter((pl.col("sex") == "_all") & (pl.col("place") == "_all"))["n"].sum() == len(
        rows
    )


def test_a_true_zero_is_written_out_and_a_code_outside_the_list_is_unknown():
    cube = count_cube(people([(2025, "robot", "a")]), ("sex", "place"), DOMAINS)
    cells = {(r["sex"], r["place"]): r["n"] for r in cube.to_dicts()}
    assert cells["unknown", "a"] == 1
    assert cells["female", "b"] == 0
    assert len(cells) == 16


def test_a_person_under_two_codes_is_counted_in_both_and_once_in_the_whole():
    table = people([(2025, "female", "a"), (2025, "male", "a")]).with_columns(
        form=pl.Series([["x", "y"], ["y"]])
    )
    cube = count_cube(table, ("form",), {"form": ["x", "y", "unknown"]}, many="form")
    assert {r["form"]: r["n"] for r in cube.to_dicts()} == {"_all": 2, "x": 1, "y": 2, "unknown": 0}


def bounded(coded, lists) -> dict:
    table = pl.DataFrame(
        {
            "person_id": [f"p{n}" for n in range(len(coded))],
            "year": [2025] * len(coded),
            "coded": coded,
            "lists": lists,
        }
    )
    return person_counts(table, ["year"]).to_dicts()[0]


def test_records_without_a_code_may_all_be_somebody_already_counted():
    found = bounded([True, True, False], [["police"], ["ngo"], ["iom"]])
    assert (found["low"], found["n"], found["high"]) == (2, 3, 3)


def test_there_are_at_least_as_many_persons_as_the_longest_list_has_rows():
    found = bounded([True, False, False, False], [["police"], ["ngo"], ["ngo"], ["ngo"]])
    assert (found["low"], found["high"]) == (3, 4)


def test_without_uncoded_records_the_count_is_exact():
    found = bounded([True, True], [["police", "ngo"], ["ngo"]])
    assert (found["low"], found["n"], found["high"]) == (2, 2, 2)
