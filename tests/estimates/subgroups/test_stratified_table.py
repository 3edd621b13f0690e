"""A table with strata: from a file, from persons, and what it refuses."""

from __future__ import annotations

import polars as pl
import pytest

from aiqyn.errors import AnswerRefused, InputRefused
from aiqyn.estimates import strata_of_file, strata_of_persons, stratified_rows


def written(tmp_path, text: str):
    file = tmp_path / "t.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_histories_repeat_in_each_stratum_and_add_up_to_the_whole(tmp_path):
    rows = ["A,sex,B,count", "1,female,0,5", "0,female,1,4", "1,female,1,2"]
    text = "\n".join([*rows, "1,male,0,7", "1,male,0,1", "0,male,1,3"])
    table = strata_of_file(written(tmp_path, text), "sex")
    assert table.codes == ("female", "male")
    assert table.counts == ((0, 5, 4, 2), (0, 8, 3, 0))
    assert table.whole.counts == (0, 13, 7, 2)
    assert table.whole.lists == ("A", "B")
    assert table.part("female").observed == 11


def test_a_row_without_a_stratum_is_unknown_and_stands_last(tmp_path):
    text = "A,B,sex,count\n1,0,,5\n0,1,male,4\n1,1,zz,2\n"
    assert strata_of_file(written(tmp_path, text), "sex").codes == ("male", "zz", "unknown")


@pytest.mark.parametrize("column", ["year", "count"])
def test_a_column_that_is_not_there_is_refused_and_the_others_named(tmp_path, column):
    file = written(tmp_path, "A,B,sex,count\n1,0,f,5\n1,1,m,4\n")
    with pytest.raises(InputRefused) as refusal:
        strata_of_file(file, column)
    assert refusal.value.code == "EST-073"
    assert "A, B, sex" in refusal.value.mend("en")


def test_a_list_cell_that_is_no_one_or_zero_is_refused_with_its_row(tmp_path):
    file = written(tmp_path, "A,B,sex,count\n1,0,f,5\n1,x,m,4\n")
    with pytest.raises(InputRefused, match=r"EST-002.*row 3"):
        strata_of_file(file, "sex")


def test_one_stratum_is_no_division():
    with pytest.raises(AnswerRefused, match="EST-070"):
        stratified_rows("t", ["A", "B"], "sex", [("f", 1, 5), ("f", 3, 2), ("m", 2, 0)])


def test_persons_on_lists_give_the_table_of_their_histories_and_contradictions_are_unknown():
    listed = pl.DataFrame(
        [
            ("p1", "police", "2020"),
            ("p1", "ngo", "2020"),
            ("p2", "police", "2021"),
            ("p3", "ngo", None),
            ("p3", "police", "2021"),
            ("p4", "ngo", "2020"),
            ("p4", "police", "2021"),
            ("p5", "ngo", None),
        ],
        schema=["person", "agency", "year"],
        orient="row",
    )
    table = strata_of_persons(listed, "year")
    assert table.whole.lists == ("ngo", "police")
    assert dict(zip(table.codes, table.counts, strict=True)) == {
        "2020": (0, 0, 0, 1),
        "2021": (0, 0, 1, 1),
        "unknown": (0, 1, 0, 1),
    }
    assert table.contradicted == 1
