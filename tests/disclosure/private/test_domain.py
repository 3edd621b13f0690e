"""Which codes a column may hold, and that they never come from the data."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from aiqyn.disclosure.private import domain_for, read_codes_table, read_domain
from aiqyn.disclosure.private.encoding import cell_counts, decode, encode
from aiqyn.errors import InputRefused, UsageRefused
from aiqyn.standard import code_list


def test_a_column_that_no_list_knows_is_refused() -> None:
    with pytest.raises(InputRefused) as refused:
        domain_for(["sex", "shoe_size"])
    assert refused.value.code == "DISC-103"
    assert refused.value.slots == {"column": "shoe_size"}


def test_a_code_outside_its_list_is_refused_and_not_named() -> None:
    with pytest.raises(InputRefused) as refused:
        encode(pl.DataFrame({"minor": ["0", "1", "Aigul"]}), domain_for(["minor"], {"minor": "01"}))
    assert refused.value.code == "DISC-105"
    assert "Aigul" not in str(refused.value)


def test_a_field_of_the_standard_takes_its_code_list() -> None:
    known = set(domain_for(["citizenship"]).codes["citizenship"])
    assert {"KAZ", "UZB"} < known
    assert "XSA" not in known  # the invented country
    assert set(code_list("country").codes()) < known


def test_an_own_list_goes_before_a_shipped_one() -> None:
    assert domain_for(["sex"], {"sex": ["a", "b"]}).codes["sex"] == ("a", "b", "")


def test_every_value_of_ctdcs_file_has_its_place(shared: Path) -> None:
    file = shared / "data" / "ctdc" / "ctdc_global_synthetic_2002_2021.csv.gz"
    table = pl.read_csv(file, infer_schema=False)
    domain = domain_for(table.columns)
    assert decode(encode(table, domain), domain).equals(table)


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"a": "xy"}', '{"a": [["x"]]}', '{"a": [true]}', "no", '{"a": 1}']
)
def test_a_domain_file_that_is_no_lists_of_codes_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "d.json").write_text(text)
    with pytest.raises(InputRefused) as refused:
        read_domain(tmp_path / "d.json")
    assert refused.value.code == "DISC-104"


def test_numbers_of_a_domain_file_are_codes(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(json.dumps({"year": [2024, 2025, None]}))
    assert read_domain(tmp_path / "d.json") == {"year": ["2024", "2025", ""]}


def test_a_parquet_file_with_numbers_reads_as_the_csv_does(tmp_path: Path) -> None:
    table = pl.DataFrame({"year": [2024.0, None], "flag": [True, False], "n": [1, 2]})
    table.write_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.csv").write_text("year,flag,n\n2024,1,1\n,0,2\n")
    assert read_codes_table(tmp_path / "a.parquet").equals(read_codes_table(tmp_path / "a.csv"))


def test_other_kinds_of_file_and_lists_in_cells_are_refused(tmp_path: Path) -> None:
    pl.DataFrame({"a": [["x", "y"]]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputRefused, match="DISC-109"):
        read_codes_table(tmp_path / "a.parquet")
    with pytest.raises(UsageRefused, match="DISC-107"):
        read_codes_table(tmp_path / "a.xlsx")


def test_one_row_more_changes_one_cell_by_one() -> None:
    domain = domain_for(["a", "b"], {"a": "xy", "b": "pq"})
    rows = pl.DataFrame({"a": ["x", "y", None], "b": ["p", "q", "q"]})
    fewer = rows[:2]
    both = [cell_counts(encode(t, domain), domain.shape, (0, 1)) for t in (rows, fewer)]
    assert abs(both[0] - both[1]).sum() == 1
