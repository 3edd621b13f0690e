"""Records in CTDC's columns, held against CTDC's own file and dictionary."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from aiqyn.disclosure.microdata import ctdc_columns

VICTIMS = pl.DataFrame(
    {
        "year": [2024, 2025],
        "sex": ["female", "unknown"],
        "age_group": ["15-17", "25-34"],
        "citizenship": ["UZB", "unknown"],
        "country_exploitation": ["KAZ", None],
        "forms": [["forced_prostitution", "forced_labour"], None],
        "control": [["debt_bondage"], ["none"]],
    }
)


def test_a_record_stands_in_the_columns_of_the_release() -> None:
    first, second = ctdc_columns(VICTIMS).iter_rows(named=True)
    assert (first["gender"], first["majorityStatus"]) == ("Female", "Minor")
    assert (first["citizenship"], first["CountryOfExploitation"]) == ("UZB", "KAZ")
    assert first["isSexualExploit"] == first["typeOfSexProstitution"] == "1"
    assert first["isForcedLabour"] == first["meansOfControlDebtBondage"] == "1"
    assert second["majorityStatus"] == "Adult"
    assert second["gender"] in (None, "Unknown")
    assert second["citizenship"] is second["isForcedLabour"] is None


@pytest.mark.shared
def test_the_columns_are_those_of_the_published_file(shared: Path) -> None:
    file = shared / "data" / "ctdc" / "ctdc_global_synthetic_2002_2021.csv.gz"
    published = set(pl.read_csv(file, n_rows=1, infer_schema=False).columns)
    ours = set(ctdc_columns(VICTIMS).columns)
    # The synthetic release names the age column by when it was true; the k-anonymous one does not.
    extra = ours - published - {"majorityStatus"}
    assert len(ours & published) >= 25
    assert extra == {c for c in extra if c.startswith(("is", "typeOf", "meansOf"))}


def test_columns_that_are_not_there_are_missing_in_all_rows() -> None:
    bare = ctdc_columns(VICTIMS.select("year"))
    assert bare["yearOfRegistration"].to_list() == ["2024", "2025"]
    assert bare.drop("yearOfRegistration").null_count().sum_horizontal().item() == 2 * (
        bare.width - 1
    )
