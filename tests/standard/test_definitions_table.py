"""A table of records: its columns, its ways to say an age, what it refuses."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.standard.classifier import classify

CODES = pl.List(pl.String)


def records(**columns: list[Any]) -> pl.DataFrame:
    kinds: dict[str, Any] = {"acts": CODES, "means": CODES, "purposes": CODES, "forms": CODES}
    return pl.DataFrame(columns, schema_overrides={k: v for k, v in kinds.items() if k in columns})


def verdicts(table: pl.DataFrame, name: str = "palermo") -> list[str]:
    return classify(table, [name])["verdict"].to_list()


def test_records_and_definitions_keep_their_order() -> None:
    table = classify(records(id=["z", "a", "z"], age=[1, 30, None]), ["us", "palermo"])
    assert table["id"].to_list() == ["z", "z", "a", "a", "z", "z"]
    assert table["definition"].to_list() == ["us", "palermo"] * 3


def test_an_age_may_be_years_a_flag_or_a_group() -> None:
    n = 7
    table = records(
        id=list(range(n)),
        age=[17, 18, None, None, None, None, None],
        is_minor=[None, None, True, False, None, None, None],
        age_group=["unknown", "unknown", "unknown", "0-17", "15-17", "45+", "unknown"],
        acts=[["receipt"]] * n,
        means=[["none"]] * n,
        purposes=[["slavery"]] * n,
    )
    child, adult = "trafficking", "not_shown"
    assert verdicts(table) == [child, adult, child, adult, child, adult, "unknown"]


def test_the_victims_table_of_the_standard_is_taken_as_it_is() -> None:
    table = records(
        source_id=["police:1", "ngo:2"],
        age=[30, 30],
        acts=[["harbouring"], []],
        means=[["threat"], None],
        forms=[["domestic_servitude", "child_labour"], ["online_scam"]],
    )
    assert verdicts(table) == ["trafficking", "unknown"]
    assert classify(table)["id"].unique().sort().to_list() == ["ngo:2", "police:1"]


def test_a_column_that_is_not_there_is_not_recorded() -> None:
    table = classify(records(id=[1], age=[30]), ["palermo"])
    assert table["missing"].to_list() == [["act", "means", "purpose"]]


def test_no_records_give_an_empty_table_with_the_same_columns() -> None:
    empty = classify(records(id=[], age=[]).cast({"age": pl.Int64}))
    assert empty.height == 0
    assert empty.columns[:5] == ["id", "definition", "version", "verdict", "missing"]


def test_none_beside_codes_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        classify(records(id=[1], age=[30], means=[["none", "force"]]))
    assert refused.value.code == "CLASSIFY-001"


def test_an_unknown_code_is_refused_with_the_nearest_first() -> None:
    with pytest.raises(InputRefused) as refused:
        classify(records(id=[1], age=[30], purposes=[["force_labour"]]))
    assert refused.value.code == "CLASSIFY-002"
    assert "Allowed: forced_labour," in refused.value.text("en")


def test_a_code_that_may_be_a_name_is_not_repeated() -> None:
    with pytest.raises(InputRefused) as refused:
        classify(records(id=[1], age=[30], acts=[["Айгүл Серікова"]]))
    assert "Айгүл" not in str(refused.value)


def test_an_unknown_definition_is_refused() -> None:
    with pytest.raises(UsageRefused):
        classify(records(id=[1], age=[30]), ["palermo", "uk"])
