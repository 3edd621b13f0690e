"""Persons to victims under a definition, and the tables that count them."""

from __future__ import annotations

import polars as pl
import pytest

from aiqyn import profiles

DEFINITIONS = ("palermo", "kz", "eu", "us")
CODES = pl.List(pl.String)


@pytest.fixture
def people() -> pl.DataFrame:
    """Four textbook cases: deceived worker, willing adult, girl of 17, kidney."""
    rows = [
        ("p1", 2025, 31, "male", ["recruitment"], ["deception"], ["forced_labour"]),
        ("p2", 2025, 24, "female", ["recruitment"], ["none"], ["forced_prostitution"]),
        ("p3", 2025, 17, "female", ["recruitment"], ["none"], ["forced_prostitution"]),
        ("p4", 2024, 40, "male", ["transportation"], ["abuse_of_vulnerability"], ["organ_removal"]),
        ("p5", 2025, None, "unknown", ["harbouring"], None, ["forced_labour", "debt_bondage"]),
    ]
    return pl.DataFrame(
        [
            {
                "person_id": p, "year": y, "age": a, "age_group": None, "sex": s, "acts": acts,
                "means": means, "forms": forms, "region": "R-1", "citizenship": "XSA",
                "coded": True, "lists": ["police"], "source_ids": [f"police:a.csv::{p}"],
            }
            for p, y, a, s, acts, means, forms in rows
        ],
        schema_overrides={
            "acts": CODES, "means": CODES, "forms": CODES, "age": pl.Int64, "age_group": pl.String
        },
    )  # fmt: skip


def counted(people, definition) -> list[str]:
    verdicts = profiles.assess(people, DEFINITIONS)
    return profiles.victims(people, verdicts, definition)["person_id"].to_list()


def test_who_is_a_victim_follows_the_definition(people):
    assert counted(people, "palermo") == ["p1", "p3", "p4"]
    assert "p4" not in counted(people, "us")  # organ removal is not in the US Act
    assert "p2" in counted(people, "kz")  # no means is asked for


def test_the_persons_on_whom_definitions_part_are_listed_with_their_rows(people):
    parted = profiles.differences(people, profiles.assess(people, DEFINITIONS))
    assert "p1" not in parted["person_id"].to_list()
    row = parted.row(by_predicate=pl.col("person_id") == "p4", named=True)
    assert (row["palermo"], row["us"]) == ("trafficking", "not_covered")
    assert row["source_ids"] == ["police:a.csv::p4"]


def test_the_table_of_sex_and_age_counts_those_of_whom_both_are_known(people):
    verdicts = profiles.assess(people, DEFINITIONS)
    victims = profiles.victims(people, verdicts, "kz")
    domains = profiles.domains(victims, ["R-1"], "XSA", 5)
    tables = profiles.victim_tables(victims, domains)
    this_year = pl.col("year") == 2025
    sexes = tables["sex_age"].filter(pl.col("age_group") == "_all", this_year)
    whole = dict(sexes.select("sex", "n").iter_rows())
    assert whole == {"_all": 3, "female": 2, "male": 1}
    assert tables["region"].filter(pl.col("region") == "_all", pl.col("year") == 2025)["n"][0] == 4
    coarse = tables["sex_age"].filter(pl.col("age_group") == "0-17", pl.col("sex") == "_all")
    assert coarse.filter(pl.col("year") == 2025)["n"].to_list() == [1]


def test_a_person_of_two_forms_stands_in_both_and_once_in_the_group(people):
    verdicts = profiles.assess(people, DEFINITIONS)
    victims = profiles.victims(people, verdicts, "kz")
    tables = profiles.victim_tables(victims, profiles.domains(victims, ["R-1"], "XSA", 5))
    forms = {r["form"]: r["n"] for r in tables["form"].filter(pl.col("year") == 2025).to_dicts()}
    assert (forms["forced_labour"], forms["debt_bondage"], forms["_all"]) == (2, 1, 4)


def of_citizenships(people, **years):
    """Victims by citizenship; `XAA=(3, 7)` is three in the first year and seven in the second."""
    held = [(c, y) for c, n in years.items() for y, k in enumerate(n, 2024) for _ in range(k)]
    one = people.filter(pl.col("person_id") == "p1").drop("citizenship", "year", "person_id")
    found = pl.DataFrame(held, schema=["citizenship", "year"], orient="row")
    return one.join(found.with_row_index("person_id"), how="cross").with_columns(
        form=pl.col("forms"), form_group=pl.lit(["labour"])
    )


def named(victims):
    return profiles.domains(victims, ["R-1"], "XSA", 5)["citizenship"]


def test_which_citizenships_are_named_and_in_which_order_tells_nothing_of_hidden_numbers(people):
    """Whoever stands first, and who has one person more than another, cannot be read off."""
    one = named(of_citizenships(people, XSA=(9,), XCC=(30,), XAA=(6,), XDD=(4,), XEE=(1,)))
    other = named(of_citizenships(people, XSA=(9,), XCC=(6,), XAA=(30,), XDD=(1,), XEE=(4,)))
    assert one == other == ("XSA", "XAA", "XCC", "other", "unknown")


def test_a_citizenship_once_named_stays_when_a_year_is_added(people):
    before = of_citizenships(people, XSA=(9,), XAA=(5,))
    more = {f"XB{i}": (2, 40 + i) for i in range(8)}
    after = of_citizenships(people, XSA=(9, 9), XAA=(5, 0), **more)
    assert set(named(before)) <= set(named(after))


def test_no_row_of_a_citizenship_is_small_in_every_year(people):
    victims = of_citizenships(people, XSA=(9, 9), XAA=(4, 4), XCC=(4, 5))
    table = profiles.victim_tables(victims, profiles.domains(victims, ["R-1"], "XSA", 5))
    rows = table["citizenship"].filter(~pl.col("citizenship").is_in(["_all", "other", "unknown"]))
    assert rows.group_by("citizenship").agg(pl.max("n"))["n"].min() >= 5
    told = dict(table["citizenship"].filter(year=2024).select("citizenship", "n").iter_rows())
    assert told == {"_all": 17, "XSA": 9, "XCC": 4, "other": 4, "unknown": 0}


def test_the_files_of_a_year_are_named_and_no_others(people):
    verdicts = profiles.assess(people, DEFINITIONS)
    found = profiles.sources(profiles.victims(people, verdicts, "palermo"))
    assert found.rows() == [(2024, "police", "a.csv"), (2025, "police", "a.csv")]
