"""Counting persons with all margins."""

from __future__ import annotations

import polars as pl

from aiqyn.disclosure import ALL, count_table

AGES = {"0-5": "0-17", "6-11": "0-17", "18-24": "18+"}


def counts(table: pl.DataFrame, *dims: str) -> dict[tuple[str, ...], int]:
    return {tuple(row[:-1]): row[-1] for row in table.select(*dims, "n").iter_rows()}


def test_every_margin_is_counted() -> None:
    people = pl.DataFrame({"sex": ["f", "f", "m"], "region": ["n", "s", "n"]})
    found = counts(count_table("t", people, ["sex", "region"]).counts, "sex", "region")
    assert found[(ALL, ALL)] == 3
    assert found[("f", ALL)] == 2
    assert found[(ALL, "n")] == 2
    assert found[("f", "n")] == 1


def test_zeros_are_written_out_over_the_domain() -> None:
    people = pl.DataFrame({"sex": ["f", "f"]})
    table = count_table("t", people, ["sex"], domains={"sex": ["f", "m", "other"]})
    assert counts(table.counts, "sex") == {(ALL,): 2, ("f",): 2, ("m",): 0, ("other",): 0}


def test_a_person_with_two_forms_counts_once_in_the_total() -> None:
    people = pl.DataFrame({"form": [["a", "b"], ["a"], None]})
    table = count_table("t", people, ["form"])
    assert table.overlapping == ("form",)
    assert counts(table.counts, "form") == {
        (ALL,): 3,
        ("a",): 2,
        ("b",): 1,
        ("unknown",): 1,
    }


def test_a_person_with_two_forms_of_one_group_stands_in_the_group_once() -> None:
    people = pl.DataFrame({"form": [["a", "b"], ["a"]]})
    table = count_table("t", people, ["form"], hierarchy={"form": {"a": "g", "b": "g"}})
    assert counts(table.counts, "form")[("g",)] == 2


def test_coarse_ages_are_counted_beside_fine_ones() -> None:
    people = pl.DataFrame({"age": ["0-5", "6-11", "18-24", None]})
    table = count_table("t", people, ["age"], hierarchy={"age": AGES})
    found = counts(table.counts, "age")
    assert found[("0-17",)] == 2
    assert found[("18+",)] == 1
    assert found[("unknown",)] == 1
    assert found[(ALL,)] == 4


def test_years_get_no_total_when_told_so() -> None:
    people = pl.DataFrame({"year": [2024, 2025], "sex": ["f", "m"]})
    table = count_table("t", people, ["year", "sex"], no_total=["year"])
    assert set(table.counts["year"]) == {"2024", "2025"}
    assert table.blocks == ("year",)
